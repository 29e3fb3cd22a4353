// Triggers of the built-in destination become entries that are true of the same events, as Segment's own library decides.
import { describe, expect, test } from '@jest/globals';
import {
  generateFql,
  parseFql,
  validate,
  type Condition as Part,
  type GroupCondition,
} from '@segment/destination-subscriptions';
import fc from 'fast-check';
import { z } from 'zod';
import { configure } from '../../../lib/configuration/configure';
import { printCondition } from '../../../lib/configuration/condition/print';
import { isFailure } from '../../../lib/result';
import type { Subscription } from '../../../scripts/deploy/api/destinations';
import { importMappings } from '../../../scripts/deploy/import/import';
import { readTrigger } from '../../../scripts/deploy/import/trigger';
import { mapping, presetFields } from '../../support/built-in';

// Few values, so that conditions are often true, and the signs of patterns among them.
const someText = fc.constantFrom('store', 'in-store', 'web*', 'web', '[a] 50%?', '5', 'true', '');
const someNumber = fc.constantFrom(0, 5, -3, 12.5, 100);
const anyValue = fc.oneof(someText, someNumber, fc.boolean(), fc.constant(null));
/** Names of events that have a default, or none; some of them differ only in case or spaces. */
const eventName = fc.constantFrom(
  ...['Order Completed', 'Signed Up', 'Page Viewed'],
  ...['Store Visit', 'store visit', ' Store Visit', 'Store\u00a0Visit'],
);

const propertyName = fc.constantFrom('channel', 'total', 'odd key', 'nested.deep', 'größe');
const operand = fc.oneof(
  fc.record({ operator: fc.constantFrom<'='>('=', '='), value: someText }),
  fc.record({
    operator: fc.constantFrom<'!=' | 'contains' | 'not_contains'>('!=', 'contains', 'not_contains'),
    value: someText,
  }),
  fc.record({
    operator: fc.constantFrom<'starts_with' | 'not_starts_with' | 'ends_with' | 'not_ends_with'>(
      ...(['starts_with', 'not_starts_with', 'ends_with', 'not_ends_with'] as const),
    ),
    value: someText,
  }),
);
const numberOperand = fc.record({
  operator: fc.constantFrom<'<' | '<=' | '>' | '>=' | 'number_equals' | 'number_not_equals'>(
    ...(['<', '<=', '>', '>=', 'number_equals', 'number_not_equals'] as const),
  ),
  value: someNumber,
});
const presence = fc.record({
  operator: fc.constantFrom<'exists' | 'not_exists' | 'is_true' | 'is_false'>(
    ...(['exists', 'not_exists', 'is_true', 'is_false'] as const),
  ),
});
const ofFields = fc
  .tuple(
    fc.constantFrom<'event-property' | 'event-trait' | 'event-context'>(
      ...(['event-property', 'event-trait', 'event-context'] as const),
    ),
    propertyName,
    fc.oneof(operand, numberOperand, presence),
  )
  .map(([type, name, rest]) => ({ type, name, ...rest }));
const ofNames = fc
  .tuple(fc.constantFrom<'name' | 'userId'>('name', 'userId'), operand)
  .map(([type, rest]) => ({ type, ...rest }));
const ofEvent = fc.oneof(
  fc.record({ type: fc.constant<'event'>('event'), operator: fc.constant<'='>('='), value: eventName }),
  operand.map((rest) => ({ type: 'event' as const, ...rest })),
);
const ofType = fc.record({
  type: fc.constant<'event-type'>('event-type'),
  operator: fc.constantFrom<'=' | '!='>('=', '!='),
  value: fc.constantFrom('track', 'page', 'identify'),
});

