// How conditions are written: their mistakes, their limits, and that a condition can be printed and read back.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { OPERATORS, type Condition } from '../../../lib/configuration/condition/condition';
import { FUNCTIONS, typeOf } from '../../../lib/configuration/condition/functions';
import {
  MAX_DEPTH,
  MAX_LENGTH,
  MAX_TOKENS,
  parseCondition,
} from '../../../lib/configuration/condition/parse';
import { printCondition } from '../../../lib/configuration/condition/print';
import { Failure, isFailure } from '../../../lib/result';

const VALUE = 'a path, a value, a function or "("';
const OPERATOR = 'a comparison such as = or in';
const GOES_ON = '"and", "or" (in lower case) or the end';
const MAY_COMPARE = `${OPERATOR}, ${GOES_ON}`;
const QUOTE = 'a string with a quote at its end too';
const NUMBER = 'a number such as -12.5';
const DOT = 'a name before and after each ".", with "\\" before an odd character';
const ODD = 'a space, or "\\" before an odd character of a name';
const OR_ODD = 'or "\\" before an odd character of a name';
const COMPARISONS = `a value: the comparisons are ${OPERATORS.join(', ')}`;
const STRAIGHT = `straight quotes, " or '`;
const TYPE = 'a type of call: "track", "page", "screen", "identify", "group", "alias", "delete"';
const NAMED = '"string", "number", "list", "bool", "null", "object"';
const NEGATION = '"and", "or" or the end: to negate a comparison, write !(… = …)';
const TWO_TEXTS = 'a path without quotes on one side: these strings are never equal';
const NOT_A_REGULAR_EXPRESSION = 'a pattern with * and ?, such as "Order *", not a regular expression';
const ESCAPED = String.raw`straight quotes, without "\" before them`;
const CALCULATED = 'a comparison such as =: conditions do not calculate';
const NO_BRACKETS = String.raw`a dot instead of brackets, as in properties.products.0.sku and properties.first\ name`;
const NEGATION_SIGN =
  '"!" for what is not so, as in !contains(event, "Order"), or = null for a field that is absent';
const FUNCTION = `one of the functions ${Object.keys(FUNCTIONS).join(', ')}`;
const LIST = 'a list such as ["a", "b"]';
const PATTERN = 'a pattern of at most 250 characters, with "]" for each "[" and none of [^…], [!…] and [z-a]';

