// What is in the workspace, and what would change there, as a person reads it.
import { structuredPatch } from 'diff';
import colors from 'picocolors';
import { describeBuild } from '../bundle/build-id';
import type { NewFunction, SegmentFunction, Setting } from './api';
import { isDeployed, PARTS, wasEverDeployed, type ChangedSetting, type Plan } from './plan';

/** The name in a diff for the code in the workspace. */
export const IN_SEGMENT = 'in Segment';

/** How many unchanged lines a diff shows around a change. */
const CONTEXT = 3;

/** What is in the workspace now. */
export function describeFunction(current: SegmentFunction): string {
  const { id, displayName, code } = current;
  return `In Segment: ${colors.bold(displayName)} (${id})\n${describeBuild(code)}; ${describeDeployment(current)}\n`;
}

function describeDeployment(current: SegmentFunction): string {
  if (!wasEverDeployed(current)) return 'saved, never deployed';
  const time = describeTime(current.deployedAt);
  return isDeployed(current) ? `deployed ${time}` : `saved, not deployed (what runs was deployed ${time})`;
}

/** Why there is something to do although nothing is different. */
export const describeUndeployed = (what: string): string =>
  `What is saved is ${what}, but it is not deployed: a deploy was interrupted or postponed.\n`;

/** What is left to do after the function's first deploy. */
export const describeConnecting = ({ displayName }: SegmentFunction): string =>
  [
    '',
    `Connect it in Segment: Connections → Catalog → Functions → ${displayName} → Connect Destination.`,
    'Pick the source, fill in the settings, and enable the destination.',
  ].join('\n');

/** A function that is to be created. */
export function describeNew({ displayName, description, code, settings }: NewFunction): string {
  return [
    `In Segment: no function ${colors.bold(displayName)} yet. It would be created:`,
    '',
    `  Description  ${description}`,
    `  Code         ${describeBuild(code)}`,
    ...settings.map(
      (setting, index) => `  ${(index === 0 ? 'Settings' : '').padEnd(11)}  ${describeSetting(setting)}`,
    ),
    '',
  ].join('\n');
}

/**
 * A unified diff, as `diff -u` and git print it.
 *
 * @param names of the two texts.
 */
export function describeDiff(before: string, after: string, names: readonly [string, string]): string {
  const { hunks } = structuredPatch(...names, before, after, undefined, undefined, {
    context: CONTEXT,
    stripTrailingCr: true,
  });
  const lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    colors.cyan(`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`),
    ...lines.map((line) => (COLOURS[line.charAt(0)] ?? String)(line)),
  ]);
  return [colors.bold(`--- ${names[0]}`), colors.bold(`+++ ${names[1]}`), ...lines, ''].join('\n');
}
const COLOURS: Readonly<Record<string, (line: string) => string>> = {
  '+': colors.green,
  '-': colors.red,
  '\\': colors.dim,
};

/** The settings' changes in words; an empty text if there are none. */
export function describeSettings({ added, changed, removed, kept }: Plan): string {
  const lines = [
    ...added.map((setting) => colors.green(`+ added    ${describeSetting(setting)}`)),
    ...changed.map((change) => colors.yellow(`~ changed  ${describeChange(change)}`)),
    ...removed.map((setting) =>
      colors.red(`- removed  ${describeSetting(setting)}; the values entered for it are removed too`),
    ),
    ...kept.map(
      (setting) =>
        `  kept     ${describeSetting(setting)}; it is not in the code (--remove-settings removes it)`,
    ),
  ];
  return lines.length === 0 ? '' : ['Settings:', ...lines, ''].join('\n');
}

function describeSetting({ label, name, type, required, sensitive }: Setting): string {
  const marks = [type, ...(required ? ['required'] : []), ...(sensitive ? ['sensitive'] : [])];
  return `${label} (${name}): ${marks.join(', ')}`;
}

function describeChange({ before, after }: ChangedSetting): string {
  const parts = PARTS.filter((part) => before[part] !== after[part]).map(
    (part) => `${part} ${describeValue(before[part])} → ${describeValue(after[part])}`,
  );
  return `${before.label} (${before.name}): ${parts.join('; ')}`;
}

const describeValue = (value: string | boolean): string =>
  typeof value === 'string' ? JSON.stringify(value) : value ? 'yes' : 'no';

/** A time in ISO 8601, to the minute. */
export function describeTime(time: string | null | undefined): string {
  const date = new Date(time ?? '');
  if (Number.isNaN(date.getTime())) return 'at an unknown time';
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