const leaf: fc.Arbitrary<Part> = fc.oneof(
  { arbitrary: ofEvent, weight: 3 },
  { arbitrary: ofType, weight: 2 },
  { arbitrary: ofFields, weight: 3 },
  { arbitrary: ofNames, weight: 1 },
);
const groupOf = <Child extends Part>(child: fc.Arbitrary<Child>, minLength: number) =>
  fc.record({
    type: fc.constant<'group'>('group'),
    operator: fc.constantFrom<'and' | 'or'>('and', 'or'),
    children: fc.array(child, { minLength, maxLength: 3 }),
  });
/** What the screen can make: ALL or ANY of some conditions, of which some may be ALL or ANY of others. */
const screenTrigger = groupOf(
  fc.oneof({ arbitrary: leaf, weight: 4 }, { arbitrary: groupOf(leaf, 2), weight: 1 }),
  1,
).map((group: GroupCondition) => generateFql(group));

const fields = fc.record(
  {
    channel: anyValue,
    total: anyValue,
    'odd key': anyValue,
    größe: anyValue,
    nested: fc.record({ deep: anyValue }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);
const rest = { userId: someText, properties: fields, traits: fields, context: fields };
/** Only a track call has the name of an event, only a page or a screen one of its own. */
const segmentEvent = fc.oneof(
  fc.record({ type: fc.constant('track'), event: fc.oneof(eventName, someText), ...rest }),
  fc.record({ type: fc.constantFrom('page', 'screen'), name: someText, ...rest }),
  fc.record({ type: fc.constantFrom('identify', 'group', 'alias'), ...rest }),
);

const tiktokName = fc.constantFrom('Purchase', 'CompletePayment', 'Lead');
const someMapping: fc.Arbitrary<Subscription> = fc
  .record({
    name: fc.constantFrom('One', 'one', 'Order Completed', 'Two: three', ' '),
    trigger: screenTrigger,
    enabled: fc.oneof(
      { arbitrary: fc.constant(true), weight: 4 },
      { arbitrary: fc.constant(false), weight: 1 },
    ),
    event: tiktokName,
    order: fc.constantFrom('$.properties.order_id', '$.properties.receipt'),
  })
  .map(({ event, order, ...given }) =>
    mapping({ ...given, settings: { ...presetFields('Contact'), event, order_id: { '@path': order } } }),
  );

/** What the function sends of an event: the names, and where each one's order ID comes from. */
function sender(mappings: readonly Subscription[]): (event: object) => readonly Sent[] {
  const { settings } = importMappings({ eventSetID: '1' }, mappings);
  const configuration = configure({ ...settings, accessToken: 'x' });
  if (isFailure(configuration)) throw new Error(configuration.reason.problems.join('; '));
  const { plans } = configuration;
  return (event) =>
    plans
      .for(event)
      .flatMap(({ mapping: { names }, parameters }) => {
        const order = parameters.properties.find(({ field }) => field === 'order_id');
        return names.map((name) => ({ name, order: order?.expression[0]?.text }));
      })
      .sort(byName);
}

interface Sent {
  readonly name: string;
  /** `undefined` if several mappings say it. */
  readonly order: string | undefined;
}
const byName = (one: Sent, other: Sent): number => (one.name < other.name ? -1 : 1);

/** What the built-in destination sends of it, without the mappings that an import leaves to be done by hand. */
function sentThere(mappings: readonly Subscription[], event: object): readonly Sent[] {
  const orders = new Map<string, Set<string>>();
  for (const { enabled, trigger, settings } of mappings) {
    if (!enabled || isFailure(readTrigger(trigger)) || !validate(parseFql(trigger), event)) continue;
    const name = String(settings['event']);
    orders.set(name, (orders.get(name) ?? new Set()).add(ORDER.parse(settings).order_id['@path'].slice(2)));
  }
  return [...orders]
    .map(([name, [order, ...others]]) => ({ name, order: others.length === 0 ? order : undefined }))
    .sort(byName);
}

const ORDER = z.object({ order_id: z.object({ '@path': z.string() }) });

/** Names match without regard to case and spaces, as long as no trigger has another spelling of one. */
function isSpelledOtherwise(mappings: readonly Subscription[], event: object): boolean {
  const name = 'event' in event ? String(event.event) : '';
  return (
    /^ ?store\svisit$/i.test(name) && mappings.every(({ trigger }) => !trigger.includes(`event = "${name}"`))
  );
}

test('for triggers as the screen makes them, the import and the built-in destination send the same, and both ways', () => {
  const counts = { sent: 0, notSent: 0, byHand: 0, read: 0 };
  fc.assert(
    fc.property(
      fc.array(someMapping, { minLength: 1, maxLength: 3 }),
      fc.array(segmentEvent, { minLength: 4, maxLength: 4 }),
      (mappings, events) => {
        for (const { trigger } of mappings) counts[isFailure(readTrigger(trigger)) ? 'byHand' : 'read'] += 1;
        const sentBy = sender(mappings);
        for (const event of events) {
          if (isSpelledOtherwise(mappings, event)) continue;
          const expected = sentThere(mappings, event);
          counts[expected.length > 0 ? 'sent' : 'notSent'] += 1;
          const sent = sentBy(event);
          expect([event, sent]).toEqual([
            event,
            expected.map(({ name, order }) => ({ name, order: order ?? expect.any(String) })),
          ]);
        }
      },
    ),
    { numRuns: 1500 },
  );
  expect(Math.min(counts.sent, counts.notSent)).toBeGreaterThan(700);
  // The library does not read a function in brackets; Segment evaluates such a trigger in a way that nobody meant.
  expect(counts.byHand / (counts.byHand + counts.read)).toBeLessThan(0.2);
});

describe('a trigger becomes a condition', () => {
  test.each<[trigger: string, condition: string]>([
    ['type="page"', 'type = "page"'],
    ['event = "Order Completed"', 'event = "Order Completed"'],
    ['(event = "A" or event = "B")', 'event = "A" or event = "B"'],
    ['type = "track" and (event = "A" or event = "B")', 'type = "track" and (event = "A" or event = "B")'],
    ['!contains(event, "test")', 'typeof(event) = "string" and !contains(event, "test")'],
    ['!match(event, "test*")', 'typeof(event) = "string" and !match(event, "test*")'],
    ['match(event, "*[1]?")', String.raw`match(event, "*\[1\]\?")`],
    ['properties.total != 5', 'typeof(properties.total) = "number" and properties.total != 5'],
    ['properties.paid = true', 'properties.paid = true'],
    ['properties.paid != true', 'properties.paid != "true"'],
    [String.raw`traits.odd\ key != null`, String.raw`traits.odd\ key != null`],
    ['context.page.path = null', 'context.page.path = null'],
  ])('%s', (trigger, condition) => {
    const read = readTrigger(trigger);
    expect(isFailure(read) ? read.reason : printCondition(read)).toBe(condition);
  });
});

const DIFFERENT = 'Segment evaluates triggers with a library that reads this one differently from FQL';
const inherited = (key: string) =>
  `Segment evaluates triggers with a library that finds "${key}" in every value of some type`;

describe('a trigger that is left to be done by hand', () => {
  test.each<[trigger: string, why: string]>([
    ['', 'expected a path, a value, a function or "(" (character 1 of )'],
    ['event = "A" and', 'expected a path, a value, a function or "(" (character 16 of event = "A" and)'],
    ['event = "A" or event = "B" and type = "track"', DIFFERENT],
    ['event = "A" and (contains(event, "b") or type = "track")', DIFFERENT],
    ['type in ["track", "page"]', DIFFERENT],
    ['properties.paid', DIFFERENT],
    ['properties.paid and false', DIFFERENT],
    ["event = 'A'", DIFFERENT],
    ['userId = 5', DIFFERENT],
    ['event != null', DIFFERENT],
    ['messageId = "1"', DIFFERENT],
    ['contains(type, "t")', DIFFERENT],
    ['event = "a" and (contains(type, "t"))', DIFFERENT],
    ['type = "track" and (match(messageId, "web*"))', DIFFERENT],
    ['(contains(channel, "a")) or (type = "page")', DIFFERENT],
    ['match(event, "A?c")', DIFFERENT],
    ['properties.products.length > 1', inherited('length')],
    ['properties.constructor = null', inherited('constructor')],
  ])('%s', (trigger, why) => {
    const read = readTrigger(trigger);
    expect(isFailure(read) ? read.reason : printCondition(read)).toBe(why);
  });
});

test('any condition is read or left to be done by hand: none stops the import', () => {
  const part = fc.constantFrom(
    ...['type = "track"', 'event = "A"', 'contains(event, "A")', 'contains(type, "t")'],
    ...['match(messageId, "web*")', '!contains(channel, "a")', 'properties.paid', 'type in ["page"]'],
    ...['length(event) > 1', 'lowercase(event) = "a"', 'false', '"a" = 5'],
  );
  const { condition } = fc.letrec<{ condition: string; group: string }>((tie) => ({
    condition: fc.oneof({ depthSize: 'small' }, part, tie('group')),
    group: fc
      .tuple(
        fc.constantFrom('', '!'),
        fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
        fc.constantFrom(' and ', ' or '),
      )
      .map(([negation, parts, operator]) => `${negation}(${parts.join(operator)})`),
  }));
  const counts = { read: 0, byHand: 0 };
  fc.assert(
    fc.property(condition, condition, (one, other) => {
      const trigger = `${one} and ${other}`;
      const { byHand, outcomes } = importMappings({ eventSetID: '1' }, [
        mapping({ name: 'One', trigger, settings: presetFields('Contact') }),
      ]);
      const isByHand = outcomes[0]?.became === 'by hand';
      expect(byHand.map(({ problem }) => problem)).toEqual(isByHand ? [DIFFERENT] : []);
      counts[isByHand ? 'byHand' : 'read'] += 1;
    }),
    { numRuns: 3000 },
  );
  expect(Math.min(counts.read, counts.byHand)).toBeGreaterThan(10);
});

describe('the left side of an entry', () => {
  const entries = (...mappings: readonly Partial<Subscription>[]) =>
    Object.fromEntries(
      Object.entries(
        importMappings(
          { eventSetID: '1' },
          mappings.map((given) =>
            mapping({ name: 'Label', settings: { ...presetFields('Contact'), event: 'x' }, ...given }),
          ),
        ).settings.eventMappings ?? {},
      ).filter(([, value]) => value !== ''),
    );

  test.each<[what: string, mappings: readonly Partial<Subscription>[], entries: object]>([
    ['is the name of the event', [{ trigger: 'event = "A"' }], { A: 'x' }],
    [
      'likewise, if it says that it is a track call',
      [{ trigger: 'type = "track" and event = "A"' }],
      { A: 'x' },
    ],
    [
      'likewise, with a condition that narrows it',
      [{ trigger: 'properties.y = 1 and event = "A"' }],
      { A: 'x if properties.y = 1' },
    ],
    [
      'is a label, if the call is no track call',
      [{ trigger: 'type = "page" and event = "A"' }],
      { Label: 'x if type = "page" and event = "A"' },
    ],
    [
      'is a label for page calls, and for track calls that are called like them',
      [
        { name: 'One', trigger: 'type = "page"' },
        { name: 'Two', trigger: 'event = "Page Viewed"' },
      ],
      { One: 'x if type = "page"', Two: 'x if event = "Page Viewed"' },
    ],
    [
      'is a label, if spaces stand around the name',
      [{ trigger: 'event = " A"' }],
      { Label: 'x if event = " A"' },
    ],
    [
      'is a label, if another trigger spells the name in another way',
      [
        { name: 'One', trigger: 'event = "A"' },
        { name: 'Two', trigger: 'event = "a" or type = "page"' },
      ],
      { One: 'x if event = "A"', Two: 'x if event = "a" or type = "page"' },
    ],
    [
      'likewise, if that one is disabled or cannot be read',
      [
        { name: 'One', trigger: 'event = "A"' },
        { name: 'Two', trigger: 'event = "a"', enabled: false },
        { name: 'Three', trigger: 'event = "B"' },
        { name: 'Four', trigger: 'event = "b" and type in ["track"]' },
      ],
      { One: 'x if event = "A"', Three: 'x if event = "B"' },
    ],
    [
      'is a label, if a default spells it in another way',
      [{ trigger: 'event = "order completed"' }],
      { Label: 'x if event = "order completed"' },
    ],
    [
      'is a label for what narrows an event of which something else is said',
      [
        { name: 'One', trigger: 'event = "A" and properties.y = 1' },
        { name: 'Two', trigger: 'event = "A"' },
      ],
      { One: 'x if event = "A" and properties.y = 1', A: 'x' },
    ],
    [
      'is a label of its own for each',
      [
        { name: 'order completed', trigger: 'type = "identify"' },
        { name: 'Order Completed ', trigger: 'type = "group"' },
      ],
      { 'order completed (2)': 'x if type = "identify"', 'Order Completed (3)': 'x if type = "group"' },
    ],
    [
      'is the TikTok name, if the mapping has none',
      [{ name: ' ', trigger: 'type = "group"' }],
      { x: 'x if type = "group"' },
    ],
  ])('%s', (_, mappings, expected) => {
    expect(entries(...mappings)).toEqual(expected);
  });

  test.each<[what: string, given: Partial<Subscription>, field: string, problem: string]>([
    ['a mapping of Reverse ETL', { modelId: 'model_1' }, 'model', 'a mapping of Reverse ETL'],
    [
      'a TikTok name with a comma',
      { settings: { ...presetFields('Contact'), event: 'a, b' } },
      'event',
      'a name that an entry cannot hold, such as one with a comma',
    ],
    [
      'a TikTok name that ends like an entry with a condition',
      { settings: { ...presetFields('Contact'), event: 'a if type = "page"' } },
      'event',
      'a name that an entry cannot hold, such as one with a comma',
    ],
    [
      'a text that is too long for a pattern',
      { trigger: `match(event, "${'*'.repeat(126)}*")` },
      'trigger',
      'longer than a condition can be',
    ],
    [
      'a TikTok name out of the event',
      { settings: { ...presetFields('Contact'), event: { '@path': '$.event' } } },
      'event',
      'a name out of the event itself',
    ],
    [
      'the whole event changed before it is mapped',
      { settings: { ...presetFields('Contact'), __segment_internal_directive: { '@transform': {} } } },
      '__segment_internal_directive',
      'the whole event changed before it is mapped',
    ],
    [
      'a mapping without email address and phone number',
      { settings: { ...presetFields('Contact'), email_addresses: null, phone_numbers: null } },
      'email_addresses, phone_numbers',
      'no email address and no phone number, of which TikTok needs one',
    ],
  ])('is nothing for %s, which is left to be done by hand', (_, given, field, problem) => {
    const { byHand, settings } = importMappings({ eventSetID: '1' }, [mapping({ name: 'One', ...given })]);
    expect(byHand).toMatchObject([{ mapping: 'One', field, problem }]);
    expect(Object.values(settings.eventMappings ?? {}).filter((value) => value !== '')).toEqual([]);
    expect(settings.parameterMappings).toBeUndefined();
  });

  test('is nothing for a mapping without a TikTok name, of which Segment sends nothing either', () => {
    const { byHand, outcomes } = importMappings({ eventSetID: '1' }, [mapping({ settings: {} })]);
    expect([byHand, outcomes[0]?.became]).toEqual([[], 'no event name']);
  });
});
