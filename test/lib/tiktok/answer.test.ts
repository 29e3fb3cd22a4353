// What an answer of TikTok's means for the events of its request.
import { describe, expect, test } from '@jest/globals';
import { mask } from '../../../lib/privacy/mask';
import { Failure } from '../../../lib/result';
import {
  indexIn,
  isAccepted,
  judge,
  namesSettings,
  sayTheSame,
  type Verdict,
} from '../../../lib/tiktok/answer';

const TOKEN = 'token-for-the-tests-4f1c';

type Meaning = readonly [kind: Verdict['outcome']['kind'], mayDifferByEvent: boolean, advice: string];
const DELIVERED: Meaning = ['delivered', false, 'Nothing to do'];
const DELIVERED_IN_PART: Meaning = ['delivered', true, 'Nothing to do'];
const EVENT: Meaning = ['invalid', true, 'Change the event or Parameter Mappings'];
const ACCESS: Meaning = ['retry', false, 'Check Access Token and Event Set ID'];
const LATER: Meaning = ['retry', false, 'Segment tries again'];
const UNKNOWN: Meaning = ['retry', true, 'This function does not know the code, so Segment tries again'];

const answer = (code: unknown, message = 'words', status = 200) =>
  judge({ status, body: JSON.stringify({ code, message, request_id: 'request_1' }) }, TOKEN);

function expectMeaning(verdict: Verdict, [kind, mayDifferByEvent, advice]: Meaning): void {
  expect(verdict).toMatchObject({
    outcome: { kind, message: expect.stringContaining(`. ${advice}`) },
    mayDifferByEvent,
  });
}

describe("TikTok's code", () => {
  test('is read behind a byte order mark, which a proxy may put before it', () => {
    expectMeaning(judge({ status: 200, body: '\ufeff{"code":0}' }, TOKEN), DELIVERED);
  });

  test.each<[code: number, meaning: Meaning]>([
    [0, DELIVERED],
    [20001, DELIVERED_IN_PART],
    [40000, EVENT],
    [40001, ACCESS],
    [40002, EVENT],
    [40016, LATER],
    [40100, LATER],
    [40101, ACCESS],
    [40102, ACCESS],
    [40103, UNKNOWN],
    [40104, ACCESS],
    [40105, ACCESS],
    [40132, LATER],
    [40133, LATER],
    [49999, UNKNOWN],
    [50000, LATER],
    [50002, LATER],
    [60001, LATER],
    [39999, LATER],
    [400020, LATER],
    [1, LATER],
    [-1, LATER],
  ])('%i', (code, meaning) => {
    expectMeaning(answer(code), meaning);
    expect(isAccepted(code)).toBe(meaning[0] === 'delivered');
  });

  test('of success is believed whatever the words, which are not read', () => {
    expect(answer(0, 'data[3]: event_source_id')).toEqual({
      outcome: { kind: 'delivered', message: 'TikTok accepted it. Nothing to do.' },
      mayDifferByEvent: false,
      words: '',
    });
  });

  test('no other one discards an event', () => {
    const discarding: number[] = [];
    for (let code = 0; code < 100_000; code += 1)
      if (answer(code).outcome.kind === 'invalid') discarding.push(code);
    expect(discarding).toEqual([40000, 40002]);
  });

  test('any other of the 400xx is kept, and may be the fault of one event', () => {
    const known = [40000, 40001, 40002, 40016];
    for (let code = 40000; code < 40100; code += 1)
      if (!known.includes(code)) expectMeaning(answer(code), UNKNOWN);
  });

  test.each([undefined, null, '0', 0.5, true, [0]])('%j is not a verdict', (code) => {
    expectMeaning(answer(code), LATER);
    expect(answer(code).outcome.message).toBe(
      'TikTok answered HTTP 200 without a result code. Segment tries again.',
    );
    expect(isAccepted(code)).toBe(false);
  });
});

describe('the HTTP status', () => {
  const body = '<html>Not now</html>';
  test.each<[status: number, meaning: Meaning]>([
    ...[200, 204, 302, 404, 408, 429, 500, 502, 503, 504].map((status): [number, Meaning] => [status, LATER]),
    ...[400, 413, 422].map((status): [number, Meaning] => [status, EVENT]),
    ...[401, 403].map((status): [number, Meaning] => [status, ACCESS]),
  ])("%i decides without TikTok's verdict", (status, meaning) => {
    const verdict = judge({ status, body }, TOKEN);
    expectMeaning(verdict, meaning);
    expect(verdict.outcome.message).toMatch(
      new RegExp(`^TikTok answered HTTP ${status} without a result code\\. `),
    );
  });

  test.each<[what: string, status: number, code: number, meaning: Meaning]>([
    ['a code that is not known is kept even if the status refuses the event', 400, 40099, UNKNOWN],
    ['success is believed with any status of success', 299, 0, DELIVERED],
    ['success is not believed with a status of failure', 502, 0, LATER],
    ['nor with one below those of success', 199, 0, LATER],
    ['nor with one above them', 300, 0, LATER],
    ['nor is partial success', 400, 20001, EVENT],
    ['no event is given up for a status that passes', 503, 40002, LATER],
    ['nor for one that an operator can fix', 401, 40002, ACCESS],
    ["TikTok's code counts if the status refuses the event, too", 400, 40100, LATER],
    ['or says that it is wrong', 400, 40002, EVENT],
  ])('%s', (_, status, code, meaning) => {
    expectMeaning(answer(code, 'words', status), meaning);
  });

  test.each<[code: number, status: number]>([
    [0, 400],
    [20001, 502],
    [413, 503],
  ])('is not explained by a code like %i: the message has both', (code, status) => {
    expect(answer(code, 'words', status).outcome.message).toMatch(
      `TikTok answered HTTP ${status} with code ${code}, which is not one of its error codes. `,
    );
  });

  test.each([40000, 40002, 40099])("with code %i, TikTok's words are shown", (code) => {
    expect(answer(code, 'words', 400).outcome.message).toMatch(`TikTok answered "words" (code ${code}, `);
  });
});

