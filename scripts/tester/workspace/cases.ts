// A call as cases for npm run check -- … --expect: its events, and what the function makes of them now.
import { configure } from '../../../lib/configuration/configure';
import { isFailure } from '../../../lib/result';
import { isRecord, listOf, parseJson } from '../../../lib/values/json';
import { InputError } from '../../cli/command';
import { FUNCTION_NAME } from '../../cli/project';
import { printCases } from '../../report/cases/format';
import { createCaseMaker } from '../../report/cases/make';
import type { CaseFile, Run, Values } from '../api';

export interface CaseOptions {
  readonly run: Run;
  readonly code: string;
  readonly settings: Values;
  /** Whether email addresses, phone numbers, names and the like stay as they are. */
  readonly keepsPersonalData: boolean;
}

/** @throws InputError if the settings cannot work. */
export async function makeCases({ run, code, settings, keepsPersonalData }: CaseOptions): Promise<CaseFile> {
  const configuration = configure(settings);
  if (isFailure(configuration))
    throw new InputError(`Fix the settings first: ${configuration.reason.problems.join('; ')}`);
  const { make } = createCaseMaker({
    code,
    functionName: FUNCTION_NAME,
    settings,
    configuration,
    keepsPersonalData,
  });
  const cases = [];
  let unfaithful = 0;
  for (const event of listOf(parseJson(run.json)).filter(isRecord)) {
    const { made, isFaithful } = await make(event);
    cases.push(made);
    if (!isFaithful) unfaithful += 1;
  }
  return { text: printCases(cases), unfaithful };
}
