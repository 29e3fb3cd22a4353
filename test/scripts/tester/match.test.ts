// Which entries of Event Mappings match the event at hand, as the page says it.
import { expect, test } from '@jest/globals';
import { describeMatches } from '../../../scripts/tester/match';

const MAPPINGS = {
  ' Order Completed': 'Purchase if properties.total > 5',
  'Signed Up': '',
  Leads: 'Lead, extra if type = "identify" and traits.status = "new"',
  Broken: 'Lead if type =',
};

const notesOf = (event: object) =>
  describeMatches(MAPPINGS, event).map(({ isMatch, note }) => [isMatch, note]);

test.each<[what: string, event: object, notes: readonly (readonly [boolean, string])[]]>([
  [
    'an order',
    { type: 'track', event: 'order completed', properties: { total: 9 } },
    [
      [true, 'Matches this event: sent as Purchase.'],
      [false, 'Not for this event: its name is order completed.'],
      [false, 'Not for this event: type = "identify" does not hold.'],
    ],
  ],
  [
    'a sign-up',
    { type: 'track', event: 'Signed Up' },
    [
      [false, 'Not for this event: its name is Signed Up.'],
      [true, 'Matches this event: nothing is sent.'],
      [false, 'Not for this event: type = "identify" does not hold.'],
    ],
  ],
  [
    'a lead',
    { type: 'identify', traits: { status: 'new' } },
    [
      [
        false,
        'Not for this event: for a call of the type identify, the entry needs a condition on the type.',
      ],
      [
        false,
        'Not for this event: for a call of the type identify, the entry needs a condition on the type.',
      ],
      [true, 'Matches this event: sent as Lead, extra.'],
    ],
  ],
])('of %s: a note for each entry that can be read', (_, event, notes) => {
  expect(notesOf(event)).toEqual(notes);
});
