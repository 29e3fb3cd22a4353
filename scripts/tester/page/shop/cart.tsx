// The cart: what is in it, and the steps to an order.
import { useState } from 'preact/hooks';
import { CURRENCY, showPrice, totalOf, type CartLine } from './products';
import { Sends } from './sends';
import { track } from './site';

export type Step = 'shopping' | 'paying' | 'paid';

interface Props {
  readonly lines: readonly CartLine[];
  readonly step: Step;
  readonly checkOut: () => void;
  /** Empties the cart: its order is paid. */
  readonly pay: () => void;
}

export function CartCard({ lines, step, checkOut, pay }: Props) {
  const [orderId, setOrderId] = useState('');
  const total = totalOf(lines);
  const order = { order_id: orderId, value: total, revenue: total, currency: CURRENCY, products: lines };

  return (
    <div class="card">
      {step === 'paid' && <p class="tone good">Thank you! Your order {orderId} is on its way.</p>}
      {lines.length === 0 && step !== 'paid' && <p class="muted">The cart is empty: add a product.</p>}
      {lines.length > 0 && (
        <>
          <CartLines lines={lines} />
          <div class="row">
            {step === 'shopping' && (
              <Sends
                event="Checkout Started"
                isMain
                onClick={() => {
                  const order_id = `order-${crypto.randomUUID().slice(0, 8)}`;
                  setOrderId(order_id);
                  checkOut();
                  return track('Checkout Started', { ...order, order_id });
                }}
              >
                Check out
              </Sends>
            )}
            {step === 'paying' && (
              <>
                <Sends
                  event="Payment Info Entered"
                  onClick={() => track('Payment Info Entered', { order_id: orderId, payment_method: 'card' })}
                >
                  Enter a card
                </Sends>
                <Sends
                  event="Order Completed"
                  isMain
                  onClick={() => {
                    pay();
                    return track('Order Completed', order);
                  }}
                >
                  Pay {showPrice(total)}
                </Sends>
              </>
            )}
          </div>
        </>
      )}
    </div>
  );
}

function CartLines({ lines }: { readonly lines: readonly CartLine[] }) {
  return (
    <ul>
      {lines.map(({ product_id, name, quantity, price }) => (
        <li key={product_id} class="apart">
          <span>
            {quantity} × {name}
          </span>
          <span>{showPrice(totalOf([{ price, quantity }]))}</span>
        </li>
      ))}
      <li class="apart total">
        <span>Total</span>
        <span>{showPrice(totalOf(lines))}</span>
      </li>
    </ul>
  );
}
