// What the terminal and the page call the numbers of a report.
import { describeFlaw } from '../../lib/parameters/reasons';
import { formatAmount, formatCount } from './count';

/** What TikTok can match on. */
export const IDENTIFIERS = [
  ['email', 'email'],
  ['phone', 'phone'],
  ['email and phone', 'both'],
  ['external id', 'externalId'],
  ['ttclid', 'ttclid'],
] as const;

/** What TikTok can optimise for: a count, and of how many. */
export const ESSENTIALS = [
  ['purchases with value and currency', 'pricedPurchases', 'purchases'],
  ['products with an ID', 'identifiedProducts', 'products'],
] as const;

/**
 * What TikTok documents to match on, by the parameter: for an offline event set the first two, for that of a CRM all.
 *
 * TikTok, "Events API 2.0 parameters": https://business-api.tiktok.com/portal/docs?id=1771101151059969
 */
export const MATCH_PARAMETERS = ['user.email', 'user.phone', 'lead.lead_id', 'user.external_id'] as const;
export type MatchParameter = (typeof MATCH_PARAMETERS)[number];

export const MATCH_LABELS: Readonly<Record<MatchParameter, string>> = {
  'user.email': 'email',
  'user.phone': 'phone',
  'lead.lead_id': 'lead ID',
  'user.external_id': 'external ID',
};

/** What the estimate of match quality is. */
export const MATCH_QUALITY =
  "An estimate, not a score of TikTok's: how many events have a valid identifier that TikTok documents for them. Events that are refused for want of contact data count too.";

/** The columns of what TikTok gets: a row for each currency of each name. */
export const SENT_HEAD = ['TikTok gets', 'Events', 'Currency', 'In it', 'Sum of values', 'Without event_id'];

/** The sum of the values, and how many have one if not all have. */
export const describeSum = ({
  count,
  values,
  sum,
}: Readonly<Record<'count' | 'values' | 'sum', number>>): string =>
  values === 0 ? 'no value' : `${formatAmount(sum)}${values < count ? ` in ${formatCount(values)}` : ''}`;

/** What a column of {@link SENT_HEAD} means, if there is anything in it. */
export const describeWithoutId = (sent: readonly { readonly withoutId: number }[]): string =>
  sent.some(({ withoutId }) => withoutId > 0)
    ? 'Of events without an event_id, TikTok cannot tell which ones are repeated.'
    : '';

/** What TikTok counts once; empty if nothing comes again. */
export const describeRepeats = ({
  count,
  isComplete,
}: {
  readonly count: number;
  readonly isComplete: boolean;
}): string =>
  [
    ...(count === 0
      ? []
      : [
          count === 1
            ? '1 event comes again under the same name and event_id: TikTok counts it once.'
            : `${formatCount(count)} events come again under the same name and event_id: TikTok counts each ID once.`,
        ]),
    ...(isComplete ? [] : ['There may be more: not all IDs could be remembered.']),
  ].join(' ');

/** Where events with the same id are. */
export function describeRepeated({
  name,
  id,
  count,
  places,
}: {
  readonly name: string;
  readonly id: string;
  readonly count: number;
  readonly places: readonly string[];
}): string {
  if (places.length === 0) return name;
  const rest = count + 1 - places.length;
  return `${name} ${id}: ${places.join(', ')}${rest > 0 ? ` and ${formatCount(rest)} more` : ''}`;
}

/** What the name of events became. */
export const describeBecomes = ({
  becomes,
  isUnmet,
}: {
  readonly becomes: readonly string[];
  readonly isUnmet: boolean;
}): string => (becomes.length > 0 ? becomes.join(', ') : isUnmet ? 'condition not met' : 'not mapped');

/** Why a value was not sent, and which one was sent in its place. */
export function describeLeftOutKind({
  replacedBy,
  ...kind
}: Parameters<typeof describeFlaw>[0] & { readonly replacedBy?: string | undefined }): string {
  if (replacedBy === undefined) return describeFlaw(kind);
  const quoted = replacedBy.startsWith('"') ? replacedBy : `"${replacedBy}"`;
  return `${describeFlaw(kind)}, replaced by ${quoted}`;
}
