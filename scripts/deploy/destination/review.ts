// A destination's settings, and what would change of them, as a person reads it.
import colors from 'picocolors';
import { SETTINGS } from '../../../lib/configuration/settings';
import { isPresent, isRecord } from '../../../lib/values/json';
import { printable } from '../../cli/printable';
import type { Destination } from '../api/destinations';
import type { Coloured, Text } from '../terminal';
import { isSameName } from './kind';
import type { Difference, SettingsPlan } from './plan';
import type { WantedSettings } from './wanted';

/** Nothing has to be deployed after this save. */
export const USED_WHEN_SAVED = 'The destination uses the settings as soon as they are saved.\n';

/** What is in the workspace now. */
export const describeDestination = (current: Destination): Text => [
  'In Segment: ',
  { text: printable(current.name ?? current.metadata.name), colour: colors.bold },
  ` (${current.id})\n${printable(current.metadata.name)}, source ${printable(current.sourceId)}, ${current.enabled ? 'enabled' : 'not enabled'}\n`,
];

/** The words for each kind of difference. */
const KINDS: Readonly<
  Record<
    Difference['kind'],
    {
      readonly mark: string;
      readonly colour: (text: string) => string;
      readonly describe: (difference: Difference) => string;
    }
  >
> = {
  added: { mark: '+ added  ', colour: colors.green, describe: ({ after }) => describeValue(after) },
  changed: {
    mark: '~ changed',
    colour: colors.yellow,
    describe: ({ before, after }) => `${describeValue(after)}; before: ${describeValue(before)}`,
  },
  removed: { mark: '- removed', colour: colors.red, describe: ({ before }) => describeValue(before) },
  kept: {
    mark: '  kept   ',
    colour: String,
    describe: ({ before }) => `${describeValue(before)}; this function does not read it`,
  },
  same: { mark: '  same   ', colour: String, describe: () => 'same' },
  differs: { mark: '~ changed', colour: colors.yellow, describe: () => 'differs' },
  hidden: { mark: '  hidden ', colour: String, describe: () => 'hidden by Segment' },
};

/** A value as it is typed into Segment's screen. */
const describeValue = (value: unknown): string =>
  value === '' ? '(empty)' : typeof value === 'string' ? value : JSON.stringify(value);

/** The differences one a line. @param file the name of the file of settings. */
export function describeDifferences({ differences }: SettingsPlan, file: string): Text {
  const lines: readonly Coloured[] = differences.map((difference) => {
    const { kind, label, entry, isLeftOut } = difference;
    const { mark, colour, describe } = KINDS[kind];
    const place = entry === undefined ? `${label}:` : `${label}: ${entry} →`;
    const why = isLeftOut === true ? `; ${file} does not name it` : '';
    return { text: printable(`${mark}  ${place} ${describe(difference)}${why}`), colour };
  });
  return ['Settings:\n', ...lines.flatMap((line) => [line, '\n'])];
}

/** What to type into Segment's screen, in its order. What is sensitive is named by its variable. */
export function describeValuesToPaste({ values, variables }: WantedSettings): string {
  const others = Object.keys(values).filter(
    (name) => !SETTINGS.some((setting) => isSameName(setting.name, name)),
  );
  const fields = [...SETTINGS, ...others.map((name) => ({ name, label: name }))];
  const lines = fields.flatMap(({ name, label }) => {
    const key = Object.keys(values).find((one) => isSameName(one, name)) ?? name;
    const variable = variables.get(key);
    if (variable !== undefined) return [`${label}: the value of ${variable}`];
    const value = values[key];
    const entries = isRecord(value) ? Object.entries(value) : [];
    if (entries.length > 0)
      return [`${label}:`, ...entries.map(([entry, text]) => `  ${entry} → ${describeValue(text)}`)];
    return [`${label}: ${isPresent(value) && !isRecord(value) ? describeValue(value) : '(empty)'}`];
  });
  return ["Paste these values into the destination's settings in Segment:", '', ...lines, ''].join('\n');
}
