// A TikTok event that TikTok received.
import { visible } from '../../../cli/visible';
import type { Conversion } from '../../api';
import { Badge } from '../common/outcome';
import { Absent, Arrived, LeftOut } from './fields';

/** How each way to be counted looks, alone and in a list's totals. */
export const COUNTED = {
  counted: { mark: '✔', tone: 'good', text: 'Counted', total: 'counted' },
  again: { mark: '=', tone: 'quiet', text: 'Already received, counted once', total: 'already received' },
  'not counted': { mark: '✘', tone: 'bad', text: 'Not counted', total: 'not counted' },
} as const;

interface HeadProps {
  readonly name: string;
  readonly conversion: Conversion;
}

export function ConversionHead({ name, conversion: { event, counted } }: HeadProps) {
  return (
    <span class="conversion-head">
      <span>
        <span class="muted">{visible(name)} →</span> <strong>{visible(event)}</strong>
      </span>
      <Badge {...COUNTED[counted]} />
    </span>
  );
}

export function ConversionBody({
  conversion: { event, matches, fields },
}: {
  readonly conversion: Conversion;
}) {
  return (
    <>
      <p class="matches">
        <span>Can match on</span>
        {matches.map((match) => (
          <span key={match} class="chip">
            {match}
          </span>
        ))}
      </p>
      <Arrived event={event} fields={fields.filter(({ state }) => state === 'hashed' || state === 'sent')} />
      <LeftOut fields={fields.filter(({ state }) => state === 'left out')} />
      <Absent fields={fields.filter(({ state }) => state === 'absent')} />
    </>
  );
}
