// What is in the workspace, and what would change there, as a person reads it.
import { structuredPatch } from 'diff';
import colors from 'picocolors';
import { describeBuild } from '../bundle/build-id';
import { printable } from '../cli/printable';
import type { ListedFunction, NewFunction, SegmentFunction, Setting, Version } from './api/functions';
import { PARTS, wasEverDeployed, type ChangedSetting, type Plan } from './plan';
import type { Coloured, Text } from './terminal';

/** The name in a diff for the code in the workspace. */
export const IN_SEGMENT = 'in Segment';

/** How many unchanged lines a diff shows around a change. */
const CONTEXT = 3;

/** What is in the workspace now. */
export const describeFunction = (current: SegmentFunction): Text => [
  'In Segment: ',
  { text: printable(current.displayName), colour: colors.bold },
  ` (${current.id})\n${describeState(current)}\n`,
];

/** Which build is saved, and whether it is deployed, as far as Segment says it. */
export const describeState = (current: SegmentFunction): string =>
  `${describeBuild(current.code)}; ${describeDeployment(current)}`;

function describeDeployment(current: SegmentFunction): string {
  const { deployedAt, isLatestVersion } = current;
  const time = describeTime(deployedAt);
  if (isLatestVersion === true) return `deployed ${time}`;
  if (!wasEverDeployed(current)) return 'saved, never deployed';
  return isLatestVersion === false
    ? `saved, not deployed (what runs was deployed ${time})`
    : `deployed ${time}; Segment does not say whether something was saved after that`;
}

/** Why there is something to do although nothing is different. */
export const describeUndeployed = (what: string): string =>
  `What is saved is ${what}, but Segment shows that it is not deployed.\n`;

/** A save may run at once, just as a deploy does; finish.ts links to what is known about that. */
export const RUNS_WHEN_SAVED = 'The connected destinations run the change as soon as it is saved.\n';

/** A version that is to be restored. */
export const describeVersion = ({ id, code, createdAt }: Version): string =>
  `To be restored: version ${id}, ${describeBuild(code)}; saved ${describeTime(createdAt)}\nSettings have no versions: they stay as they are.\n`;

/** Functions that may be meant although the name that was given is not theirs. */
export const describeSimilar = (similar: readonly ListedFunction[]): string =>
  `In Segment, similar names (to update one of these functions, choose it with --function ID):\n${describeList(similar)}\n`;

/** The IDs and names of functions, one a line. */
export const describeList = (functions: readonly ListedFunction[]): string =>
  functions.map(({ id, displayName }) => `  ${id}  ${printable(displayName)}`).join('\n');

/** What is left to do after the function's first deploy. */
export const describeConnecting = ({ displayName }: SegmentFunction): string =>
  [
    '',
    `Connect it in Segment: Connections → Catalog → Functions → ${printable(displayName)} → Connect Destination.`,
    'Pick the source, fill in the settings, and enable the destination.',
  ].join('\n');

/** A function that is to be created. */
export function describeNew({ displayName, description, code, settings }: NewFunction): Text {
  const lines = [
    '',
    `  Description  ${description}`,
    `  Code         ${describeBuild(code)}`,
    ...settings.map(
      (setting, index) => `  ${(index === 0 ? 'Settings' : '').padEnd(11)}  ${describeSetting(setting)}`,
    ),
    '',
  ];
  return [
    'In Segment: no function ',
    { text: displayName, colour: colors.bold },
    ` yet. It would be created:\n${lines.join('\n')}`,
  ];
}

/**
 * A unified diff, as `diff -u` and git print it.
 *
 * @param names of the two texts.
 */
export function describeDiff(before: string, after: string, names: readonly [string, string]): Text {
  const { hunks } = structuredPatch(...names, before, after, undefined, undefined, {
    context: CONTEXT,
    stripTrailingCr: true,
  });
  return inLines([
    { text: `--- ${names[0]}`, colour: colors.bold },
    { text: `+++ ${names[1]}`, colour: colors.bold },
    ...hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      { text: `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`, colour: colors.cyan },
      ...lines.map((text) => ({ text, colour: COLOURS[text.charAt(0)] ?? String })),
    ]),
  ]);
}
const COLOURS: Readonly<Record<string, (line: string) => string>> = {
  '+': colors.green,
  '-': colors.red,
  '\\': colors.dim,
};

/** Lines, and an empty one after them. */
const inLines = (lines: readonly Coloured[]): Text => lines.flatMap((line) => [line, '\n']);

/** The settings' changes in words; `undefined` if there are none. */
export function describeSettings({ added, changed, removed, kept }: Plan): Text | undefined {
  const lines = [
    ...added.map((setting) => ({
      text: `+ added    ${describeSetting(setting)}`,
      colour: colors.green,
    })),
    ...changed.map((change) => ({
      text: `~ changed  ${describeChange(change)}`,
      colour: colors.yellow,
    })),
    ...removed.map((setting) => ({
      text: `- removed  ${describeSetting(setting)}; the values entered for it are removed too`,
      colour: colors.red,
    })),
    ...kept.map((setting) => ({
      text: `  kept     ${describeSetting(setting)}; it is not in the code (--remove-settings removes it)`,
      colour: String,
    })),
  ];
  return lines.length === 0 ? undefined : inLines([{ text: 'Settings:', colour: String }, ...lines]);
}

function describeSetting({ label, name, type, required, sensitive }: Setting): string {
  const marks = [type, ...(required ? ['required'] : []), ...(sensitive ? ['sensitive'] : [])];
  return `${printable(label)} (${printable(name)}): ${marks.map(printable).join(', ')}`;
}

function describeChange({ before, after }: ChangedSetting): string {
  const parts = PARTS.filter((part) => before[part] !== after[part]).map(
    (part) => `${part} ${describeValue(before[part])} → ${describeValue(after[part])}`,
  );
  return `${printable(before.label)} (${printable(before.name)}): ${parts.join('; ')}`;
}

const describeValue = (value: string | boolean): string =>
  typeof value === 'string' ? JSON.stringify(value) : value ? 'yes' : 'no';

/** A time in ISO 8601, to the minute. */
export function describeTime(time: string | null | undefined): string {
  const date = new Date(time ?? '');
  if (Number.isNaN(date.getTime())) return 'at an unknown time';
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
