// The shop, and beside it what became of the last event that a visitor caused.
import type { State } from '../api';
import { CallView } from './call/call';
import { ResultPane } from './call/result-pane';
import { ShopPanel } from './shop/shop';

export function ShopView({ state }: { readonly state: State }) {
  // The shop makes page calls by itself, as a site does; nobody asked for those.
  const shown = state.runs.find(({ from, isPageCall }) => from === 'shop' && !isPageCall);
  return (
    <div class="split">
      <div class="pane">
        <div class="body" tabIndex={0} role="group" aria-label="Storefront">
          <ShopPanel state={state} />
        </div>
      </div>
      <ResultPane title="Result" about={shown && `call ${shown.id}`} state={state}>
        {shown === undefined ? (
          <p class="muted">Here you will see what happens to an event. Buy something.</p>
        ) : (
          <CallView key={shown.id} call={shown} />
        )}
      </ResultPane>
    </div>
  );
}
