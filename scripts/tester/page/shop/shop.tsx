// A small storefront, whose buttons say what they send; beside it what became of the last event that a visitor caused.
import { useState } from 'preact/hooks';
import type { State } from '../../api';
import { CallView } from '../call/call';
import { ResultPane } from '../call/result-pane';
import { CallLink } from '../calls/call-link';
import { CartCard, type Step } from './cart';
import { ProductCard } from './product';
import { linesOf, PRODUCTS, withOneMore, type Cart } from './products';
import { Visitor } from './visitor';

interface Props {
  readonly state: State;
}

export function Shop({ state }: Props) {
  // The shop makes page calls by itself, as a site does; nobody asked for those.
  const shown = state.runs.find(({ from, isPageCall }) => from === 'shop' && !isPageCall);
  return (
    <div class="split">
      <div class="pane">
        <div class="body" tabIndex={0} role="group" aria-label="Storefront">
          <Storefront state={state} />
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

function Storefront({ state }: Props) {
  const [cart, setCart] = useState<Cart>({});
  const [step, setStep] = useState<Step>('shopping');

  return (
    <>
      <p class="muted">A storefront with the real analytics.js. Each button says what it sends to Segment.</p>
      <Visitor />
      <h3>Products</h3>
      <ul class="stack">
        {PRODUCTS.map((product) => (
          <ProductCard
            key={product.product_id}
            product={product}
            add={() => {
              setCart(withOneMore(cart, product));
              setStep('shopping');
            }}
          />
        ))}
      </ul>
      <h3>Cart</h3>
      <CartCard
        lines={linesOf(cart)}
        step={step}
        checkOut={() => setStep('paying')}
        pay={() => {
          setCart({});
          setStep('paid');
        }}
      />
      <SentList state={state} />
    </>
  );
}

/** What the shop has sent to Segment lately, and what became of it. */
function SentList({ state }: Props) {
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
