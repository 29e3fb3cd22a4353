// A made-up shop's events: what customers do, and what the shop knows of them, written well or badly.

const DAY = 86_400_000;
/** A little more than TikTok's 28 days. */
const DAYS = 30;
const CUSTOMERS = 50_000;

/** The events, and how frequent each is. */
const EVENTS: readonly (readonly [share: number, type: string, event?: string])[] = [
  [30, 'page'],
  [25, 'track', 'Product Viewed'],
  [8, 'track', 'Product Added'],
  [6, 'track', 'Products Searched'],
  [5, 'track', 'Product Clicked'],
  [4, 'track', 'Checkout Started'],
  [4, 'track', 'Order Completed'],
  [3, 'track', 'Form Submitted'],
  [2, 'track', 'Signed Up'],
  [4, 'track', 'Video Playback Started'],
  [4, 'track', 'Coupon Applied'],
  [5, 'identify'],
];
const TOTAL = EVENTS.reduce((sum, [share]) => sum + share, 0);

/** A phone number of the series that is reserved for fiction, in the ways in which people write it. */
const PHONES: readonly ((last: string) => string)[] = [
  (last) => `+1 415 555 01${last}`,
  (last) => `(415) 555-01${last}`,
  (last) => `+1415555 01${last}`,
  (last) => `001 415 555 01 ${last}`,
  () => 'ask at the desk',
];
const EMAILS: readonly ((name: string) => string)[] = [
  (name) => `${name}@example.com`,
  (name) => ` ${name.toUpperCase()}@Example.com `,
  (name) => `${name}@example.com`,
  (name) => `${name} at example.com`,
];

/**
 * Makes an event of about 1 KB.
 *
 * @param progress the share of the month that has passed, from 0 to 1.
 * @param now the end of the month in milliseconds.
 * @param random gives numbers from 0 to 1.
 */
export function makeShopEvent(number: number, progress: number, now: number, random: () => number): object {
  const below = (count: number): number => Math.floor(random() * count);
  const pick = <T>(list: readonly T[]): T | undefined => list[below(list.length)];
  const sometimes = <T>(share: number, make: () => T): T | undefined =>
    random() < share ? make() : undefined;

  let place = random() * TOTAL;
  const [, type = 'page', event] = EVENTS.find(([share]) => (place -= share) < 0) ?? [];
  const customer = below(CUSTOMERS);
  const id = number.toString(16).padStart(12, '0');
  const timestamp = new Date(now - DAYS * DAY * (1 - progress)).toISOString();
  const products = Array.from({ length: 1 + below(3) }, () => product(below(500)));
  const value = products.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const path = pick(['/', '/shoes', '/jackets', '/checkout', '/thanks']) ?? '/';
  const ttclid = sometimes(0.25, () => `?ttclid=E.C.P.example-${customer}`) ?? '';

  return {
    type,
    ...(event !== undefined && { event }),
    ...(type === 'page' && { name: 'Shop' }),
    messageId: `0f0e0d0c-0b0a-4908-8706-${id}`,
    timestamp,
    sentAt: timestamp,
    anonymousId: `a1b2c3d4-0000-4000-8000-${customer.toString(16).padStart(12, '0')}`,
    userId: sometimes(0.7, () => `customer-${customer}`),
    context: {
      ip: `203.0.113.${customer % 256}`,
      locale: pick(['en-US', 'de-DE', 'fr-FR']),
      timezone: 'America/New_York',
      userAgent:
        'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
      library: { name: 'analytics.js', version: 'npm:next-1.84.3' },
      page: {
        path,
        search: ttclid,
        title: 'Shop',
        url: `https://shop.example.com${path}${ttclid}`,
        referrer: 'https://www.example.com/',
      },
      traits: {
        email: sometimes(0.85, () => pick(EMAILS)?.(`customer-${customer}`)),
        phone: sometimes(0.6, () => pick(PHONES)?.(String(customer % 100).padStart(2, '0'))),
      },
    },
    properties:
      type === 'track'
        ? { order_id: `order-${number}`, value: Number(value.toFixed(2)), currency: 'USD', products }
        : { path, title: 'Shop' },
    integrations: {},
  };
}

const product = (number: number) => ({
  product_id: `sku-${number}`,
  name: `Product ${number} of the made-up shop`,
  category: 'Outdoor',
  brand: 'Example',
  price: 9.5 + number,
  quantity: 1 + (number % 2),
});
