// What a person reads in the terminal about an event and about all of them.
import colors from 'picocolors';
import wrap from 'wrap-ansi';
import type { Call, OutcomeName } from './segment/runtime';
import { readRequest, type TikTokEvent } from './tiktok/rules';
import type { CountedEvent } from './tiktok/ledger';
import type { ReceivedRequest, TikTok } from './tiktok/server';

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

/** How a person knows an event: by its name, or by its type where it has none. */
export function nameOf(event: unknown): string {
  if (typeof event !== 'object' || event === null) return 'no event';
  const type = 'type' in event ? String(event.type) : 'no type';
  const name = 'event' in event ? event.event : 'name' in event ? event.name : undefined;
  const shown = typeof name !== 'string' ? type : type === 'track' ? name : `${type} ${name}`;
  // Nothing in an event steers the terminal.
  return shown.replace(/\p{Cc}/gu, ' ');
}

/** An event, what it became, and what TikTok received of it or why it was refused. */
export function describeEvent(
  name: string,
  call: Call,
  requests: readonly ReceivedRequest[],
  counted: readonly CountedEvent[],
): string {
  const received = requests.flatMap(({ body }) => {
    const request = readRequest(body);
    return 'problem' in request ? [] : request.data;
  });
  const became = call.outcome === 'Delivered' ? received.map(({ event }) => event).join(', ') : call.outcome;
  const lines = [`${MARKS[call.outcome]} ${colors.bold(name)} → ${became}`];
  if (call.error !== undefined) {
    lines.push(wrap(call.error.message, WIDTH).replace(/^/gm, INDENT));
  } else {
    for (const event of received) {
      if (received.length > 1) lines.push(`${INDENT}${event.event}`);
      lines.push(...describeReceived(event));
    }
    if (counted.length < received.length)
      lines.push(`${INDENT}TikTok had it already: the same event and event_id`);
  }
  if (call.logs !== '') lines.push(call.logs.trimEnd().replace(/^/gm, `${INDENT}log: `));
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
      .map(([field, value]) => `${colors.dim(`${field}=`)}${show(value)}`);
    if (values.length === 0) return [];
    const margin = `${INDENT}${label.padEnd(12)}`;
    return [
      margin +
        wrap(values.join('  '), WIDTH - margin.length).replaceAll('\n', `\n${' '.repeat(margin.length)}`),
    ];
  });
}

function show(value: unknown): string {
  const text = Array.isArray(value)
    ? value.map(show).join(', ')
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
  return text.replace(/^[0-9a-f]{64}$/, (hash) => `#${hash.slice(0, 8)}…`);
}

/** All events in one line of counts. */
export function describeSummary(calls: readonly Call[], tiktok: TikTok): string {
  const of = (...outcomes: readonly OutcomeName[]) =>
    calls.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const counts = [
    colors.green(`${String(of('Delivered'))} delivered`),
    colors.red(`${String(of('Message Rejected', 'Bad Request'))} rejected`),
    `${String(of('Unsupported Event Type'))} unsupported`,
    colors.yellow(`${String(of('Retry', 'Timeout'))} to be retried`),
  ];
  const requests = `${plural(tiktok.requests.length, 'request')} over ${plural(tiktok.connections(), 'connection')}`;
  const conversions = plural(tiktok.counted.length, 'conversion');
  return `${plural(calls.length, 'event')}: ${counts.join(', ')}. TikTok counted ${conversions} in ${requests}.`;
}

const plural = (count: number, thing: string): string => `${String(count)} ${thing}${count === 1 ? '' : 's'}`;