describe.each<[group: string, rows: readonly (readonly [text: string, offset: number, expected: string])[]]>([
  [
    'something is missing',
    [
      ['', 0, VALUE],
      ['   ', 0, VALUE],
      ['event = "a" and', 15, VALUE],
      ['event = "a" or ', 15, VALUE],
      ['and event = "a"', 0, VALUE],
      ['or event = "a"', 0, VALUE],
      ['event = "a" and and type = "b"', 16, VALUE],
      ['=', 0, VALUE],
      ['= "a"', 0, VALUE],
      ['event =', 7, VALUE],
      ['event = and', 8, VALUE],
      ['event == "a"', 7, 'a value: "=" is written once'],
      ['properties.x > = 5', 15, COMPARISONS],
      ['properties.x <> 5', 14, COMPARISONS],
      ['properties.x => 5', 14, COMPARISONS],
      ['properties.x ≥ 5', 13, '!=, <= or >='],
      ['"a" in', 6, VALUE],
      ['in properties.x', 0, VALUE],
      ['!', 1, VALUE],
      ['event = !', 8, VALUE],
      ['properties.x = !true', 15, VALUE],
    ],
  ],
  [
    'something is left over',
    [
      ['event = "a" type = "b"', 12, GOES_ON],
      ['event = "a" AND type = "b"', 12, GOES_ON],
      ['event = "a" && type = "track"', 12, '"and"'],
      ['event = "a" || type = "track"', 12, '"or"'],
      ['properties.R&D = 1', 12, `"and", ${OR_ODD}`],
      ['properties.x = 1, true', 16, GOES_ON],
      ['properties.a = properties.b = true', 28, GOES_ON],
      ['properties.x 5', 13, MAY_COMPARE],
      ['properties.x ~', 13, MAY_COMPARE],
      ['properties.x ["a"]', 13, MAY_COMPARE],
      [
        'properties.x IN ["a"]',
        13,
        `${MAY_COMPARE}; for "IN", write "in" in lower case and a list, as in ["a", "b"]`,
      ],
      [
        'properties.x is null',
        13,
        `${MAY_COMPARE}; for "is", write = or !=, and null for a field that is absent`,
      ],
      ['properties.x exists', 13, `${MAY_COMPARE}; for "exists", write != null`],
      ['properties.x traits.has = 1', 13, MAY_COMPARE],
      ['event equals "a"', 6, `${MAY_COMPARE}; for "equals", write =`],
      ['event includes "a"', 6, `${MAY_COMPARE}; for "includes", write contains(event, "Order")`],
      ['event matches "a*"', 6, `${MAY_COMPARE}; for "matches", write match(event, "Order *")`],
      ['event endsWith "a"', 6, `${MAY_COMPARE}; for "endsWith", write match(event, "* Completed")`],
      ['event LIKE "Order%"', 6, `${MAY_COMPARE}; for "LIKE", write match(event, "Order *")`],
      ['event contains "a"', 6, `${MAY_COMPARE}; for "contains", write contains(event, "Order")`],
      [
        'properties.x between 5 and 9',
        13,
        `${MAY_COMPARE}; for "between", write two comparisons joined by "and"`,
      ],
      [
        'event not in ["a"]',
        6,
        `${MAY_COMPARE}; for "not", write ! before the whole, as in !(event in ["a", "b"])`,
      ],
      ['event "a"', 6, MAY_COMPARE],
      ['true false', 5, GOES_ON],
      ['event = "a";', 11, 'the end, without ";"'],
      ['event = "a""b"', 11, GOES_ON],
    ],
  ],
  [
    'brackets',
    [
      ['(event = "a"', 12, '"and", "or" (in lower case) or ")"'],
      ['(properties.x', 13, `${OPERATOR}, "and", "or" (in lower case) or ")"`],
      ['((event = "a")', 14, '"and", "or" (in lower case) or ")"'],
      ['event = "a")', 11, GOES_ON],
      ['()', 1, VALUE],
      ['(', 1, VALUE],
      [')', 0, VALUE],
      ['type in ["a"', 12, '"," or "]"'],
      ['type in ["a" "b"]', 13, '"," or "]"'],
      ['type in ["a",]', 13, VALUE],
      ['type in [,]', 9, VALUE],
      ['type in "a"]', 8, LIST],
      ['type in ("a", "b")', 8, LIST],
      ['event in ["a"]]', 14, GOES_ON],
      ['contains(event, "a"', 19, '")"'],
      ['contains(event, "a"]', 19, '")"'],
    ],
  ],
  [
    'what can be neither true nor false',
    [
      ['event = "a" or "b"', 18, `${OPERATOR}; to test for several values, write in ["a", "b"]`],
      ['properties.x != 1 and 2', 23, `${OPERATOR}; to test for several values, write in ["a", "b"]`],
      ['"a"', 3, OPERATOR],
      ['5', 1, OPERATOR],
      ['[true]', 6, OPERATOR],
      ['length(userId)', 14, OPERATOR],
      ['length(userId) and true', 15, OPERATOR],
      ['!length(userId)', 15, OPERATOR],
      ['("a") = event', 4, OPERATOR],
    ],
  ],
  [
    'a negated comparison needs brackets: what is negated must be clear',
    [
      ['!properties.x = 1', 14, NEGATION],
      ['!!properties.x = 1', 15, NEGATION],
      ['!length(userId) = 0', 16, NEGATION],
      ['true and !event in ["a"]', 16, NEGATION],
    ],
  ],
  [
    'the wrong types',
    [
      ['properties.x > "5"', 15, 'a number'],
      ['"5" < properties.x', 0, 'a number'],
      ['properties.x >= true', 16, 'a number'],
      ['properties.x <= null', 16, 'a number'],
      ['lowercase(event) > 1', 0, 'a number'],
      ['(event = "a") > 1', 0, 'a number'],
      ['(!event) > 1', 0, 'a number'],
      ['(event and event) > 1', 0, 'a number'],
      ['(event or event) > 1', 0, 'a number'],
      ['event in event in []', 15, GOES_ON],
      ['event in true', 9, LIST],
      ['[1] in [[1]]', 0, 'a string or a number or true or false or null'],
      ['contains(5, "a")', 9, 'a string'],
      ['contains(event, ["a"])', 16, 'a string'],
      ['length(5) = 1', 7, 'a list or a string'],
      ['lowercase(length(event)) = "a"', 10, 'a string'],
      ['number(true) = 1', 7, 'a number or a string'],
      ['match(event, "[a-")', 13, PATTERN],
      ['match(event, "[")', 13, PATTERN],
      ['match(event, "[]")', 13, PATTERN],
      ['match(event, "[z-a]")', 13, PATTERN],
      ['match(event, "[a-cz-a]")', 13, PATTERN],
      ['match(event, "[!a]")', 13, PATTERN],
      ['match(event, "[^a]")', 13, PATTERN],
      [String.raw`match(event, "a\")`, 13, PATTERN],
      [`match(event, "${'a'.repeat(251)}")`, 13, PATTERN],
      ['match(event, "^Order$")', 13, NOT_A_REGULAR_EXPRESSION],
      ['match(event, "Order.*$")', 13, NOT_A_REGULAR_EXPRESSION],
      [String.raw`match(event, "Order \d+")`, 13, NOT_A_REGULAR_EXPRESSION],
      ['match(event, /Order/)', 13, 'a pattern in quotes, as in match(event, "Order *")'],
    ],
  ],
  [
    'the quotes of a word processor',
    [
      ['event = “a”', 8, STRAIGHT],
      ['event = ‘a’', 8, STRAIGHT],
      ['event = `a`', 8, STRAIGHT],
      ['event = "a" and properties.x in [„a“]', 33, STRAIGHT],
      ['properties.a” = 1', 12, `${STRAIGHT}, ${OR_ODD}`],
    ],
  ],
  [
    'what can never be equal',
    [
      ['type = "Track"', 7, TYPE],
      ['"purchase" != type', 0, TYPE],
      ['type in ["track", "Identify"]', 8, TYPE],
      ['type = 5', 7, TYPE],
      ['typeof(properties.x) = "boolean"', 23, `a type: ${NAMED}`],
      ['typeof(properties.x) in ["array"]', 24, `a type: ${NAMED}`],
      ['lowercase(event) = "Order"', 19, 'a string as lowercase gives it, such as "order"'],
      ['"a b" != uppercase(event)', 0, 'a string as uppercase gives it, such as "A B"'],
      ['snakecase(event) = "a b"', 19, 'a string as snakecase gives it, such as "a_b"'],
      ['kebabcase(event) = "a b"', 19, 'a string as kebabcase gives it, such as "a-b"'],
      ['titlecase(event) = "a b"', 19, 'a string as titlecase gives it, such as "A B"'],
      ['type > 5', 7, TYPE],
      ['lowercase(event) in ["order", "Paid"]', 20, 'a string as lowercase gives it, such as "paid"'],
      ['contains(lowercase(event), "Order")', 27, 'a string as lowercase gives it, such as "order"'],
      ['match(uppercase(event), "Order *")', 24, 'a string as uppercase gives it, such as "ORDER *"'],
      ['contains(event, "a") = "true"', 23, 'true or false'],
      ['length(event) = "5"', 16, 'a number'],
      ['string(properties.x) = 5', 23, 'a string'],
      ['"properties.channel" = "store"', 0, 'a path without quotes around it'],
      ["'event' in ['a', 'b']", 0, 'a path without quotes around it'],
      ['5 = "properties.x"', 4, 'a path without quotes around it'],
      ['"utm_source" = "tiktok"', 0, TWO_TEXTS],
      ["'utm_source' != 'tiktok'", 0, TWO_TEXTS],
      ['"utm_source" in ["tiktok", "TikTok"]', 0, TWO_TEXTS],
      ['event = ["a", "b"]', 8, 'one value, or "in" before a list'],
      ['["track", "page"] != type', 0, 'one value, or "in" before a list'],
      ['[properties.x] = "a"', 17, 'a list'],
      ['(event = "a") = "true"', 16, 'true or false'],
    ],
  ],
  [
    'functions',
    [
      ['contain(event, "a")', 0, `${FUNCTION}; did you mean contains?`],
      ['Contains(event, "a")', 0, `${FUNCTION}; did you mean contains?`],
      ['event = lowercas("a")', 8, `${FUNCTION}; did you mean lowercase?`],
      ['regexp_like("a")', 0, FUNCTION],
      ['exists(properties.x)', 0, `${FUNCTION}; for "exists", write != null`],
      ['startsWith(event, "a")', 0, `${FUNCTION}; for "startsWith", write match(event, "Order *")`],
      ['toString()', 0, `${FUNCTION}; did you mean string?`],
      ['contains()', 9, 'a string'],
      ['contains(event)', 14, '"," and a string'],
      ['contains(event "a")', 15, '"," and a string'],
      ['contains(event, "a", "b")', 19, '")"'],
      ['length(event, "a") = 1', 12, '")"'],
      ['typeof() = "null"', 7, 'a string or a number or a list or true or false'],
      ['match(event, )', 13, VALUE],
      ['contains(, "a")', 9, VALUE],
      ['contains = "a"', 0, '"(" right after contains, or "contains" in quotes'],
      ['typeof properties.x = "list"', 0, '"(" right after typeof, or "typeof" in quotes'],
      ['typeof(properties.x) = string', 23, '"(" right after string, or "string" in quotes'],
      ['isset(properties.x)', 0, `${FUNCTION}; for "isset", write != null`],
      ['is_null(properties.x)', 0, `${FUNCTION}; for "is_null", write = null`],
      ['event.startsWith("a")', 0, `${FUNCTION}; for "event.startsWith", write match(event, "Order *")`],
    ],
  ],
  [
    'paths',
    [
      ['propertes.x = 1', 0, 'a field of a Segment event; did you mean properties?'],
      ['true and  Type = "track"', 10, '"Type" in quotes, or a field of a Segment event; did you mean type?'],
      [
        `type = ${'x'.repeat(40)}`,
        7,
        `"${'x'.repeat(40)}" in quotes, or a field of a Segment event, such as properties`,
      ],
      [
        `type = ${'x'.repeat(41)}`,
        7,
        'a string in quotes, or a field of a Segment event, such as properties',
      ],
      ['not properties.currency', 0, NEGATION_SIGN],
      ['event = "a" and NOT contains(event, "a")', 16, NEGATION_SIGN],
      ['xyz', 0, '"xyz" in quotes, or a field of a Segment event, such as properties'],
      ['constructor.name = 1', 0, 'a field of a Segment event, such as properties'],
      ['type = track', 7, '"track" in quotes, or a field of a Segment event; did you mean traits?'],
      ['$.properties.x = 1', 0, 'a path or a number without "$"'],
      [
        'event.properties.x = 1',
        6,
        'nothing after event, which has no fields of its own; did you mean properties, without event?',
      ],
      ['true and type.x', 14, 'nothing after type, which has no fields of its own'],
      ['userId.0 = "a"', 7, 'nothing after userId, which has no fields of its own'],
      ['properties. = 1', 10, DOT],
      ['properties..x = 1', 10, DOT],
      ['.properties = 1', 0, DOT],
      ['properties.products[0].sku = 1', 19, NO_BRACKETS],
      ['properties["x"] = 1', 10, NO_BRACKETS],
      ["properties['first name'] = 1", 10, NO_BRACKETS],
      ['"a" in properties.tags[]', 22, NO_BRACKETS],
      [
        'message.properties.x = 1',
        0,
        'a field of a Segment event; did you mean properties, without message?',
      ],
      ['page.url = "a"', 0, 'a field of a Segment event; did you mean context.page?'],
      ['user.email = "a"', 0, 'a field of a Segment event; did you mean traits or context.traits?'],
      [
        'user_agent = "a"',
        0,
        '"user_agent" in quotes, or a field of a Segment event; did you mean context.userAgent?',
      ],
      ['properties.größe = 1', 13, ODD],
      ['properties.$x = 1', 10, DOT],
      ['properties.x$ = 1', 12, `a path or a number without "$", ${OR_ODD}`],
      ['properties.x\\', 12, 'a character after "\\"'],
      ['{{properties.x}} = 1', 0, 'a path without braces'],
    ],
  ],
  [
    'strings and numbers',
    [
      ['event = "a', 8, QUOTE],
      ["event = 'a", 8, QUOTE],
      ['event = "a\'', 8, QUOTE],
      ['event = a"', 8, '"a" in quotes, or a field of a Segment event, such as properties'],
      ['userId = oops"', 9, '"oops" in quotes, or a field of a Segment event, such as properties'],
      [String.raw`event = "say \"hi\""`, 15, GOES_ON],
      ['properties.x = 5x', 15, NUMBER],
      ['properties.x = 5.', 15, NUMBER],
      ['properties.x = .5', 15, DOT],
      ['properties.x = 1.2.3', 15, NUMBER],
      ['properties.x = - 5', 15, NUMBER],
      ['properties.x = 1e999', 15, NUMBER],
      ['properties.x = 0x10', 15, NUMBER],
      ['properties.x = 1,250', 16, GOES_ON],
      [String.raw`event = \"a\"`, 8, ESCAPED],
      [String.raw`event = \\"a\\"`, 8, ESCAPED],
      [String.raw`event = \'a\'`, 8, ESCAPED],
      ['properties.x = True', 15, 'true in lower case, or "True" in quotes'],
      ['FALSE', 0, 'false in lower case, or "FALSE" in quotes'],
      ['properties.x = NULL', 15, 'null, which stands for an absent field, or "NULL" in quotes'],
      ['properties.x != None', 16, 'null, which stands for an absent field, or "None" in quotes'],
      ['properties.x = undefined', 15, 'null, which stands for an absent field, or "undefined" in quotes'],
    ],
  ],
  [
    'what other languages have and FQL has not',
    [
      ['properties.x / 100 > 5', 13, CALCULATED],
      ['properties.x + properties.y > 5', 13, CALCULATED],
      ['properties.x - properties.y > 5', 13, CALCULATED],
      ['properties.x * 2 > 5', 13, CALCULATED],
      ['properties.x ＝ 1', 13, 'the ordinary character: this one is full-width'],
      ['（event = "a"）', 0, 'the ordinary character: this one is full-width'],
      ['%properties.x% = 1', 0, 'a path without % or @'],
      ['properties.x = 1 // a', 17, 'the end, without a comment'],
      ['properties.x = 1 -- a', 17, 'the end, without a comment'],
      ['properties.x = 1 /* a */', 17, 'the end, without a comment'],
      ['properties.x = 1 # a', 17, 'the end, without a comment'],
      ['event starts with "a"', 6, `${MAY_COMPARE}; for "starts", write match(event, "Order *")`],
      [
        'event does not contain "a"',
        6,
        `${MAY_COMPARE}; for "does", write ! before the whole, as in !(event in ["a", "b"])`,
      ],
      ['properties.x greater than 5', 13, `${MAY_COMPARE}; for "greater", write > or <`],
      [
        'properties.x = 1 else Lead',
        17,
        `${GOES_ON}; for "else", write another entry, with a label on its left`,
      ],
      [
        'properties.x = 1, Lead if properties.x = 2',
        16,
        `${GOES_ON}; another condition needs an entry of its own, with a label on its left`,
      ],
    ],
  ],
])('%s', (_, rows) => {
  test.each(
    rows.map(([text, offset, expected]) => ({ text: text.slice(0, 60), whole: text, offset, expected })),
  )('$text is malformed at $offset: expected $expected', ({ whole, offset, expected }) => {
    expect(parseCondition(whole)).toEqual(new Failure({ offset, expected }));
  });
});

