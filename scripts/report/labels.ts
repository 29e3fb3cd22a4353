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
