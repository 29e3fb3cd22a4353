// Which calls the list of the page shows.
import { expect, test } from '@jest/globals';
import type { Run } from '../../../../scripts/tester/api';
import { NO_FILTER, passes, type Filter } from '../../../../scripts/tester/page/calls/filter';

const result = {
  name: 'Order Completed',
  outcome: 'Delivered',
  fate: 'delivered',
  lacksContact: false,
  leftOut: [],
  conversions: [],
} as const;
const RUN: Run = {
  id: 1,
  at: '2026-11-20T10:15:00.000Z',
  from: 'page',
  json: '{ "messageId": "Receipt-7" }',
  isBatch: true,
  isPageCall: false,
  results: [
    result,
    {
      ...result,
      name: 'Signed Up',
      outcome: 'Message Rejected',
      fate: 'discarded',
      error: { name: 'InvalidEventPayload', message: 'TikTok refused it' },
    },
  ],
  milliseconds: 1,
  logs: '',
  traces: [
    {
      request: {
        method: 'POST',
        url: '',
        headers: { 'Access-Token': 'secret' },
        body: '{"event":"Purchase"}',
      },
      response: { status: 200, headers: {}, body: '{"code":40002}' },
    },
  ],
};

test.each<[what: string, filter: Partial<Filter>, isShown: boolean]>([
  ['no filter', {}, true],
  ['an outcome that one of its events has', { fate: 'discarded' }, true],
  ['another outcome', { fate: 'retried' }, false],
  ['a name that one of its events has', { name: 'Signed Up' }, true],
  ['a name and an outcome of two different events', { name: 'Order Completed', fate: 'discarded' }, false],
  ['a text of the event, in any case', { text: ' receipt-7' }, true],
  ['a text of the request', { text: 'purchase' }, true],
  ['a text of the answer', { text: '40002' }, true],
  ['a text of the message', { text: 'refused it' }, true],
  ['the token', { text: 'secret' }, false],
])('%s', (_, filter, isShown) => {
  expect(passes(RUN, { ...NO_FILTER, ...filter })).toBe(isShown);
});
