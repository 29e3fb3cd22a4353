// The TikTok events that TikTok received in a call: one as a whole, several as a list.
import type { Run } from '../../api';
import { FIRST, More } from '../common/more';
import { Badge } from '../common/outcome';
import { ConversionBody, ConversionHead, COUNTED } from './conversion';

export function Received({ shown }: { readonly shown: Run | undefined }) {
  if (shown === undefined) return <p class="muted">Nothing yet. Use the shop, or run an event.</p>;
  const received = shown.results.flatMap(({ name, conversions }) =>
    conversions.map((conversion) => ({ name, conversion })),
  );
  if (received.length === 0) {
    return (
      <p class="muted">
        Nothing: {shown.traces.length === 0 ? 'the function made no request.' : 'the request did not arrive.'}
      </p>
    );
  }
  return received.length === 1 ? (
    received.map(({ name, conversion }) => (
      <div class="card" key="one">
        <ConversionHead name={name} conversion={conversion} />
        <ConversionBody conversion={conversion} />
      </div>
    ))
  ) : (
    <>
      <p class="result-head">
        <strong>{received.length} TikTok events</strong>
        {Object.entries(COUNTED).map(([counted, { mark, tone, total }]) => {
          const count = received.filter(({ conversion }) => conversion.counted === counted).length;
          return count > 0 && <Badge key={counted} mark={mark} tone={tone} text={`${count} ${total}`} />;
        })}
      </p>
      {received.slice(0, FIRST).map(({ name, conversion }, index) => (
        <details class="card conversion" key={index}>
          <summary>
            <ConversionHead name={name} conversion={conversion} />
          </summary>
          <ConversionBody conversion={conversion} />
        </details>
      ))}
      <More count={received.length} />
    </>
  );
}
