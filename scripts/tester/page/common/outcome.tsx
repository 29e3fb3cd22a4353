// An outcome as Segment names it: a mark, a word, a colour, and what Segment does then.
import type { OutcomeName } from '../../../local/segment/outcomes';

interface Look {
  readonly mark: string;
  readonly tone: 'good' | 'wait' | 'bad' | 'quiet';
  /** What Segment does. */
  readonly then: string;
}

const LOOKS: Readonly<Record<OutcomeName, Look>> = {
  Delivered: { mark: '✔', tone: 'good', then: 'TikTok accepted it. Segment is done with it.' },
  Retry: {
    mark: '↻',
    tone: 'wait',
    then: 'Segment keeps the event and tries again, with growing pauses, for 4 hours.',
  },
  Timeout: {
    mark: '↻',
    tone: 'wait',
    then: 'Segment ended the call after 5 s, and tries again for 4 hours.',
  },
  'Message Rejected': {
    mark: '✘',
    tone: 'bad',
    then: 'Segment discards the event: it will not be sent again.',
  },
  'Bad Request': { mark: '✘', tone: 'bad', then: 'The function failed. Segment discards the event.' },
  'Unsupported Event Type': {
    mark: '–',
    tone: 'quiet',
    then: 'The event is not for TikTok. Segment discards it, and nothing is sent.',
  },
};

export const lookOf = (outcome: OutcomeName): Look => LOOKS[outcome];

export function OutcomeBadge({ outcome }: { readonly outcome: OutcomeName }) {
  const { mark, tone } = LOOKS[outcome];
  return <Badge mark={mark} tone={tone} text={outcome} />;
}

export function Badge({ mark, tone, text }: Pick<Look, 'mark' | 'tone'> & { readonly text: string }) {
  return (
    <span class={`badge ${tone}`}>
      <span aria-hidden="true">{mark}</span> <span>{text}</span>
    </span>
  );
}