describe("TikTok's words", () => {
  test.each(['event_source_id does not exist', 'data: wrong test_event_code', 'a\nEvent_Source'])(
    'that name what is the same for all events (%j) may be about the settings',
    (message) => {
      const verdict = answer(40002, message);
      expectMeaning(verdict, EVENT);
      expect(verdict.settingsOutcome).toMatchObject({
        kind: 'retry',
        message: expect.stringContaining('Check Event Source, Event Set ID and Test Event Code.'),
      });
    },
  );

  test.each([0, 20001, 40001, 40100, 40105, 50000])('are not asked with code %i', (code) => {
    expect(answer(code, 'event_source_id')).not.toHaveProperty('settingsOutcome');
  });

  test.each([
    'data.0.event: not valid',
    'data.0.lead.lead_event_source: not valid',
    'the source of the event',
    'code',
    '',
  ])('%j is not about the settings', (message) => {
    expect(answer(40002, message)).not.toHaveProperty('settingsOutcome');
    expect(namesSettings(message)).toBe(false);
  });

  test('are shown without personal data and the token', () => {
    expect(answer(40002, `bad ${TOKEN} of jane@example.com +1 415 555 0100`).outcome.message).toBe(
      'TikTok answered "bad [token] of [email] +[number]" (code 40002, request_id request_1). Change the event or Parameter Mappings.',
    );
  });

  test.each(['\u001b[31mred', 'a\u0000b\nc', 'right\u202eleft', '%7F', 'zero\u200bwidth', 'x'.repeat(5000)])(
    'are shown only as a masked text is: %j',
    (message) => {
      expect(answer(40002, message).outcome.message).toBe(
        `TikTok answered "${mask(message, TOKEN)}" (code 40002, request_id request_1). Change the event or Parameter Mappings.`,
      );
    },
  );

  test('that are very long are searched at their beginning only', () => {
    const { words } = answer(40002, 'x'.repeat(1_000_000));
    expect(words).toBe('x'.repeat(10_000));
  });

  test.each<[words: string, index: number | undefined]>([
    ['data.3.event_id: not valid', 3],
    ['data[3].event_id: not valid', 3],
    ['Data[3]: not valid', 3],
    ['data.[3].event_id', 3],
    ['event_id is not valid (index 3)', 3],
    ['Index: 3', 3],
    ['index=3', 3],
    ['index[3]', 3],
    ['data.0.event_id', 0],
    ['data.19.event_id', 19],
    ['data.20.event_id', undefined],
    ['index 900, data[7]', 7],
    ['data[2].properties.query: not valid, got "data[5] and index 6"', 2],
    ['query "data[5]": not valid (index 2)', 5],
    ['data.00003', undefined],
    ['data.3x', undefined],
    ['metadata.3', undefined],
    ['reindex 3', undefined],
    ['event 3', undefined],
    ['code 40002', undefined],
    ['data.properties', undefined],
    ['', undefined],
  ])('%j name the event %j of 20', (words, index) => {
    expect(indexIn(words, 20)).toBe(index);
  });

  test.each<[one: string, other: string, areSame: boolean]>([
    ['event_source_id: not valid', 'event_source_id: not valid', true],
    ['data[17]: event_source', 'data[0]: event_source', true],
    ['event_source_id: not valid', 'event_source: not valid', false],
    ['event_source', '', false],
  ])('%j and %j say the same: %j', (one, other, areSame) => {
    expect(sayTheSame(answer(40002, one), answer(40002, other))).toBe(areSame);
  });
});

describe('the request_id', () => {
  const shownOf = (requestId: unknown, token = TOKEN) => {
    const body = JSON.stringify({ code: 50000, message: 'No', request_id: requestId });
    return /\(code 50000, (.*)\)/s.exec(judge({ status: 200, body }, token).outcome.message)?.[1];
  };

  test.each([
    '7',
    'abc',
    '20261120101500ABCDEF',
    '2f1c-88a0_b.3',
    '0f8fad5b-d9cb-469f-a165-70867728950e',
    '-._',
    'x'.repeat(100),
  ])('%s is shown', (id) => {
    expect(shownOf(id)).toBe(`request_id ${id}`);
  });

  test('a number is shown', () => {
    expect(shownOf(42)).toBe('request_id 42');
  });

  test.each([
    TOKEN,
    `${TOKEN}2026`,
    `2026-${TOKEN}`,
    // Without the token in the middle, it would be the token.
    `token-for-the-${TOKEN}tests-4f1c`,
    'jane@example.com',
    '+14155550100',
    'a b',
    'a\u202eb',
    'a\nb',
    'é',
    'x'.repeat(101),
    '',
    {},
    null,
    undefined,
  ])('%j is not', (id) => {
    expect(shownOf(id)).toBe('no request_id');
  });

  test('without a token, any is shown', () => {
    expect(shownOf('abc', '')).toBe('request_id abc');
  });
});

test('without an answer, the reason is shown and the events are tried again', () => {
  const verdict = judge(
    new Failure({ message: 'The connection to TikTok failed (EPIPE)', isReset: true }),
    '',
  );
  expectMeaning(verdict, LATER);
  expect(verdict.outcome.message).toBe('The connection to TikTok failed (EPIPE). Segment tries again.');
});
