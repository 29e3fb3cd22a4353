// TikTok's names and numbers: where it takes requests, event names that it retires, the attribution window, a code.
// TikTok, "Standard Events and Parameters": https://ads.tiktok.com/help/article/standard-events-parameters

export const HOST = 'business-api.tiktok.com';
export const PATH = '/open_api/v1.3/event/track/';

/** The names that ads can be optimised for, the same for offline, web and CRM events. */
export const STANDARD_EVENTS: readonly string[] = [
  'AddPaymentInfo',
  'AddToCart',
  'AddToWishlist',
  'ApplicationApproval',
  'CompleteRegistration',
  'Contact',
  'CustomizeProduct',
  'Download',
  'FindLocation',
  'InitiateCheckout',
  'Lead',
  'Purchase',
  'Schedule',
  'Search',
  'StartTrial',
  'SubmitApplication',
  'Subscribe',
  'ViewContent',
];

/**
 * Names that TikTok reserves: it counts each as a standard event, so that none can be an event of one's own.
 * TikTok, "About reserved events": https://ads.tiktok.com/help/article/reserved-events
 */
const RESERVED: Readonly<Record<string, string>> = {
  AddBilling: 'AddPaymentInfo',
  ClickForm: 'Lead',
  ClickToDownload: 'Download',
  Consult: 'Contact',
  ConsultByPhone: 'Contact',
  Registration: 'CompleteRegistration',
  StartCheckout: 'InitiateCheckout',
  ViewConsultationPage: 'ViewContent',
  ViewDownloadPage: 'ViewContent',
  ViewForm: 'ViewContent',
};

/** What to do about each name that TikTok retires, has renamed or reserves. */
export const RETIRING: Readonly<Record<string, string>> = {
  ClickButton: 'TikTok retires it in 2027: map the event to another name, or turn it off',
  PlaceAnOrder: 'TikTok retires it in 2027: map the event to another name, or turn it off',
  CompletePayment: 'TikTok renamed it: use Purchase',
  SubmitForm: 'TikTok renamed it: use Lead',
  ...Object.fromEntries(
    Object.entries(RESERVED).map(([name, standard]) => [name, `TikTok counts it as ${standard}: use that`]),
  ),
};

/** Seconds after which TikTok does not attribute an event: 28 days. */
export const ATTRIBUTION_WINDOW = 28 * 86_400;

/** TikTok's code for a request of which it counted some events and refused others. */
export const PARTIAL_SUCCESS = 20001;
