// A small storefront. Each click says what it sends.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { State } from '../api';
import { OutcomeBadge } from './outcome';
import { arrive, knownEmail, signIn, signOut, track } from './site';
import { timeOf } from './time';
import { visible } from '../../cli/visible';

interface Product {
  readonly product_id: string;
  readonly name: string;
  readonly category: string;
  readonly brand: string;
  readonly price: number;
}

/** The paths of the products' pictures, each in a square of 48. */
const PICTURES: Readonly<Record<string, string>> = {
  'sku-1': 'M6 32v-9l8-3 6 5 8-4 4 5 8 2q3 1 3 5v2q0 2-2 2H8q-2 0-2-2ZM6 32h37M20 25l3-2M25 23l2-1',
  'sku-2': 'M18 8q6 5 12 0l10 6-3 12-4-1v15H15V25l-4 1L8 14ZM24 12v28M15 34h6M27 34h6',
  'sku-3': 'M19 8h13v17l-10 12q-5 5-10 1-4-5 1-9l6-6ZM19 14h13M12 31l7 6',
};

const CURRENCY = 'USD';
const CLICK_ID = 'E.C.P.example-click';

const PRODUCTS: readonly Product[] = [
  {
    product_id: 'sku-1',
    name: 'Trail shoe',
    category: 'Shoes',
    brand: 'Example',
    price: 79.99,
  },
  {
    product_id: 'sku-2',
    name: 'Rain jacket',
    category: 'Jackets',
    brand: 'Example',
    price: 120,
  },
  {
    product_id: 'sku-3',
    name: 'Wool socks',
    category: 'Clothing',
    brand: 'Example',
    price: 14.5,
  },
];

type Cart = Readonly<Record<string, number>>;
type Step = 'shopping' | 'paying' | 'paid';

/** In cents first: a sum of prices is no place for binary fractions. */
const sum = (lines: readonly { readonly price: number; readonly quantity: number }[]): number =>
  lines.reduce((total, { price, quantity }) => total + Math.round(price * 100) * quantity, 0) / 100;

const price = (value: number): string => `$${value.toFixed(2)}`;

const linesOf = (cart: Cart) =>
  PRODUCTS.flatMap((product) => {
    const quantity = cart[product.product_id] ?? 0;
    return quantity === 0 ? [] : [{ ...product, quantity }];
  });

const propertiesOf = (product: Product) => ({
  ...product,
  quantity: 1,
  value: product.price,
  currency: CURRENCY,
});

