// What TikTok takes: the fields of an event, and the body of a request.
// TikTok, "Events API 2.0 parameters": https://business-api.tiktok.com/portal/docs?id=1771101151059969

/** An event of the request's `data`, by the objects that its fields stand in. Clear text for a hash does not compile. */
export interface PayloadFields extends Record<Group, object> {
  /** Read, and not sent: how the phone numbers are to be read. */
  readonly phone: { country: string };
  readonly event: {
    event_id: string;
    /** Whole Unix seconds. */
    event_time: number;
    limited_data_use: boolean;
  };
  readonly user: {
    email: readonly Sha256[];
    phone: readonly Sha256[];
    external_id: readonly Sha256[];
    first_name: Sha256;
    last_name: Sha256;
    zip_code: Sha256;
    city: string;
    state: string;
    country: string;
    ttclid: string;
    ttp: string;
    lead_id: string;
    ip: string;
    user_agent: string;
    locale: string;
  };
  readonly properties: {
    contents: readonly Fields[];
    content_type: string;
    value: number;
    currency: string;
    search_string: string;
    /** The older name of `search_string`. */
    query: string;
    content_ids: readonly string[];
    num_items: number;
    description: string;
    order_id: string;
    shop_id: string;
  };
  /** An item of `properties.contents`. */
  readonly contents: {
    content_id: string;
    content_name: string;
    content_category: string;
    brand: string;
    price: number;
    quantity: number;
  };
  readonly page: {
    url: string;
    referrer: string;
  };
  /** Of a CRM event. */
  readonly lead: {
    lead_id: string;
    lead_event_source: string;
  };
}

/** The kinds of event sets that events can be sent to. */
export const EVENT_SOURCES = ['offline', 'crm'] as const;
export type EventSource = (typeof EVENT_SOURCES)[number];

/** The objects that the fields of an event stand in, and `phone`, of which nothing is sent. */
export const GROUPS = ['event', 'phone', 'user', 'properties', 'contents', 'page', 'lead'] as const;
export type Group = (typeof GROUPS)[number];

/** What is sent of an object, by field. */
export type Fields = Readonly<Record<string, unknown>>;

/** One element of the request's `data`. */
export interface TikTokEvent extends Fields {
  readonly event: string;
}

/** TikTok's limit for the `data` of a request. */
export const MAX_EVENTS = 1000;

/** Where the events of a request belong. */
export interface EventSet {
  readonly eventSetId: string;
  readonly eventSource: EventSource;
  readonly testEventCode: string | undefined;
}

/**
 * The body of a request as JSON.
 *
 * TikTok, "Report offline events": https://business-api.tiktok.com/portal/docs?id=1771100815832065
 */
export const requestBody = (
  { eventSetId, eventSource, testEventCode }: EventSet,
  data: readonly TikTokEvent[],
): string =>
  withoutLoneSurrogates(
    JSON.stringify({
      event_source: eventSource,
      event_source_id: eventSetId,
      partner_name: 'Segment',
      test_event_code: testEventCode,
      data,
    }),
  );

/** A backslash that is escaped itself, or one half of a pair, which JSON.stringify escapes. */
const ESCAPE = /\\(?:\\|ud[89a-f][\da-f]{2})/g;

/** Writes U+FFFD for each half of a surrogate pair, which is not a character, as UTF-8 would have it. */
const withoutLoneSurrogates = (json: string): string =>
  json.includes('\\ud') ? json.replace(ESCAPE, (escape) => (escape === '\\\\' ? escape : '\ufffd')) : json;
