// What is wrong with the settings: each problem at its setting, and in a map at its entry. Pure.
import { configure } from '../../lib/configuration/configure';
import { SETTINGS } from '../../lib/configuration/settings';
import { isFailure } from '../../lib/result';
import type { Preview, Values } from './api';

type Problem = Preview['problems'][number];

export function placeProblems(values: Values): readonly Problem[] {
  const configuration = configure(values);
  return isFailure(configuration)
    ? configuration.reason.problems.flatMap((problem) => place(problem, values))
    : [];
}

/** A problem begins with the label of its setting, which an entry's key follows if the setting is a map. */
function place(problem: string, values: Values): readonly Problem[] {
  const setting = SETTINGS.find(({ label }) => problem.startsWith(label));
  if (setting === undefined) return [];
  const { name, label } = setting;
  const value = values[name];
  for (const key of typeof value === 'object' ? Object.keys(value) : []) {
    const head = `${label}, entry "${key}": `;
    if (problem.startsWith(head)) return [{ setting: name, key, message: problem.slice(head.length) }];
  }
  return [{ setting: name, message: problem }];
}
