// What a person reads in the terminal about all events.
import { markdownTable } from 'markdown-table';
import colors from 'picocolors';
import stringWidth from 'string-width';
import wrap from 'wrap-ansi';
import { FATES, type Fate, type Identifiers, type Name, type Reason, type Report } from './tally';

const WIDTH = 100;
/** So many of a list are shown. */
const SHOWN = 20;

const COLORS: Readonly<Record<Fate, (text: string) => string>> = {
  delivered: colors.green,
  discarded: colors.red,
  unsupported: colors.dim,
  retried: colors.yellow,
};

const IDENTIFIERS: readonly (readonly [label: string, key: keyof Identifiers])[] = [
  ['email', 'email'],
  ['phone', 'phone'],
  ['email and phone', 'both'],
  ['external id', 'externalId'],
  ['ttclid', 'ttclid'],
];

/** The report but its last line, section by section; those that have nothing to say are left out. */
export function describeReport(report: Report): string {
  const { names, reasons, identifiers } = report;
  const sections = [
    table(
      ['Outcome', 'Events', 'Share'],
      FATES.map((fate) => [COLORS[fate](fate), number(report[fate]), share(report[fate], report.events)]),
    ),
    reasons.length === 0 ? '' : list(reasons, describeReason),
    names.length === 0 ? '' : describeNames(names),
    identifiers.events === 0 ? '' : describeIdentifiers(identifiers),
    describeWarnings(report),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function describeReason({ outcome, message, count, example }: Reason): string {
  const id = example.messageId === undefined ? '' : `, message ${example.messageId}`;
  const lines = wrap(`${message}\nfor example ${example.at}${id}`, WIDTH - 4);
  return `${colors.bold(number(count))} ${COLORS[outcome](outcome)}\n${lines.replace(/^/gm, '    ')}`;
}

const describeNames = (names: readonly Name[]): string =>
  table(
    ['Segment event', 'Events', 'TikTok event'],
    names
      .slice(0, SHOWN)
      .map(({ name, count, becomes }) => [
        name,
        number(count),
        becomes.length === 0 ? colors.dim('not mapped') : becomes.join(', '),
      ]),
    ['l', 'r', 'l'],
  ) + more(names.length);

const describeIdentifiers = (identifiers: Identifiers): string =>
  table(
    ['TikTok can match on', 'Events', 'Share'],
    [
      ...IDENTIFIERS.map(([label, key]) => [
        label,
        number(identifiers[key]),
        share(identifiers[key], identifiers.events),
      ]),
      ['all that it accepted', number(identifiers.events), ''],
    ],
  );

const describeWarnings = ({ old, retiring }: Report): string =>
  [
    ...(old === 0
      ? []
      : [`${plural(old, 'event')} older than 28 days: too old for TikTok to attribute to an ad.`]),
    ...retiring.map(({ name, count, advice }) => `${name} was sent ${plural(count, 'time')}. ${advice}.`),
  ]
    .map((line) => colors.yellow(wrap(line, WIDTH)))
    .join('\n');

const list = <T>(entries: readonly T[], describe: (entry: T) => string): string =>
  entries.slice(0, SHOWN).map(describe).join('\n') + more(entries.length);

const more = (count: number): string =>
  count <= SHOWN ? '' : `\n… and ${number(count - SHOWN)} more, which --json shows.`;

const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly string[] = ['l', 'r', 'r'],
): string => markdownTable([head, ...rows], { align, stringLength: stringWidth });

/** All events in one line. */
export function describeSummary(report: Report, connections: number, counted: number | undefined): string {
  const fates = FATES.map((fate) => COLORS[fate](`${number(report[fate])} ${fate}`)).join(', ');
  const conversions = counted === undefined ? '' : `TikTok counted ${plural(counted, 'conversion')} in `;
  const network = `${plural(report.requests, 'request')} over ${plural(connections, 'connection')}, ${size(report.bytes)}`;
  return `${plural(report.events, 'event')}: ${fates}. ${conversions}${network}.`;
}

const number = (count: number): string => count.toLocaleString('en');
const plural = (count: number, thing: string): string => `${number(count)} ${thing}${count === 1 ? '' : 's'}`;
const share = (count: number, of: number): string => `${(of === 0 ? 0 : (count / of) * 100).toFixed(1)} %`;

function size(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB'];
  const power = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1000)), units.length - 1);
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? ''}`;
}
