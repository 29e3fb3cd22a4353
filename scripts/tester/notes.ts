// Notes on settings while somebody works on them: on each setting, and on each entry of a map. Pure.
import '../local/segment/install-globals';
import { configure } from '../../lib/configuration/configure';
import { readEventMappings } from '../../lib/configuration/event-mappings';
import { keyOf } from '../../lib/configuration/key';
import { readSettings, SETTINGS } from '../../lib/configuration/settings';
import { isFailure } from '../../lib/result';
import type { Note, Remark, Values } from './api';
import type { AtHand } from './notes/at-hand';
import { noteEvent } from './notes/event-entry';
import { noteParameter } from './notes/parameter-entry';
import type { Known } from './notes/paths';

/** @param event the one at hand; `undefined` if there is none, or several. */
export function describeSettings(values: Values, event: unknown, known: Known): readonly Note[] {
  const configuration = configure(values);
  const problems = isFailure(configuration)
    ? configuration.reason.problems.flatMap((problem) => placeProblem(problem, values))
    : [];
  const { eventMappings } = values;
  const { entries, match } = readEventMappings(typeof eventMappings === 'object' ? eventMappings : {}, '');
  const atHand: AtHand = { event, entries, senders: match(event) };
  const settings = readSettings(values);
  return [
    ...problems,
    ...noteEntries('eventMappings', values, problems, (key) => {
      const entry = entries.find((one) => one.key === keyOf(key));
      return entry?.label === key.trim() ? noteEvent(entry, atHand, known) : [];
    }),
    ...(isFailure(settings)
      ? []
      : noteEntries('parameterMappings', values, problems, (key, value) =>
          noteParameter(key, value, settings, atHand, known),
        )),
  ];
}

/** Notes each entry of a map that can be read. */
function noteEntries(
  setting: string,
  { [setting]: map }: Values,
  problems: readonly Note[],
  note: (key: string, value: string) => readonly Remark[],
): readonly Note[] {
  return Object.entries(typeof map === 'object' ? map : {}).flatMap(([key, value]) =>
    problems.some((one) => one.setting === setting && one.key === key)
      ? []
      : note(key, value).map((remark) => ({ setting, key, ...remark })),
  );
}

/** A problem begins with the label of its setting, which an entry's key follows if the setting is a map. */
function placeProblem(problem: string, values: Values): readonly Note[] {
  const setting = SETTINGS.find(({ label }) => problem.startsWith(label));
  if (setting === undefined) return [];
  const { name, label } = setting;
  const value = values[name];
  const about = { setting: name, tone: 'bad' } as const;
  for (const key of typeof value === 'object' ? Object.keys(value) : []) {
    const head = `${label}, entry "${key}": `;
    if (problem.startsWith(head)) return [{ ...about, key, message: problem.slice(head.length) }];
  }
  return [{ ...about, message: problem }];
}
