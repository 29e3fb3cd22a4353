// Which Segment events are TikTok events by default.

/** Page calls have no event name of their own. */
export const PAGE_VIEWED = 'Page Viewed';

/** The built-in destination's presets, in TikTok's current names. */
export const EVENT_MAPPINGS: Readonly<Record<string, string>> = {
  'Order Completed': 'Purchase',
  'Order Placed': 'PlaceAnOrder',
  'Checkout Started': 'InitiateCheckout',
  'Payment Info Entered': 'AddPaymentInfo',
  'Product Viewed': 'ViewContent',
  'Product Clicked': 'ClickButton',
  'Product Added': 'AddToCart',
  'Product Added to Wishlist': 'AddToWishlist',
  'Products Searched': 'Search',
  'Callback Started': 'Contact',
  'Subscription Created': 'Subscribe',
  'Form Submitted': 'Lead',
  'Signed Up': 'CompleteRegistration',
  'Download Link Clicked': 'Download',
  [PAGE_VIEWED]: 'PageView',
};

/** Names match without regard to case and outer spaces. */
export const eventKey = (name: string): string => name.trim().toLowerCase();