export function ShopPanel({ state }: { readonly state: State }) {
  const [cart, setCart] = useState<Cart>({});
  const [step, setStep] = useState<Step>('shopping');
  const [orderId, setOrderId] = useState('');
  const lines = linesOf(cart);
  const order = {
    order_id: orderId,
    value: sum(lines),
    revenue: sum(lines),
    currency: CURRENCY,
    products: lines,
  };

  return (
    <>
      <p class="lead">A storefront with the real analytics.js. Each button says what it sends to Segment.</p>
      <Visitor />
      <h3>Products</h3>
      <ul class="products">
        {PRODUCTS.map((product) => (
          <li key={product.product_id} class="card product">
            <svg viewBox="0 0 48 48" aria-hidden="true">
              <path d={PICTURES[product.product_id]} />
            </svg>
            <div class="product-name">
              <strong>{product.name}</strong>
              <span class="muted">{price(product.price)}</span>
            </div>
            <div class="buttons">
              <Sends
                event="Product Viewed"
                about={`at ${product.name}`}
                onClick={() => track('Product Viewed', propertiesOf(product))}
              >
                Look
              </Sends>
              <Sends
                event="Product Added"
                about={product.name}
                onClick={() => {
                  setCart({ ...cart, [product.product_id]: (cart[product.product_id] ?? 0) + 1 });
                  setStep('shopping');
                  return track('Product Added', propertiesOf(product));
                }}
              >
                Add to cart
              </Sends>
            </div>
          </li>
        ))}
      </ul>
      <h3>Cart</h3>
      <div class="card">
        {step === 'paid' && <p class="thanks">Thank you! Your order {orderId} is on its way.</p>}
        {lines.length === 0 && step !== 'paid' && <p class="muted">Nothing in it yet: add a product.</p>}
        {lines.length > 0 && (
          <>
            <ul class="lines">
              {lines.map(({ product_id, name, quantity, price: each }) => (
                <li key={product_id}>
                  <span>
                    {quantity} × {name}
                  </span>
                  <span>{price(sum([{ price: each, quantity }]))}</span>
                </li>
              ))}
              <li class="total">
                <span>Total</span>
                <span>{price(order.value)}</span>
              </li>
            </ul>
            <div class="buttons">
              {step === 'shopping' && (
                <Sends
                  event="Checkout Started"
                  isMain
                  onClick={() => {
                    const order_id = `order-${crypto.randomUUID().slice(0, 8)}`;
                    setOrderId(order_id);
                    setStep('paying');
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
                    onClick={() =>
                      track('Payment Info Entered', { order_id: orderId, payment_method: 'card' })
                    }
                  >
                    Enter a card
                  </Sends>
                  <Sends
                    event="Order Completed"
                    isMain
                    onClick={() => {
                      setCart({});
                      setStep('paid');
                      return track('Order Completed', order);
                    }}
                  >
                    Pay {price(order.value)}
                  </Sends>
                </>
              )}
            </div>
          </>
        )}
      </div>
      <h3>More</h3>
      <div class="card">
        <Sends
          event="Subscription Created"
          onClick={() => track('Subscription Created', { plan: 'Sole club', value: 5, currency: CURRENCY })}
        >
          Join the club for $5 a month
        </Sends>
        <ContactForm />
      </div>
      <SentList state={state} />
    </>
  );
}

interface SendsProps {
  /** What it sends. */
  readonly event: string;
  /** For those who do not see what the button stands at. */
  readonly about?: string;
  readonly isMain?: boolean;
  /** `undefined` for the button of a form. */
  readonly onClick?: () => Promise<void>;
  readonly children: ComponentChildren;
}

function Sends({ event, about = '', isMain = false, onClick, children }: SendsProps) {
  return (
    <button
      type={onClick === undefined ? 'submit' : 'button'}
      class={isMain ? 'sends main' : 'sends'}
      onClick={() => void onClick?.()}
    >
      <span>
        {children}
        <span class="hidden">{about}</span>
      </span>
      <small>
        <span class="hidden">sends </span>
        {event}
      </small>
    </button>
  );
}

function Visitor() {
  const [email, setEmail] = useState('jane.doe@example.com');
  const [phone, setPhone] = useState('(415) 555-0100');
  const [known, setKnown] = useState<string>();
  const [isFromAd, setIsFromAd] = useState(() => location.search.includes('ttclid='));
  useEffect(() => {
    void knownEmail().then(setKnown);
  }, []);

  function submit(event: Event): void {
    event.preventDefault();
    setKnown(email);
    void signIn(email, phone);
  }

  return (
    <div class="card">
      <label class="check">
        <input
          type="checkbox"
          checked={isFromAd}
          onChange={({ currentTarget: { checked } }) => {
            setIsFromAd(checked);
            void arrive(checked ? CLICK_ID : undefined);
          }}
        />
        <span>
          Arrived from an ad <small class="muted">page call, the URL has a ttclid</small>
        </span>
      </label>
      {known === undefined ? (
        <form onSubmit={submit}>
          <div class="fields">
            <label>
              Email
              <input
                type="text"
                inputMode="email"
                value={email}
                autocomplete="off"
                onInput={({ currentTarget: { value } }) => {
                  setEmail(value);
                }}
              />
            </label>
            <label>
              Phone
              <input
                type="text"
                inputMode="tel"
                value={phone}
                autocomplete="off"
                onInput={({ currentTarget: { value } }) => {
                  setPhone(value);
                }}
              />
            </label>
          </div>
          <Sends event="identify, Signed Up" isMain>
            Sign in
          </Sends>
          <p class="muted small">
            Until then nobody knows the visitor, and TikTok could not either: what is sent is rejected.
          </p>
        </form>
      ) : (
        <div class="signed-in">
          <span>
            Signed in as <strong>{visible(known)}</strong>
          </span>
          <button
            type="button"
            onClick={() => {
              setKnown(undefined);
              void signOut();
            }}
          >
            Sign out
          </button>
        </div>
      )}
    </div>
  );
}

function ContactForm() {
  const [email, setEmail] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void track('Form Submitted', { form: 'contact', email });
      }}
    >
      <label>
        Your email, and we write back
        <input
          type="text"
          inputMode="email"
          placeholder="name@example.com"
          value={email}
          autocomplete="off"
          onInput={({ currentTarget: { value } }) => {
            setEmail(value);
          }}
        />
      </label>
      <Sends event="Form Submitted">Send the form</Sends>
    </form>
  );
}

/** What the shop has sent, and what became of it. */
function SentList({ state }: { readonly state: State }) {
  const sent = state.runs.filter(({ from }) => from === 'shop').slice(0, 6);
  return (
    <>
      <h3>Sent to Segment</h3>
      <div role="status">
        {state.pending > 0 && <p class="muted">The function is running…</p>}
        {sent.length === 0 && <p class="muted">Nothing yet.</p>}
        <ol class="sent">
          {sent.flatMap(({ id, at, results }) =>
            results.map(({ name, outcome, conversions }) => (
              <li key={id}>
                <time class="muted">{timeOf(at)}</time>
                <span>
                  <strong>{visible(name)}</strong>
                  {visible(conversions.map(({ event }) => ` → ${event}`).join(''))}
                </span>
                <OutcomeBadge outcome={outcome} />
              </li>
            )),
          )}
        </ol>
      </div>
    </>
  );
}
