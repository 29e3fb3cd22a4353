// The shop's analytics.js: the real one, which sends to this page's server instead of Segment.
// Segment, "Analytics.js Source": https://segment.com/docs/connections/sources/catalog/libraries/website/javascript/
import { AnalyticsBrowser, type Analytics } from '@segment/analytics-next';

const WRITE_KEY = 'local';

async function load(): Promise<Analytics> {
  const [analytics] = await AnalyticsBrowser.load({
    writeKey: WRITE_KEY,
    cdnSettings: {
      integrations: { 'Segment.io': { apiKey: WRITE_KEY, apiHost: `${location.host}/v1`, protocol: 'http' } },
      metrics: { sampleRate: 0 },
    },
  });
  // Like a site that knows its customer: every event carries the customer's traits.
  await analytics.addSourceMiddleware(({ payload, next }) => {
    payload.obj.context = { ...payload.obj.context, traits: analytics.user().traits() ?? {} };
    next(payload);
  });
  await analytics.page('Shop');
  return analytics;
}

let loading: Promise<Analytics> | undefined;

/** The shop makes its first page call when somebody opens it. */
const open = (): Promise<Analytics> => (loading ??= load());

/** The email address that a visitor has signed in with before. */
export async function knownEmail(): Promise<string | undefined> {
  const email: unknown = (await open()).user().traits()?.email;
  return typeof email === 'string' ? email : undefined;
}

export async function track(event: string, properties: object): Promise<void> {
  await (await open()).track(event, properties);
}

export async function signIn(email: string, phone: string): Promise<void> {
  const analytics = await open();
  await analytics.identify('customer-1', { email, phone });
  await analytics.track('Signed Up', { method: 'email' });
}

export async function signOut(): Promise<void> {
  const analytics = await open();
  analytics.reset();
}

/** The visitor comes again, by a link with a TikTok click id in it or by one without. */
export async function arrive(clickId: string | undefined): Promise<void> {
  history.replaceState(null, '', `/${clickId === undefined ? '' : `?ttclid=${clickId}`}${location.hash}`);
  await (await open()).page('Shop');
}
