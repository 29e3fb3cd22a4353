// A call as cases for npm run check -- … --expect: its events, and what the function makes of them now.
import { isRecord, listOf, parseJson } from '../../../lib/values/json';
import { FUNCTION_NAME } from '../../cli/project';
import { printCases } from '../../report/cases/format';
import { createCaseMaker } from '../../report/cases/make';
import type { CaseFile, Run, Values } from '../api';
import { requireConfiguration } from './settings';

/**
 * @param keepsPersonalData whether email addresses, phone numbers, names and the like stay as they are.
 * @throws InputError if the settings cannot work.
 */
export async function makeCases(
  run: Run,
  code: string,
  settings: Values,
  keepsPersonalData: boolean,
): Promise<CaseFile> {
  const configuration = requireConfiguration(settings);
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
