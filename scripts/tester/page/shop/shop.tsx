// A small storefront. Each click says what it sends.
import { useState } from 'preact/hooks';
import type { State } from '../../api';
import { CartCard, type Step } from './cart';
import { ContactForm } from './contact';
import { ProductCard } from './product';
import { CURRENCY, linesOf, PRODUCTS, withOneMore, type Cart } from './products';
import { Sends } from './sends';
import { SentList } from './sent';
import { track } from './site';
import { Visitor } from './visitor';

export function ShopPanel({ state }: { readonly state: State }) {
  const [cart, setCart] = useState<Cart>({});
  const [step, setStep] = useState<Step>('shopping');

  return (
    <>
      <p class="lead">A storefront with the real analytics.js. Each button says what it sends to Segment.</p>
      <Visitor />
      <h3>Products</h3>
      <ul class="products">
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
        checkOut={() => {
          setStep('paying');
        }}
        pay={() => {
          setCart({});
          setStep('paid');
        }}
      />
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
