// What the shop has sent to Segment lately, and what became of it.
import { visible } from '../../../cli/visible';
import type { Result, Run, State } from '../../api';
import { Badge, FateBadge, lookOf } from '../common/outcome';
import { Time } from '../common/time';

export function SentList({ state }: { readonly state: State }) {
  const sent = state.runs.filter(({ from }) => from === 'shop').slice(0, 6);
  return (
    <>
      <h3>Sent to Segment</h3>
      <div role="status">
        {state.pending > 0 && <p class="muted">The function is running…</p>}
        {sent.length === 0 && <p class="muted">Nothing yet.</p>}
        <ol class="sent">
          {sent.flatMap((run) =>
            run.results.map((result) => (
              <li key={run.id}>
                <span class="muted small">
                  <Time iso={run.at} />
                </span>
                <span>
                  <strong>{visible(result.name)}</strong>
                  {visible(result.conversions.map(({ event }) => ` → ${event}`).join(''))}
                </span>
                <Became run={run} result={result} />
              </li>
            )),
          )}
        </ol>
      </div>
    </>
  );
}

interface BecameProps {
  readonly run: Run;
  readonly result: Result;
}

/** The shop makes page calls by itself. That nobody has signed in when the first one is made is no failure. */
function Became({ run, result: { fate, error } }: BecameProps) {
  const isStranger = fate === 'discarded' && error?.message.startsWith(NEEDS_CONTACT) === true;
  return run.isPageCall && isStranger ? (
    <Badge {...lookOf('unsupported')} text="Page view before signing in: no email address yet" />
  ) : (
    <FateBadge fate={fate} />
  );
}

/** How the function's message begins if there is no contact data. */
const NEEDS_CONTACT = 'TikTok needs a valid email';
