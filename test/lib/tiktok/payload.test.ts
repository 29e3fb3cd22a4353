// The body of a request, as TikTok takes it.
import { expect, test } from '@jest/globals';
import { requestBody, type EventSet } from '../../../lib/tiktok/payload';

const EVENT_SET: EventSet = {
  eventSetId: '7000000000000000001',
  eventSource: 'crm',
  testEventCode: 'TEST12345',
};

test('says where the events belong, and who sends them', () => {
  const data = [{ event: 'Purchase' }, { event: 'Lead' }];
  expect(JSON.parse(requestBody(EVENT_SET, data))).toEqual({
    event_source: 'crm',
    event_source_id: '7000000000000000001',
    partner_name: 'Segment',
    test_event_code: 'TEST12345',
    data,
  });
  const untested = requestBody({ ...EVENT_SET, testEventCode: undefined }, data);
  expect(JSON.parse(untested)).not.toHaveProperty('test_event_code');
});

test.each([
  ['a lone half', 'one \ud83d half', 'one \ufffd half'],
  ['the other half', '\udfff', '\ufffd'],
  ['the first and the last half', '\ud800\udbff \udc00', '\ufffd\ufffd \ufffd'],
  ['both halves', 'a \ud83d\ude00', 'a \ud83d\ude00'],
  ['the last character before the halves', '\ud7ff', '\ud7ff'],
  ['a half as a text spells it', String.raw`\ud83d`, String.raw`\ud83d`],
  ['a backslash before a half', '\\\ud83d', '\\\ufffd'],
  ['other escapes', '"\n\\ \u0001', '"\n\\ \u0001'],
])('of a character (%s), %j is sent as %j', (_, text, sent) => {
  const body = requestBody(EVENT_SET, [{ event: text }]);
  expect(JSON.parse(body)).toMatchObject({ data: [{ event: sent }] });
  expect(Buffer.from(body).toString()).toBe(body);
});
