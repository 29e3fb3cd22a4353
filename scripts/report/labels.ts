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

/** What TikTok documents to match on, by the parameter: for an offline event set the first two, for a CRM's all. */
export const MATCHED_ON: Readonly<Record<string, string>> = {
  'user.email': 'email',
  'user.phone': 'phone',
  'lead.lead_id': 'lead ID',
  'user.external_id': 'external ID',
};

/** What the estimate of match quality is. */
export const MATCH_QUALITY =
  "An estimate, and not a score of TikTok's: of the events that are sent, or refused for want of contact data, it counts those with a valid value of what TikTok documents to match on.";
