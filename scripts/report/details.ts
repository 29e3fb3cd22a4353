// What npm start prints about one event.
import colors from 'picocolors';
import stringWidth from 'string-width';
import wrap from 'wrap-ansi';
import { describeLeftOut } from '../../lib/parameters/reasons';
import { masked, printable } from '../cli/printable';
import { FATE_NAMES, type Fate } from '../local/segment/outcomes';
import type { Invocation } from '../local/segment/runtime';
import { readRequest, type TikTokEvent } from '../local/tiktok/rules';
import { describeCause, INDENT, WIDTH } from './cause';
import type { Examined } from './examine';
import { nameOf } from './name';

const MARKS: Readonly<Record<Fate, string>> = {
  delivered: colors.green('✔'),
  discarded: colors.red('✘'),
  unsupported: colors.dim('–'),
  retried: colors.yellow('↻'),
  notHandedOver: colors.dim('–'),
};

/** Columns of a label. */
const LABEL = 12;

/**
 * Describes an event: what became of it, what TikTok received of it or why it was refused, and what was left out.
 *
 * @param counted how many TikTok events TikTok counted of it, if that is known.
 */
export function describeEvent(
  { event, fate, cause, leftOut }: Examined,
  { logs, traces }: Invocation,
  counted: number | undefined,
): string {
  const request = readRequest(traces.at(-1)?.request.body ?? '');
  const received = request.isValid ? request.data : [];
  const became =
    fate === 'delivered' ? received.map(({ event: name }) => masked(name, '')).join(', ') : FATE_NAMES[fate];
  const lines = [`${MARKS[fate]} ${colors.bold(nameOf(event))} → ${became}`];
  if (cause !== undefined) lines.push(describeCause(cause));
  else {
    for (const conversion of received) {
      if (received.length > 1) lines.push(`${INDENT}${masked(conversion.event, '')}`);
      lines.push(...describeReceived(conversion));
    }
    if (counted !== undefined && counted < received.length)
      lines.push(`${INDENT}TikTok had already counted it: same event and event_id`);
    const findings = [...new Set(leftOut.map(describeLeftOut))];
    lines.push(
      findings.length === 0
        ? labelled(colors.dim('left out'), colors.dim('nothing'))
        : labelled(colors.yellow('left out'), findings.join('\n')),
    );
  }
  if (logs !== '') lines.push(labelled('log', logs.trimEnd().split('\n').map(printable).join('\n')));
  return `${lines.join('\n')}\n`;
}

function describeReceived(event: TikTokEvent): readonly string[] {
  const { user, properties = {}, page = {}, event_time, event_id, limited_data_use } = event;
  const { contents = [], ...rest } = properties;
  const time = new Date(event_time * 1000).toISOString().replace('.000', '');
  const lines: readonly (readonly [label: string, fields: object])[] = [
    ['event', { event_time: time, event_id, limited_data_use }],
    ['user', user],
    ['properties', rest],
    ...contents.map((content) => ['content', content] as const),
    ['page', page],
  ];
  return lines.flatMap(([label, fields]) => {
    const values = Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => `${colors.dim(`${field}=`)}${formatValue(value)}`);
    return values.length === 0 ? [] : [labelled(label, values.join('  '))];
  });
}

/** A text behind a label, and as far to the right in all its lines. */
function labelled(label: string, text: string): string {
  const margin = INDENT.length + LABEL;
  const lines = wrap(text, WIDTH - margin).replaceAll('\n', `\n${' '.repeat(margin)}`);
  return `${INDENT}${label}${' '.repeat(LABEL - stringWidth(label))}${lines}`;
}

function formatValue(value: unknown): string {
  const text = Array.isArray(value)
    ? value.map(formatValue).join(', ')
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
  return printable(text).replace(/^[0-9a-f]{64}$/, (hash) => `#${hash.slice(0, 8)}…`);
}
