// What became of an event: a mark, a word, a colour, and what Segment does then.
import { FATE_NAMES, type Fate, type OutcomeName } from '../../../local/segment/outcomes';
import type { Note } from '../../api';

interface Look {
  readonly mark: string;
  readonly tone: Note['tone'];
}

const LOOKS: Readonly<Record<Fate, Look>> = {
  delivered: { mark: '✔', tone: 'good' },
  retried: { mark: '↻', tone: 'wait' },
  discarded: { mark: '✘', tone: 'bad' },
  unsupported: { mark: '–', tone: 'quiet' },
  notHandedOver: { mark: '–', tone: 'quiet' },
};

/** By Segment's name of the outcome. */
const CONSEQUENCES: Readonly<Record<OutcomeName, string>> = {
  Delivered: 'TikTok accepted it. Segment is done with it.',
  Retry: 'Segment shows “Retry”, keeps the event, and tries again with growing pauses for 4 hours.',
  Timeout: 'Segment ended the call after 5 s (“Timeout”), and tries again for 4 hours.',
  'Message Rejected': 'Segment shows “Message Rejected” and discards the event: it is not sent again.',
  'Bad Request': 'The function failed. Segment shows “Bad Request” and discards the event.',
  'Unsupported Event Type':
    'The event is not for TikTok. Segment shows “Unsupported Event Type” and discards it.',
  'Not handed over': 'Segment does not call the function for this event.',
};

export const consequenceOf = (outcome: OutcomeName): string => CONSEQUENCES[outcome];

/** How a fate is shown: its name begins with a capital letter. */
export const lookOf = (fate: Fate): Look & { readonly text: string } => ({
  ...LOOKS[fate],
  text: FATE_NAMES[fate].replace(/^./, (letter) => letter.toUpperCase()),
});

export const FateBadge = ({ fate }: { readonly fate: Fate }) => <Badge {...lookOf(fate)} />;

export function Badge({ mark, tone, text }: Look & { readonly text: string }) {
  return (
    <span class={`badge ${tone}`}>
      <span aria-hidden="true">{mark}</span> <span>{text}</span>
    </span>
  );
}