test('zero has no sign', () => {
  expect(parseCondition('properties.x = -0')).toEqual(parseCondition('properties.x = 0'));
});

test('leading spaces do not count in the place of a problem', () => {
  expect(parseCondition('  \n event = "a" and')).toEqual(new Failure({ offset: 15, expected: VALUE }));
});

describe('limits', () => {
  test.each<[limit: string, text: string, offset: number, expected: string]>([
    ['length', `event = "${'a'.repeat(MAX_LENGTH)}"`, MAX_LENGTH, 'the end: a condition has at most'],
    [
      'words',
      'true and '.repeat(MAX_TOKENS / 2) + 'true',
      9 * (MAX_TOKENS / 2),
      'the end: a condition has at most',
    ],
    ['brackets', '('.repeat(MAX_DEPTH + 1), MAX_DEPTH, 'at most 50 levels'],
    ['lists', `event in ${'['.repeat(MAX_DEPTH + 1)}`, 9 + MAX_DEPTH, 'at most 50 levels'],
    ['negations', '!'.repeat(MAX_DEPTH + 1), MAX_DEPTH, 'at most 50 levels'],
    ['calls', 'string('.repeat(MAX_DEPTH + 1), 7 * MAX_DEPTH + 6, 'at most 50 levels'],
  ])('%s', (_, text, offset, expected) => {
    expect(parseCondition(text)).toEqual(
      new Failure({ offset, expected: expect.stringContaining(expected) }),
    );
  });

  test('what is just within them is a condition', () => {
    const nested = `${'('.repeat(MAX_DEPTH)}true${')'.repeat(MAX_DEPTH)}`;
    const sideBySide = `${'(true) and '.repeat(MAX_DEPTH)}(true)`;
    const joined = `!${'true and '.repeat(MAX_TOKENS / 2 - 1)}true`;
    const long = `event = "${'a'.repeat(MAX_LENGTH - 10)}"`;
    for (const text of [nested, sideBySide, joined, long])
      expect(isFailure(parseCondition(text))).toBe(false);
  });
});

