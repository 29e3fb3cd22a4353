// What the terminal and the page call the numbers of a report.

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
