// What an answer of TikTok's means for the events of its request.
import { describe, expect, test } from '@jest/globals';
import { Failure } from '../../../lib/result';
import { isAccepted, judge, type Verdict } from '../../../lib/tiktok/answer';

const TOKEN = 'token-for-the-tests-4f1c';

type Meaning = readonly [kind: Verdict['kind'], mayDifferByEvent: boolean, advice: string];
const DELIVERED: Meaning = ['delivered', false, 'Nothing to do'];
const DELIVERED_IN_PART: Meaning = ['delivered', true, 'Nothing to do'];
const EVENT: Meaning = ['invalid', true, 'Change the event or Parameter Mappings'];
const OPERATOR: Meaning = ['retry', false, 'Check Access Token and Event Set ID'];
const LATER: Meaning = ['retry', false, 'Segment tries again'];

const answer = (code: unknown, message = 'words', status = 200) =>
  judge({ status, body: JSON.stringify({ code, message, request_id: 'request_1' }) }, TOKEN);

function expectMeaning(verdict: Verdict, [kind, mayDifferByEvent, advice]: Meaning): void {
  expect(verdict).toMatchObject({ kind, mayDifferByEvent, message: expect.stringContaining(advice) });
}

describe("TikTok's code", () => {
  test.each<[code: number, meaning: Meaning]>([
    [0, DELIVERED],
    [20001, DELIVERED_IN_PART],
    [40000, EVENT],
    [40001, OPERATOR],
    [40002, EVENT],
    [40099, EVENT],
    [40100, LATER],
    [40101, OPERATOR],
    [40102, OPERATOR],
    [40104, OPERATOR],
    [40105, OPERATOR],
    [40133, LATER],
    [40300, OPERATOR],
    [49999, OPERATOR],
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

  test.each([undefined, null, '0', 0.5, true, [0]])('%j is not a verdict', (code) => {
    expectMeaning(answer(code), LATER);
    expect(answer(code).message).toBe('TikTok answered HTTP 200 without a verdict. Segment tries again.');
    expect(isAccepted(code)).toBe(false);
  });
});

describe('the HTTP status', () => {
  const body = '<html>Not now</html>';
  test.each<[status: number, meaning: Meaning]>([
    ...[200, 204, 302, 404, 408, 429, 500, 502, 503, 504].map((status): [number, Meaning] => [status, LATER]),
    ...[400, 413, 422].map((status): [number, Meaning] => [status, EVENT]),
    ...[401, 403].map((status): [number, Meaning] => [status, OPERATOR]),
  ])("%i decides without TikTok's verdict", (status, meaning) => {
    const verdict = judge({ status, body }, TOKEN);
    expectMeaning(verdict, meaning);
    expect(verdict.message).toMatch(new RegExp(`^TikTok answered HTTP ${status} without a verdict\\. `));
  });

  test.each<[what: string, status: number, code: number, meaning: Meaning]>([
    ['success is not believed with a status of failure', 502, 0, LATER],
    ['nor is partial success', 400, 20001, EVENT],
    ['no event is given up for a status that passes', 503, 40002, LATER],
    ['nor for one that an operator can fix', 401, 40002, OPERATOR],
    ["TikTok's code counts if the status refuses the event, too", 400, 40100, LATER],
    ['or says that it is wrong', 400, 40002, EVENT],
  ])('%s', (_, status, code, meaning) => {
    expectMeaning(answer(code, 'words', status), meaning);
  });
});

describe("TikTok's words", () => {
  test.each(['event_source_id does not exist', 'data: wrong test_event_code', 'a\nevent_source'])(
    'that name what is the same for all events (%j) are for the operator',
    (message) => {
      expectMeaning(answer(40002, message), OPERATOR);
    },
  );

  test('are shown without personal data, and the request_id without the token', () => {
    const body = JSON.stringify({
      code: 40002,
      message: `bad ${TOKEN} of jane@example.com +1 415 555 0100`,
      request_id: `${TOKEN}2026`,
    });
    expect(judge({ status: 200, body }, TOKEN).message).toBe(
      'TikTok answered "bad [token] of [email] +[number]" (code 40002, request_id 2026). Change the event or Parameter Mappings.',
    );
  });
});

test('without an answer, the reason is shown and the events are tried again', () => {
  const verdict = judge(
    new Failure({ message: 'The connection to TikTok failed (EPIPE)', isReset: true }),
    '',
  );
  expectMeaning(verdict, LATER);
  expect(verdict.message).toBe('The connection to TikTok failed (EPIPE). Segment tries again.');
});