const key = fc.oneof(
  fc.constantFrom('x', '0', 'and', 'null', 'product 1', 'a.b', 'größe', '😀', '-', '\\', '"', '[0]', '\n'),
  fc.string({ minLength: 1, unit: 'grapheme' }),
);
const text = fc.oneof(
  fc.constantFrom('', 'track', "it's", 'say "hi"', '\\', 'a\nb', 'true'),
  fc.string().map((given) => given.replaceAll('"', "'")),
);
const number = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((given) => given + 0);

/** Conditions as they are read, of every kind. */
const { condition } = fc.letrec<{ condition: Condition; comparison: Condition; operand: Condition }>(
  (tie) => {
    const path: fc.Arbitrary<Condition> = fc.oneof(
      fc.constantFrom('type', 'event', 'userId').map((field): Condition => ({ kind: 'path', keys: [field] })),
      fc
        .tuple(
          fc.constantFrom('properties', 'traits', 'context', '_metadata'),
          fc.array(key, { maxLength: 3 }),
        )
        .map(([field, keys]): Condition => ({ kind: 'path', keys: [field, ...keys] })),
    );
    /** With what `type` can be equal, only a few texts are: others are a mistake, as constants of a call may be. */
    const otherPath = path.filter((one) => one.kind !== 'path' || one.keys[0] !== 'type');
    /** A field of one value is never equal to a list. */
    const isOneValueAndList = (one: Condition, other: Condition) =>
      one.kind === 'path' && one.keys.length === 1 && other.kind === 'list';
    const literal = fc
      .oneof(text, number, fc.boolean(), fc.constant(null))
      .map((value): Condition => ({ kind: 'literal', value }));
    const textOrPath = fc.oneof(
      text.map((value): Condition => ({ kind: 'literal', value })),
      path,
    );
    const call = fc.oneof(
      fc
        .constantFrom(
          'lowercase',
          'uppercase',
          'snakecase',
          'kebabcase',
          'titlecase',
          'length',
          'string',
          'bool',
        )
        .chain((name) => textOrPath.map((one): Condition => ({ kind: 'call', name, operands: [one] }))),
      fc
        .constantFrom('typeof', 'string')
        .chain((name) => tie('operand').map((one): Condition => ({ kind: 'call', name, operands: [one] }))),
      fc
        .tuple(textOrPath, textOrPath)
        .map((operands): Condition => ({ kind: 'call', name: 'contains', operands })),
      fc.tuple(textOrPath, path).map((operands): Condition => ({ kind: 'call', name: 'match', operands })),
    );
    const list = fc
      .array(tie('operand'), { maxLength: 3 })
      .map((items): Condition => ({ kind: 'list', items }));
    const truth = fc.oneof(
      path,
      tie('comparison'),
      fc.constantFrom(true, false, null).map((value): Condition => ({ kind: 'literal', value })),
    );
    const several = fc.array(tie('condition'), { minLength: 2, maxLength: 3 });
    return {
      operand: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        literal,
        path,
        call,
        list,
        fc.constantFrom<Condition>({ kind: 'not', condition: { kind: 'path', keys: ['traits', 'x'] } }),
        tie('comparison'),
      ),
      comparison: fc.oneof(
        { maxDepth: 4 },
        fc
          .tuple(fc.constantFrom(...OPERATORS), path, path)
          .map(([operator, left, right]): Condition => ({ kind: 'comparison', operator, left, right })),
        fc
          .tuple(fc.constantFrom('=', '!='), otherPath, tie('operand'))
          .filter(([, left, right]) => !isOneValueAndList(left, right))
          .map(([operator, left, right]): Condition => ({ kind: 'comparison', operator, left, right })),
        fc
          .tuple(fc.constantFrom('=', '!='), tie('operand'), otherPath)
          .filter(([, left, right]) => !isOneValueAndList(right, left))
          .map(([operator, left, right]): Condition => ({ kind: 'comparison', operator, left, right })),
        fc
          .tuple(otherPath, list)
          .map(([left, right]): Condition => ({ kind: 'comparison', operator: 'in', left, right })),
      ),
      condition: fc.oneof(
        { maxDepth: 4 },
        truth,
        tie('condition').map((negated): Condition => ({ kind: 'not', condition: negated })),
        several.map((conditions): Condition => ({ kind: 'and', conditions })),
        several.map((conditions): Condition => ({ kind: 'or', conditions })),
      ),
    };
  },
);

