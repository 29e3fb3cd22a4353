// What the commands print about all events.
import { markdownTable } from 'markdown-table';
import colors from 'picocolors';
import stringWidth from 'string-width';
import wrap from 'wrap-ansi';
import { FATE_NAMES, FATES, type Fate } from '../local/segment/outcomes';
import { describeCause, hang, INDENT, WIDTH } from './cause';
import { countOf, formatBytes, formatCount, formatShare } from './count';
import type { Example } from './example';
import {
  describeBecomes,
  describeLeftOutKind,
  describeRepeated,
  describeRepeats,
  describeSum,
  describeWithoutId,
  ESSENTIALS,
  IDENTIFIERS,
  MATCH_LABELS,
  MATCH_QUALITY,
  SENT_HEAD,
} from './labels';
import type { MatchQuality } from './match-quality/count';
import type { Repeats } from './sent';
import type { Essentials, Identifiers, LeftOutCount, Name, Reason, Report, Skipped, Warning } from './tally';

/** How many entries of a list are shown. */
export const SHOWN = 20;

const COLORS: Readonly<Record<Fate, (text: string) => string>> = {
  delivered: colors.green,
  discarded: colors.red,
  unsupported: colors.dim,
  retried: colors.yellow,
  notHandedOver: colors.dim,
};

/** Describes a report section by section, without empty ones and without the {@link describeSummary}. */
export const describeReport = (report: Report): string =>
  joinSections([
    describeFates(report),
    describeSkipped(report.skipped),
    describeReasons(report.reasons),
    describeLeftOut(report.leftOut),
    describeNames(report.names),
    describeSent(report),
    describeIdentifiers(report.identifiers),
    describeMatchQuality(report.matchQuality),
    describeEssentials(report.essentials),
    describeWarnings(report.warnings),
  ]);

export const joinSections = (sections: readonly string[]): string =>
  sections.filter((section) => section !== '').join('\n\n');

const describeFates = (report: Report): string =>
  table(
    ['Outcome', 'Events', 'Share'],
    FATES.map((fate) => [
      COLORS[fate](FATE_NAMES[fate]),
      formatCount(report[fate]),
      formatShare(report[fate], report.events),
    ]),
  );

/** What was skipped, and where. */
export function describeSkipped({ count, problems }: Skipped): string {
  if (count === 0) return '';
  const lines = problems.map((problem) => wrap(problem, WIDTH - INDENT.length).replace(/^/gm, INDENT));
  const rest = count > problems.length ? [`${INDENT}… and ${formatCount(count - problems.length)} more`] : [];
  const head = `${colors.bold(formatCount(count))} ${colors.red(count === 1 ? 'entry is not an event, and was skipped' : 'entries are not events, and were skipped')}`;
  return [head, ...lines, ...rest].join('\n');
}

/** Why events were not delivered. @param adverb stands before what became of them, such as `newly`. */
export const describeReasons = (reasons: readonly Reason[], adverb = ''): string =>
  reasons.length === 0
    ? ''
    : reasons
        .slice(0, SHOWN)
        .map((reason) => describeReason(reason, adverb))
        .join('\n') + describeRest(reasons.length);

const describeReason = (reason: Reason, adverb: string): string =>
  [
    `${colors.bold(formatCount(reason.count))} ${COLORS[reason.outcome](`${adverb} ${FATE_NAMES[reason.outcome]}`.trimStart())}`,
    describeCause(reason),
    wrap(`for example ${describeExample(reason.example)}`, WIDTH - INDENT.length).replace(/^/gm, INDENT),
  ].join('\n');

const describeExample = ({ at, messageId }: Example): string =>
  messageId === undefined ? at : `${at}, message ${messageId}`;

/** Values that were there and were not sent. */
export const describeLeftOut = (leftOut: readonly LeftOutCount[]): string =>
  leftOut.length === 0
    ? ''
    : table(
        ['There, but not sent', 'Reason', 'Events', 'For example'],
        leftOut
          .slice(0, SHOWN)
          .map((one) => [one.parameter, describeLeftOutKind(one), formatCount(one.count), one.example.at]),
        ['l', 'l', 'r', 'l'],
      ) + describeRest(leftOut.length);

const describeNames = (names: readonly Name[]): string =>
  names.length === 0
    ? ''
    : table(
        ['Segment event', 'Events', 'TikTok event'],
        names
          .slice(0, SHOWN)
          .map((one) => [
            one.name,
            formatCount(one.count),
            one.becomes.length === 0 ? colors.dim(describeBecomes(one)) : describeBecomes(one),
          ]),
        ['l', 'r', 'l'],
      ) + describeRest(names.length);

