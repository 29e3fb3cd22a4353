// What npm start prints about all events.
import { markdownTable } from 'markdown-table';
import colors from 'picocolors';
import stringWidth from 'string-width';
import wrap from 'wrap-ansi';
import { FATES, type Fate, type Identifiers, type Name, type Reason, type Report } from './tally';

const WIDTH = 100;
/** How many entries of a list are shown. */
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

/** Describes a report section by section, without empty ones and without the {@link describeSummary}. */
export function describeReport(report: Report): string {
  const { names, reasons, identifiers } = report;
  const sections = [
    table(
      ['Outcome', 'Events', 'Share'],
      FATES.map((fate) => [
        COLORS[fate](fate),
        formatCount(report[fate]),
        formatShare(report[fate], report.events),
      ]),
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
  return `${colors.bold(formatCount(count))} ${COLORS[outcome](outcome)}\n${lines.replace(/^/gm, '    ')}`;
}

const describeNames = (names: readonly Name[]): string =>
  table(
    ['Segment event', 'Events', 'TikTok event'],
    names
      .slice(0, SHOWN)
      .map(({ name, count, becomes }) => [
        name,
        formatCount(count),
        becomes.length === 0 ? colors.dim('not mapped') : becomes.join(', '),
      ]),
    ['l', 'r', 'l'],
  ) + describeRest(names.length);

const describeIdentifiers = (identifiers: Identifiers): string =>
  table(
    ['TikTok can match on', 'Events', 'Share'],
    [
      ...IDENTIFIERS.map(([label, key]) => [
        label,
        formatCount(identifiers[key]),
        formatShare(identifiers[key], identifiers.events),
      ]),
      ['all that it accepted', formatCount(identifiers.events), ''],
    ],
  );

const describeWarnings = ({ old, retiring }: Report): string =>
  [
    ...(old === 0
      ? []
      : [`${countOf(old, 'event')} older than 28 days: too old for TikTok to attribute to an ad.`]),
    ...retiring.map(({ name, count, advice }) => `${name} was sent ${countOf(count, 'time')}. ${advice}.`),
  ]
    .map((line) => colors.yellow(wrap(line, WIDTH)))
    .join('\n');

const list = <T>(entries: readonly T[], describe: (entry: T) => string): string =>
  entries.slice(0, SHOWN).map(describe).join('\n') + describeRest(entries.length);

const describeRest = (count: number): string =>
  count <= SHOWN ? '' : `\n… and ${formatCount(count - SHOWN)} more, which --json shows.`;

const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly string[] = ['l', 'r', 'r'],
): string => markdownTable([head, ...rows], { align, stringLength: stringWidth });

/**
 * Describes all events in one line.
 *
 * @param connections how many connections the function opened.
 * @param counted how many conversions TikTok counted, if that is known.
 */
export function describeSummary(report: Report, connections: number, counted: number | undefined): string {
  const fates = FATES.map((fate) => COLORS[fate](`${formatCount(report[fate])} ${fate}`)).join(', ');
  const conversions = counted === undefined ? '' : `TikTok counted ${countOf(counted, 'conversion')} in `;
  const network = `${countOf(report.requests, 'request')} over ${countOf(connections, 'connection')}, ${formatBytes(report.bytes)}`;
  return `${countOf(report.events, 'event')}: ${fates}. ${conversions}${network}.`;
}

const formatCount = (count: number): string => count.toLocaleString('en');
const countOf = (count: number, thing: string): string =>
  `${formatCount(count)} ${thing}${count === 1 ? '' : 's'}`;
const formatShare = (count: number, total: number): string =>
  `${(total === 0 ? 0 : (count / total) * 100).toFixed(1)} %`;

function formatBytes(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB'];
  const power = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1000)), units.length - 1);
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? ''}`;
}
