// What the shop has sent to Segment lately, and what became of it.
import type { State } from '../../api';
import { CallLink } from '../calls/call-link';

export function SentList({ state }: { readonly state: State }) {
  const sent = state.runs.filter(({ from }) => from === 'shop').slice(0, 6);
  return (
    <>
      <h3>Sent to Segment</h3>
      <div role="status">
        {state.pending > 0 && <p class="muted">The function is running…</p>}
        {sent.length === 0 && <p class="muted">Nothing yet.</p>}
        <ol class="call-list">
          {sent.map((run) => (
            <li key={run.id}>
              <CallLink run={run} />
            </li>
          ))}
        </ol>
      </div>
    </>
  );
}
