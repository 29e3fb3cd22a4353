// A call as cases: its events, and what they become under the settings of now, for npm run check -- --expect.
import { configure } from '../../../lib/configuration/configure';
import { isFailure } from '../../../lib/result';
import { isRecord, listOf, parseJson } from '../../../lib/values/json';
import { InputError } from '../../cli/command';
import { FUNCTION_NAME } from '../../cli/project';
import { printCases, type Case } from '../../report/cases/format';
import { openCaseMaker } from '../../report/cases/make';
import type { Run, Values } from '../api';

interface CasesOptions {
  readonly run: Run;
  readonly code: string;
  readonly settings: Values;
  /** Whether email addresses, phone numbers, names and the like stay as they are. */
  readonly keepsPersonalData: boolean;
}

/**
 * Gives a file of cases, one for each event of a call.
 *
 * @throws InputError if the settings cannot work.
 */
export async function makeCases({ run, settings, ...options }: CasesOptions): Promise<string> {
  const configuration = configure(settings);
  if (isFailure(configuration))
    throw new InputError(`Fix the settings first: ${configuration.reason.problems.join('; ')}`);
  const maker = await openCaseMaker({ ...options, functionName: FUNCTION_NAME, settings, configuration });
  try {
    const cases: Case[] = [];
    for (const event of listOf(parseJson(run.json)).filter(isRecord))
      cases.push((await maker.make(event)).made);
    return printCases(cases);
  } finally {
    await maker.close();
  }
}
