// A TikTok event that TikTok got.
import { visible } from '../../../cli/visible';
import type { Conversion } from '../../api';
import { Badge } from '../common/outcome';
import { Absent, Arrived } from './fields';

/** How each way to be counted looks. */
const COUNTED = {
  counted: { mark: '✔', tone: 'good', text: 'Counted' },
  again: { mark: '=', tone: 'quiet', text: 'Already received, counted once' },
  'not counted': { mark: '✘', tone: 'bad', text: 'Not counted' },
} as const;

interface Props {
  /** The Segment event's. */
  readonly name: string;
  readonly conversion: Conversion;
  readonly isPreview: boolean;
}

export function ConversionView({ name, conversion: { event, counted, matches, fields }, isPreview }: Props) {
  return (
    <section class="conversion" aria-label={`${visible(name)} → ${visible(event)}`}>
      <p class="result-head">
        <strong>{visible(event)}</strong> {!isPreview && <Badge {...COUNTED[counted]} />}
        <span class="muted small">can match on {matches.join(', ')}</span>
      </p>
      <Arrived event={event} fields={fields.filter(({ state }) => state === 'hashed' || state === 'sent')} />
      <Absent fields={fields.filter(({ state }) => state === 'absent')} />
    </section>
  );
}
