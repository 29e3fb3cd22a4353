// What the shop has sent to Segment lately.
import { visible } from '../../../cli/visible';
import type { State } from '../../api';
import { FateBadge } from '../common/outcome';
import { timeOf } from '../common/time';

/** What the shop has sent, and what became of it. */
export function SentList({ state }: { readonly state: State }) {
  const sent = state.runs.filter(({ from }) => from === 'shop').slice(0, 6);
  return (
    <>
      <h3>Sent to Segment</h3>
      <div role="status">
        {state.pending > 0 && <p class="muted">The function is running…</p>}
        {sent.length === 0 && <p class="muted">Nothing yet.</p>}
        <ol class="sent">
          {sent.flatMap(({ id, at, results }) =>
            results.map(({ name, fate, conversions }) => (
              <li key={id}>
                <time class="muted">{timeOf(at)}</time>
                <span>
                  <strong>{visible(name)}</strong>
                  {visible(conversions.map(({ event }) => ` → ${event}`).join(''))}
                </span>
                <FateBadge fate={fate} />
              </li>
            )),
          )}
        </ol>
      </div>
    </>
  );
}
