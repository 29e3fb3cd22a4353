// What Segment's own library for the triggers of its destinations decides, our conditions decide too.
import { expect, test } from '@jest/globals';
import { parseFql, validate } from '@segment/destination-subscriptions';
import fc from 'fast-check';
import { evaluate } from '../../../lib/configuration/condition/evaluate';
import { parseCondition } from '../../../lib/configuration/condition/parse';
import { isFailure } from '../../../lib/result';

const decideAsSegment = (text: string, event: unknown): boolean => validate(parseFql(text), event);

/** Ours; `malformed` for what we refuse to read. */
function decide(text: string, event: unknown): boolean | 'malformed' {
  const condition = parseCondition(text);
  return isFailure(condition) ? 'malformed' : evaluate(condition, event);
}

// Few values, so that comparisons are often true.
const someText = fc.constantFrom('store', 'in-store', 'web', 'store 1', '5', 'true', 'null', 'and', '');
const someNumber = fc.constantFrom(0, 5, -3, 12.5, 19.99, 100);
const anyValue = fc.oneof(someText, someNumber, fc.boolean(), fc.constant(null), fc.constant(['store']));

/** `always…` is of one type in every event: where only the types differ, Segment's library decides in its own way. */
const someEvent = fc.record(
  {
    type: fc.constantFrom('track', 'page', 'identify'),
    event: someText,
    name: someText,
    userId: someText,
    properties: fc.record(
      {
        alwaysText: someText,
        alwaysNumber: someNumber,
        any: anyValue,
        'odd key': anyValue,
        größe: anyValue,
        nested: fc.record({ any: anyValue }, { requiredKeys: [] }),
      },
      { requiredKeys: ['alwaysText', 'alwaysNumber'] },
    ),
    traits: fc.record({ any: anyValue }, { requiredKeys: [] }),
    context: fc.record({ page: fc.record({ any: anyValue }, { requiredKeys: [] }) }, { requiredKeys: [] }),
  },
  { requiredKeys: ['type', 'event', 'name', 'userId', 'properties'] },
);

const textField = fc.constantFrom('event', 'name', 'userId', 'properties.alwaysText');
const anyPath = fc.constantFrom(
  ...[
    'properties.any',
    String.raw`properties.odd\ key`,
    String.raw`properties.gr\ö\ße`,
    'properties.nested.any',
  ],
  ...['traits.any', 'context.page.any', 'properties.missing', 'properties.nested.missing.too'],
);
const someType = fc.constantFrom('"track"', '"page"', '"identify"', '"group"');
const quoted = someText.map((text) => `"${text}"`);
const order = fc.constantFrom('<', '<=', '>', '>=');
const pattern = fc.oneof(
  someText.map((text) => `"${text}*"`),
  someText.map((text) => `"*${text}"`),
);
const joinWords = (...parts: readonly fc.Arbitrary<unknown>[]) =>
  fc.tuple(...parts).map((words) => words.join(' '));

/** Everything that the library understands, as its screen writes it and with other spaces. */
const comparison = fc.oneof(
  joinWords(fc.oneof(textField, anyPath), fc.constantFrom('=', '!='), quoted),
  joinWords(fc.constant('type'), fc.constantFrom('=', '!='), someType),
  joinWords(fc.oneof(fc.constant('userId'), anyPath), fc.constantFrom('= null', '!= null')),
  joinWords(fc.oneof(fc.constant('userId'), anyPath), fc.constantFrom('= true', '= false')),
  joinWords(fc.oneof(anyPath, fc.constant('properties.alwaysNumber')), fc.constant('='), someNumber),
  joinWords(fc.constant('properties.alwaysNumber'), fc.constant('!='), someNumber),
  joinWords(fc.oneof(anyPath, fc.constantFrom('properties.alwaysNumber', 'name')), order, someNumber),
);
const call = (path: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.tuple(path, quoted).map(([text, part]) => `contains(${text}, ${part})`),
    fc.tuple(path, pattern).map(([text, glob]) => `match( ${text} ,${glob} )`),
  );
const calls = fc.oneof(
  call(fc.oneof(fc.constantFrom('event', 'name', 'userId'), anyPath)),
  call(fc.constantFrom('event', 'properties.alwaysText')).map((text) => `!${text}`),
);
const joined = (one: fc.Arbitrary<string>) =>
  fc
    .tuple(
      fc.constantFrom(' and ', ' or ', '  or\n', '\tand '),
      fc.array(one, { minLength: 1, maxLength: 4 }),
    )
    .map(([word, parts]) => parts.join(word));
const group = joined(comparison).map((text) => `(${text})`);
const trigger = joined(
  fc.oneof({ arbitrary: comparison, weight: 3 }, { arbitrary: calls, weight: 2 }, group),
);

test('for triggers as Segment writes them, ours and theirs decide alike, and both ways', () => {
  const decisions = { true: 0, false: 0 };
  fc.assert(
    fc.property(trigger, someEvent, (text, event) => {
      const theirs = decideAsSegment(text, event);
      decisions[`${theirs}`] += 1;
      expect([text, decide(text, event)]).toEqual([text, theirs]);
    }),
    { numRuns: 6000 },
  );
  expect(Math.min(decisions.true, decisions.false)).toBeGreaterThan((decisions.true + decisions.false) / 6);
});

