// TikTok's side: what it answers, and what it received.
import type { Run, State } from '../../api';
import { AnswerSwitch } from './answer-switch';
import { Received } from './received';

export function TikTokPanel({ state, shown }: { readonly state: State; readonly shown: Run | undefined }) {
  const { totals } = state;
  return (
    <>
      <p class="lead">A local TikTok, as strict as the real one. It counts an event once.</p>
      <AnswerSwitch state={state} />
      <dl class="facts">
        <div>
          <dt>Requests</dt>
          <dd>{totals.requests}</dd>
        </div>
        <div>
          <dt>Events counted</dt>
          <dd>{totals.counted}</dd>
        </div>
      </dl>
      <h3>Received in this call</h3>
      <Received shown={shown} />
    </>
  );
}