/** What TikTok gets under each name, and what comes again. */
const describeSent = ({ sent, repeats }: Report): string =>
  sent.length === 0
    ? ''
    : joinSections([
        table(
          SENT_HEAD,
          sent
            .slice(0, SHOWN)
            .flatMap(({ name, count, withoutId, currencies }) =>
              currencies.map((one, index) => [
                ...(index === 0 ? [name, formatCount(count)] : ['', '']),
                one.currency ?? colors.dim('none'),
                formatCount(one.count),
                describeSum(one),
                index === 0 ? formatCount(withoutId) : '',
              ]),
            ),
          ['l', 'r', 'l', 'r', 'r', 'r'],
        ) + describeRest(sent.length),
        describeWithoutId(sent),
        describeAgain(repeats),
      ]);

const describeAgain = (repeats: Repeats): string =>
  describeRepeats(repeats) === ''
    ? ''
    : [
        wrap(describeRepeats(repeats), WIDTH),
        ...repeats.ids.slice(0, SHOWN).map((one) => `${INDENT}${hang(describeRepeated(one), 2)}`),
      ].join('\n') + describeRest(repeats.ids.length);

const describeIdentifiers = (identifiers: Identifiers): string =>
  identifiers.events === 0
    ? ''
    : table(
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

/** The estimate as a table, what it is, and what would raise it. */
const describeMatchQuality = ({ events, conversions, advice }: MatchQuality): string =>
  events === 0
    ? ''
    : joinSections([
        table(
          ['Estimated match quality', 'Events', ...labelsOf(conversions), 'none'],
          conversions
            .slice(0, SHOWN)
            .map(({ name, count, identifiers, none }) => [
              name,
              formatCount(count),
              ...[...identifiers.map((one) => one.count), none].map((one) => formatShare(one, count)),
            ]),
          ['l', 'r', 'r', 'r', 'r', 'r', 'r'],
        ) + describeRest(conversions.length),
        wrap(MATCH_QUALITY, WIDTH),
        describeAdvice(advice, events),
      ]);

const labelsOf = ([first]: MatchQuality['conversions']): readonly string[] =>
  (first?.identifiers ?? []).map(({ parameter }) => MATCH_LABELS[parameter]);

const describeAdvice = (advice: MatchQuality['advice'], events: number): string =>
  advice.length === 0
    ? ''
    : [
        colors.bold('What would raise it, most gain first'),
        ...advice
          .slice(0, SHOWN)
          .map((one) =>
            `${formatShare(one.count, events).padStart(7)}  ${hang(`${describeOneAdvice(one)}\nFor example ${describeExample(one.example)}`, 9)}`.replace(
              /^/gm,
              INDENT,
            ),
          ),
      ].join('\n') + describeRest(advice.length);

const describeOneAdvice = ({ finding, advice, newlySent }: MatchQuality['advice'][number]): string =>
  `have ${finding}: ${advice}.${newlySent === 0 ? '' : ` ${countOf(newlySent, 'event')} would newly be sent.`}`;

function describeEssentials(essentials: Essentials): string {
  const known = ESSENTIALS.map(
    ([label, key, totalKey]) => [label, essentials[key], essentials[totalKey]] as const,
  ).filter(([, , total]) => total > 0);
  return known.length === 0
    ? ''
    : table(
        ['TikTok can optimise for', 'Count', 'Of', 'Share'],
        known.map(([label, count, total]) => [
          label,
          formatCount(count),
          formatCount(total),
          formatShare(count, total),
        ]),
        ['l', 'r', 'r', 'r'],
      );
}

const describeWarnings = (warnings: readonly Warning[]): string =>
  warnings
    .map(({ message, example }) => {
      const where = example === undefined ? '' : ` For example ${describeExample(example)}.`;
      return colors.yellow(wrap(`${message}${where}`, WIDTH));
    })
    .join('\n');

export const describeRest = (count: number): string =>
  count <= SHOWN ? '' : `\n… and ${formatCount(count - SHOWN)} more, which npm run report -- --json shows.`;

export const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly string[] = ['l', 'r', 'r'],
): string => markdownTable([head, ...rows], { align, stringLength: stringWidth });

/**
 * Describes all events in one line.
 *
 * @param counted how many conversions TikTok counted, if that is known.
 */
export function describeSummary(report: Report, counted: number | undefined): string {
  const fates = FATES.map((fate) => COLORS[fate](`${formatCount(report[fate])} ${FATE_NAMES[fate]}`));
  const conversions = counted === undefined ? '' : `TikTok counted ${countOf(counted, 'conversion')} in `;
  const network = `${countOf(report.requests, 'request')}, ${formatBytes(report.bytes)}`;
  return `${countOf(report.events, 'event')}: ${fates.join(', ')}. ${conversions}${network}.`;
}