const properties = {
  text: 'store',
  fiveText: '5',
  five: 5,
  yes: true,
  zero: 0,
  list: ['store'],
  and: 'x',
};

/** The differences that are meant. Each row is one: the reference is stricter, or the library stops reading. */
test.each<{ text: string; event?: unknown; ours: boolean | 'malformed'; because: string }>([
  {
    text: 'userId = 5',
    ours: false,
    because: 'types are strict; the library turns the number into a text for fields of the event itself',
  },
  {
    text: 'userId != 5',
    ours: true,
    because: 'likewise',
  },
  {
    text: 'name = true',
    ours: false,
    because: 'likewise',
  },
  {
    text: 'properties.fiveText != 5',
    ours: true,
    because: 'values of different types are different; the library wants a number',
  },
  {
    text: 'properties.missing != 5',
    ours: true,
    because: 'likewise',
  },
  {
    text: 'properties.yes != true',
    ours: false,
    because: 'the library compares with the text "true"',
  },
  {
    text: 'event = null',
    event: {},
    ours: true,
    because: 'what is missing is null; the library compares with the text "null"',
  },
  {
    text: 'event != null',
    event: {},
    ours: false,
    because: 'likewise',
  },
  {
    text: '!contains(properties.missing, "a")',
    ours: true,
    because: 'contains(null, …) is false; the library wants a text for its negation too',
  },
  {
    text: '!match(properties.five, "a*")',
    ours: true,
    because: 'likewise',
  },
  {
    text: 'event = "Order Completed" or event = "x" and event = "y"',
    ours: true,
    because: '"and" binds closer; the library joins all parts by the last word',
  },
  {
    text: 'event = "Order Completed" or (contains(event, "x") and event = "x")',
    ours: true,
    because: 'for the library, the ")" of a function ends the brackets around it',
  },
  {
    text: '(event = "x" and (event = "x" or event = "Order Completed"))',
    ours: false,
    because: 'likewise that of brackets in brackets',
  },
  {
    text: "event = 'Order Completed'",
    ours: true,
    because: 'the reference has single quotes; the library takes them for a part of the text',
  },
  {
    text: 'match(event, "*Comp*")',
    ours: true,
    because: 'the whole of match; the library knows texts that begin or end with something',
  },
  {
    text: 'match(event, "Order?Completed")',
    ours: true,
    because: 'likewise',
  },
  {
    text: 'match(event, "Xrder Completed")',
    ours: false,
    because: 'likewise: without a * it ignores the first character',
  },
  {
    text: 'properties.text.length = 5',
    ours: false,
    because: 'paths lead to what the event holds, not to what JavaScript adds',
  },
  {
    text: 'properties.zero.deeper = 0',
    ours: false,
    because: 'a number has no fields; the library stops at it',
  },
  {
    text: 'properties.five > "4"',
    ours: 'malformed',
    because: '> is for numbers',
  },
  {
    text: 'event = "Order Completed" and',
    ours: 'malformed',
    because: 'a half-read condition sends the wrong events',
  },
  {
    text: 'event = "Order Completed" or "x"',
    ours: 'malformed',
    because: 'likewise',
  },
  {
    text: 'event = "Order Completed" type = "page"',
    event: { event: 'Order Completed', type: 'page' },
    ours: 'malformed',
    because: 'likewise',
  },
  {
    text: 'event = "Order Completed")',
    ours: 'malformed',
    because: 'likewise',
  },
  {
    text: 'type = "Track"',
    ours: 'malformed',
    because: 'no call has such a type; the library answers with false',
  },
  {
    text: 'event == "Order Completed"',
    ours: 'malformed',
    because: 'a mistake that the library answers with false',
  },
  {
    text: 'evnt = "x"',
    ours: 'malformed',
    because: 'a mistake that the library answers with an exception: it has read nothing',
  },
  {
    text: '!properties.yes',
    ours: false,
    because: 'the library does not know ! before a path',
  },
  {
    text: 'type in ["track"]',
    ours: true,
    because: 'the library does not know in',
  },
  {
    text: 'properties.yes',
    ours: true,
    because: 'the library does not know a path alone',
  },
  {
    text: 'properties.list.0 = "store"',
    ours: true,
    because: 'the library does not know an index after a dot',
  },
  {
    text: 'length(properties.text) = 5',
    ours: true,
    because: 'the library knows no other function than contains and match',
  },
  {
    text: 'messageId = "1"',
    ours: true,
    because: 'the library does not know all fields of an event',
  },
  {
    text: 'properties.and = "x"',
    ours: true,
    because: 'the library reads "and" as a word after a dot as well',
  },
])('meant to differ: $text is $ours for us, because $because', ({ text, event, ours }) => {
  const given = event ?? {
    type: 'track',
    event: 'Order Completed',
    name: 'true',
    userId: '5',
    messageId: '1',
    properties,
  };
  expect(decide(text, given)).toBe(ours);
  expect(outcomeOfSegment(text, given)).not.toBe(ours);
});

/** What the library decides, or that it cannot. */
function outcomeOfSegment(text: string, event: unknown): boolean | 'exception' {
  try {
    return 'error' in parseFql(text) ? 'exception' : decideAsSegment(text, event);
  } catch {
    return 'exception';
  }
}
