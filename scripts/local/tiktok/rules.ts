// What TikTok's Events API 2.0 accepts for offline and CRM events, as strictly as TikTok does.
// TikTok, "Report offline events": https://business-api.tiktok.com/portal/docs?id=1771100815832065
import { z } from 'zod';
import type { Refusal } from './wordings';

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

const text = z.string().min(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in lower-case hex');
const hashes = z.union([sha256, z.array(sha256).min(1)], {
  error: 'expected a SHA-256 in lower-case hex, or an array of them',
});

const content = z.strictObject({
  content_id: text.optional(),
  content_name: text.optional(),
  content_category: text.optional(),
  brand: text.optional(),
  price: z.number().optional(),
  quantity: z.number().optional(),
});

const user = z.strictObject({
  email: hashes.optional(),
  phone: hashes.optional(),
  external_id: hashes.optional(),
  first_name: hashes.optional(),
  last_name: hashes.optional(),
  zip_code: hashes.optional(),
  city: text.optional(),
  state: text.optional(),
  country: text.optional(),
  ttclid: text.optional(),
  ttp: text.optional(),
  ip: text.optional(),
  user_agent: text.optional(),
  locale: text.optional(),
});

// Other names are allowed, for properties of the advertiser's own.
const properties = z.looseObject({
  contents: z.array(content).min(1).optional(),
  content_type: z.enum(['product', 'product_group', 'hotel', 'flight', 'destination', 'vehicle']).optional(),
  currency: z
    .string()
    .refine((code) => CURRENCIES.has(code), 'expected an ISO 4217 code')
    .optional(),
  value: z.number().optional(),
  search_string: text.optional(),
  query: text.optional(),
  content_ids: z.array(text).min(1).optional(),
  num_items: z.number().optional(),
  description: text.optional(),
  order_id: text.optional(),
  shop_id: text.optional(),
});

const common = {
  event: text,
  event_time: z
    .int('expected whole Unix seconds')
    .positive()
    .max(99_999_999_999, 'expected seconds, not milliseconds'),
  event_id: text.optional(),
  properties: properties.optional(),
  page: z.strictObject({ url: text.optional(), referrer: text.optional() }).optional(),
  limited_data_use: z.boolean().optional(),
};

/** An event for an offline event set: the lead's ID stands with the user. */
const offlineEvent = z.strictObject({
  ...common,
  user: user
    .extend({ lead_id: text.optional() })
    .refine(({ email, phone }) => email !== undefined || phone !== undefined, 'expected an email or a phone'),
});

/** An event for a CRM event set: the lead is an object of its own, and identifies the event, too. */
const crmEvent = z
  .strictObject({
    ...common,
    user: user.default({}),
    lead: z.strictObject({ lead_id: text.optional(), lead_event_source: text.optional() }).optional(),
  })
  .refine(
    ({ user: { email, phone }, lead }) =>
      email !== undefined || phone !== undefined || lead?.lead_id !== undefined,
    'expected a lead_id, an email or a phone',
  );

const EVENTS = { offline: offlineEvent, crm: crmEvent } as const;
/** The kinds of event sets. */
export type EventSource = keyof typeof EVENTS;

/** The schema of a request whose events are of a kind. */
const requestOf = <Source extends EventSource, Event extends z.ZodType>(source: Source, event: Event) =>
  z.strictObject({
    event_source: z.literal(source),
    event_source_id: text,
    partner_name: text.optional(),
    test_event_code: text.optional(),
    data: z.array(event).min(1, 'expected 1 to 1000 events').max(1000, 'expected 1 to 1000 events'),
  });

const request = z.discriminatedUnion('event_source', [
  requestOf('offline', offlineEvent),
  requestOf('crm', crmEvent),
]);
/** A request whatever its events are. */
const envelope = z.discriminatedUnion('event_source', [
  requestOf('offline', z.unknown()),
  requestOf('crm', z.unknown()),
]);

/** An event as TikTok accepts it. */
export type TikTokEvent = z.infer<typeof offlineEvent> | z.infer<typeof crmEvent>;

/** A request as it was read, or the first thing that is wrong with it. */
export type ReadRequest = ({ readonly isValid: true } & Readonly<z.infer<typeof request>>) | Flaw;

export interface Flaw {
  readonly isValid: false;
  /** The name of the field, and what is wrong with it. */
  readonly problem: string;
  /** If an event is wrong: which, and what about it. */
  readonly refusal?: Refusal;
}

/**
 * The events of a request that are valid by themselves; none if the body is not a request.
 *
 * @param whole what the body was read as.
 */
export function readValidEvents(body: string, whole = readRequest(body)): readonly TikTokEvent[] {
  if (whole.isValid) return whole.data;
  try {
    const { event_source: source, data } = envelope.parse(JSON.parse(body));
    return data.flatMap((item) => EVENTS[source].safeParse(item).data ?? []);
  } catch {
    return [];
  }
}

/** Reads the body of a request. */
export function readRequest(body: string): ReadRequest {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { isValid: false, problem: 'the body: expected JSON' };
  }
  const read = request.safeParse(json, { reportInput: false });
  if (read.success) return { isValid: true, ...read.data };
  const issue = read.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const keys = [...(issue?.path ?? []), ...unknown];
  const problem = issue?.message ?? 'not valid';
  const refusal = refusalOf(json, keys, problem);
  return {
    isValid: false,
    problem: `${describePath(keys) || 'the body'}: ${problem}`,
    ...(refusal && { refusal }),
  };
}

/** What is wrong with an event; `undefined` if the problem is one of the request. */
function refusalOf(json: unknown, keys: readonly PropertyKey[], problem: string): Refusal | undefined {
  const [first, index, ...field] = keys;
  const data = valueAt(json, ['data']);
  if (first !== 'data' || typeof index !== 'number' || !Array.isArray(data)) return undefined;
  return { index, events: data.length, field: describePath(field), value: valueAt(json, keys), problem };
}

const valueAt = (value: unknown, keys: readonly PropertyKey[]): unknown =>
  keys.reduce<unknown>(
    (within, key) => (typeof within === 'object' && within !== null ? Reflect.get(within, key) : undefined),
    value,
  );

/** The keys to a field as one name, such as `data[0].user.email`. */
function describePath(keys: readonly PropertyKey[]): string {
  const parts = keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  return parts.join('').replace(/^\./, '');
}
