// How a person sees what is in the workspace and what would change there.
import { structuredPatch } from 'diff';
import { markdownTable } from 'markdown-table';
import colors from 'picocolors';
import { describeBuild } from '../bundle/build-id';
import type { NewFunction, SegmentFunction, Setting, Version } from './api';
import { isDeployed, PARTS, type ChangedSetting, type Plan } from './plan';

const CONTEXT = 3;

/** What is in the workspace now. */
export function describeFunction(current: SegmentFunction): string {
  const { id, displayName, code, deployedAt } = current;
  const runs = isDeployed(current)
    ? `deployed ${describeTime(deployedAt)}`
    : (deployedAt ?? '') === ''
      ? 'saved, never deployed'
      : `saved, not deployed (what runs was deployed ${describeTime(deployedAt)})`;
  return `In Segment: ${colors.bold(displayName)} (${id})\n${describeBuild(code)}; ${runs}\n`;
}

/** Why there is something to do where nothing is different. */
export const describeUndeployed = (what: string): string =>
  `What is saved is ${what}, but it is not deployed: a deploy was interrupted, or left for later.\n`;

/** What is left to do after the function's first deploy. */
export const describeConnecting = ({ displayName }: SegmentFunction): string =>
  [
    '',
    `Connect it in Segment: Connections → Catalog → Functions → ${displayName} → Connect Destination.`,
    'Pick the source, fill in the settings, and enable the destination.',
  ].join('\n');

/** A function that is not there yet. */
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

/** A unified diff, as `diff -u` and git print it. */
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

/** The settings' changes in words; empty where there are none. */
export function describeSettings({ added, changed, removed, kept }: Plan): string {
  const lines = [
    ...added.map((setting) => colors.green(`+ added    ${describeSetting(setting)}`)),
    ...changed.map((change) => colors.yellow(`~ changed  ${describeChange(change)}`)),
    ...removed.map((setting) =>
      colors.red(`- removed  ${describeSetting(setting)}; the values that people typed go with it`),
    ),
    ...kept.map(
      (setting) =>
        `  kept     ${describeSetting(setting)}; it is not in the code (--remove-settings removes it)`,
    ),
  ];
  return lines.length === 0 ? '' : ['Settings:', ...lines, ''].join('\n');
}

/** Versions as a table, the latest first. */
export function describeVersions(versions: readonly Version[]): string {
  const sorted = [...versions].sort((one, other) =>
    (other.createdAt ?? '').localeCompare(one.createdAt ?? ''),
  );
  return markdownTable([
    ['Version', 'Saved', 'By', 'Build', 'State'],
    ...sorted.map(({ id, createdAt, author, code, isDeployed }, index) => [
      id,
      describeTime(createdAt),
      author ?? 'unknown',
      describeBuild(code),
      [...(index === 0 ? ['latest'] : []), ...(isDeployed === true ? ['deployed'] : [])].join(', '),
    ]),
  ]);
}

function describeSetting({ label, name, type, required, sensitive }: Setting): string {
  const marks = [type, ...(required ? ['required'] : []), ...(sensitive ? ['sensitive'] : [])];
  return `${label} (${name}): ${marks.join(', ')}`;
}

function describeChange({ before, after }: ChangedSetting): string {
  const parts = PARTS.filter((part) => before[part] !== after[part]).map(
    (part) => `${part} ${show(before[part])} → ${show(after[part])}`,
  );
  return `${before.label} (${before.name}): ${parts.join('; ')}`;
}

const show = (value: string | boolean): string =>
  typeof value === 'string' ? JSON.stringify(value) : value ? 'yes' : 'no';

/** ISO 8601 to the minute, in UTC. */
function describeTime(time: string | null | undefined): string {
  const date = new Date(time ?? '');
  if (Number.isNaN(date.getTime())) return 'at an unknown time';
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