test.each([
  '"properties.x" = properties.y',
  '"event" in ["a", properties.b]',
  '"properties.a b" = properties.b',
  'contains(lowercase(event), properties.b)',
])('a path in quotes is not seen in %s', (text) => {
  expect(isFailure(parseCondition(text))).toBe(false);
});

test.each([
  String.raw`match(properties.x, "*\$")`,
  'match(properties.price, "*$")',
  'match(properties.x, "^*")',
  'match(context.page.url, "https://example.*/a.b")',
  'properties.tags = ["a", "b"]',
  'properties.x in [properties.y]',
  'lowercase(event) = null',
  '[properties.x] = properties.y',
  '1 = 1',
  '"vip" in ["vip"]',
  '"vip" in ["a", properties.b]',
  '"vip" in []',
  'true',
])('%s is a condition', (text) => {
  expect(isFailure(parseCondition(text))).toBe(false);
});

test.each(['Order.*', '*.*$', 'A+B', '^Order', '12.50$', String.raw`\\\\server\\docs\\*`])(
  'a pattern that a regular expression may also be is a pattern: %s',
  (pattern) => {
    expect(isFailure(parseCondition(`match(event, "${pattern}")`))).toBe(false);
  },
);

test('a condition that is printed is read as the same', () => {
  fc.assert(
    fc.property(condition, (given) => {
      expect(parseCondition(printCondition(given))).toEqual(given);
    }),
    { numRuns: 3000 },
  );
});

