// Which Segment events become which TikTok events: the defaults, and the setting on top of them.
import { ownProperty } from '../values/json';
import { textOf } from '../values/text';
import { DUPLICATE, keyOf, readEntries } from './entries';
import type { Settings } from './settings';

/** Stands for all page calls, which have no event name of their own. */
const PAGE_VIEWED = 'Page Viewed';

/** The presets of Segment's built-in destination, as far as they are TikTok's standard events, in its current names. */
export const DEFAULT_EVENT_MAPPINGS: Readonly<Record<string, string>> = {
  'Order Completed': 'Purchase',
  'Checkout Started': 'InitiateCheckout',
  'Payment Info Entered': 'AddPaymentInfo',
  'Product Viewed': 'ViewContent',
  'Product Added': 'AddToCart',
  'Product Added to Wishlist': 'AddToWishlist',
  'Products Searched': 'Search',
  'Callback Started': 'Contact',
  'Subscription Created': 'Subscribe',
  'Form Submitted': 'Lead',
  'Signed Up': 'CompleteRegistration',
  'Download Link Clicked': 'Download',
  'Trial Started': 'StartTrial',
};

/** Its other presets: TikTok ends two of the names in 2027, and PageView is not a standard event. */
export const PRESETS_OFF_BY_DEFAULT: Readonly<Record<string, string>> = {
  'Order Placed': 'PlaceAnOrder',
  'Product Clicked': 'ClickButton',
  [PAGE_VIEWED]: 'PageView',
};

const PRESET_ENTRIES: ReadonlyMap<string, string> = new Map(
  Object.entries(PRESETS_OFF_BY_DEFAULT).map(([event, name]) => [keyOf(event), `${event} → ${name}`]),
);

/** The entry that brings one of these back: `Order Placed → PlaceAnOrder`; `undefined` for any other name. */
export const presetOffByDefault = (name: string): string | undefined => PRESET_ENTRIES.get(keyOf(name));

/** The name that an event is mapped under; '' for calls that are never mapped, and for a track call without a name. */
export function mappedName(event: unknown): string {
  const type = ownProperty(event, 'type');
  if (type === 'track') return textOf(ownProperty(event, 'event'));
  return type === 'page' ? PAGE_VIEWED : '';
}

/** The events of which `properties` is a product. */
const PRODUCT_EVENTS: ReadonlySet<string> = new Set(
  [
    'Product Viewed',
    'Product Clicked',
    'Product Added',
    'Product Added to Wishlist',
    'Products Searched',
  ].map(keyOf),
);

/** Whether an event is about one product, so that its own name is the product's and not a person's. */
export const isProductEvent = (event: unknown): boolean => PRODUCT_EVENTS.has(keyOf(mappedName(event)));

/** TikTok's event names by the key of a Segment event's name. */
export type EventNames = ReadonlyMap<string, readonly string[]>;

const DEFAULT_NAMES: EventNames = new Map(
  Object.entries(DEFAULT_EVENT_MAPPINGS).map(([event, name]) => [keyOf(event), [name]]),
);

/** TikTok's names for an event; none if it is not mapped, or turned off. */
export const namesOf = (workspaceNames: EventNames, key: string): readonly string[] =>
  workspaceNames.get(key) ?? DEFAULT_NAMES.get(key) ?? [];

/** Reads the setting Event Mappings, and what is wrong with it. */
export function readEventMappings({ eventMappings, accessToken }: Settings): {
  readonly names: EventNames;
  readonly problems: readonly string[];
} {
  const names = new Map<string, readonly string[]>();
  const problems = readEntries('eventMappings', eventMappings, accessToken, (event, list) => {
    const key = keyOf(event);
    if (names.has(key)) return DUPLICATE;
    names.set(
      key,
      [...new Set(list.split(',').map((name) => name.trim()))].filter((name) => name !== ''),
    );
    return key === '' ? 'expected an event name' : undefined;
  });
  return { names, problems };
}
