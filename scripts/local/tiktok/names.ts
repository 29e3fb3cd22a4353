// TikTok's event names that end or were renamed. https://ads.tiktok.com/help/article/standard-events-parameters

/** What to do about a name, by the name. */
export const RETIRING: Readonly<Record<string, string>> = {
  ClickButton: 'TikTok ends it in 2027: map the event to another name, or turn it off',
  PlaceAnOrder: 'TikTok ends it in 2027: map the event to another name, or turn it off',
  CompletePayment: 'TikTok renamed it: use Purchase',
  SubmitForm: 'TikTok renamed it: use Lead',
};

/** Seconds after which TikTok does not attribute an event: 28 days. */
export const ATTRIBUTION_WINDOW = 28 * 86_400;

/** The code that says that a part of the events was counted. */
export const PARTIAL_SUCCESS = 20001;