/** Texts that are nearly conditions. */
const tokens = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          'and',
          'or',
          'in',
          '!',
          '(',
          ')',
          '[',
          ']',
          ',',
          '=',
          '!=',
          '<',
          '>=',
          '"a"',
          "'b'",
          '"',
          "'",
          '5',
        ],
        ...['-1.5', '.', '\\', 'true', 'null', 'type', 'event', 'properties.x', 'traits.a.0', 'x', '$', ' '],
        ...Object.keys(FUNCTIONS).map((name) => `${name}(`),
      ),
      fc.string({ maxLength: 3, unit: 'binary' }),
    ),
  )
  .chain((list) => fc.constantFrom('', ' ').map((space) => list.join(space)));

test('any text is a condition that can be printed and read back, or has a problem at a place within it', () => {
  fc.assert(
    fc.property(fc.oneof(tokens, fc.string()), (given) => {
      const parsed = parseCondition(given);
      if (!isFailure(parsed)) {
        expect(parseCondition(printCondition(parsed))).toEqual(parsed);
        return;
      }
      expect(parsed.reason.offset).toBeGreaterThanOrEqual(0);
      expect(parsed.reason.offset).toBeLessThanOrEqual(given.trimStart().length);
      expect(parsed.reason.expected).not.toBe('');
    }),
    { numRuns: 10_000 },
  );
});

test('the beginning of a condition is a condition only if it says something whole by itself', () => {
  const whole = 'type = "track" and (contains(event, "a") or !properties.x) and properties.y in [1, 2]';
  const beginnings = Array.from({ length: whole.length + 1 }, (_, end) => whole.slice(0, end));
  const read = beginnings.filter((beginning) => !isFailure(parseCondition(beginning)));
  expect(new Set(read.map((beginning) => beginning.trim()))).toEqual(
    new Set([
      'type',
      'type = "track"',
      'type = "track" and (contains(event, "a") or !properties.x)',
      'type = "track" and (contains(event, "a") or !properties.x) and properties',
      'type = "track" and (contains(event, "a") or !properties.x) and properties.y',
      whole,
    ]),
  );
});

test('typeOf knows what JSON can hold, and takes anything else for null', () => {
  const values = ['', 0, [], true, null, {}, undefined, () => 0, 1n, Symbol('x')];
  expect(values.map(typeOf)).toEqual([
    ...['string', 'number', 'list', 'bool', 'null', 'object'],
    ...['null', 'null', 'null', 'null'],
  ]);
});
