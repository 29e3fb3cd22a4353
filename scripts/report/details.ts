// What npm start prints about one event.
import colors from 'picocolors';
import wrap from 'wrap-ansi';
import type { OutcomeName } from '../local/segment/outcomes';
import type { Invocation, Result } from '../local/segment/runtime';
import { readRequest, type TikTokEvent } from '../local/tiktok/rules';
import { masked, printable } from '../cli/printable';

const WIDTH = 100;
const INDENT = '    ';

const MARKS: Readonly<Record<OutcomeName, string>> = {
  Delivered: colors.green('✔'),
  Retry: colors.yellow('↻'),
  Timeout: colors.yellow('↻'),
  'Message Rejected': colors.red('✘'),
  'Bad Request': colors.red('✘'),
  'Unsupported Event Type': colors.dim('–'),
};

/** An event's name for a person: its own name, or its type if it has none. */
export function nameOf(event: unknown): string {
  if (typeof event !== 'object' || event === null) return 'no event';
  const type = 'type' in event ? String(event.type) : 'no type';
  const name = 'event' in event ? event.event : 'name' in event ? event.name : undefined;
  const shown = typeof name !== 'string' ? type : type === 'track' ? name : `${type} ${name}`;
  return masked(shown, '');
}

/**
 * Describes an event: its outcome, and what TikTok received of it or why it was refused.
 *
 * @param counted how many TikTok events TikTok counted of it, if that is known.
 */
export function describeEvent(
  event: unknown,
  { outcome, error }: Result,
  { logs, traces }: Invocation,
  counted: number | undefined,
): string {
  const request = readRequest(traces.at(-1)?.request.body ?? '');
  const received = request.isValid ? request.data : [];
  const became =
    outcome === 'Delivered' ? received.map((conversion) => conversion.event).join(', ') : outcome;
  const lines = [`${MARKS[outcome]} ${colors.bold(nameOf(event))} → ${became}`];
  if (error !== undefined) {
    // This message may be Segment's own, with words of the event in it.
    const isOfSegment = outcome === 'Unsupported Event Type';
    const message = isOfSegment ? masked(error.message, '') : printable(error.message);
    lines.push(wrap(message, WIDTH).replace(/^/gm, INDENT));
  } else {
    for (const conversion of received) {
      if (received.length > 1) lines.push(`${INDENT}${conversion.event}`);
      lines.push(...describeReceived(conversion));
    }
    if (counted !== undefined && counted < received.length)
      lines.push(`${INDENT}TikTok had already counted it: same event and event_id`);
  }
  if (logs !== '')
    lines.push(logs.trimEnd().split('\n').map(printable).join('\n').replace(/^/gm, `${INDENT}log: `));
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
    if (values.length === 0) return [];
    const margin = `${INDENT}${label.padEnd(12)}`;
    return [
      margin +
        wrap(values.join('  '), WIDTH - margin.length).replaceAll('\n', `\n${' '.repeat(margin.length)}`),
    ];
  });
}

function formatValue(value: unknown): string {
  const text = Array.isArray(value)
    ? value.map(formatValue).join(', ')
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
  return printable(text).replace(/^[0-9a-f]{64}$/, (hash) => `#${hash.slice(0, 8)}…`);
}
