// A product of the shop.
import { PICTURES, propertiesOf, showPrice, type Product } from './products';
import { Sends } from './sends';
import { track } from './site';

interface Props {
  readonly product: Product;
  /** Puts one more of it into the cart. */
  readonly add: () => void;
}

export function ProductCard({ product, add }: Props) {
  return (
    <li class="card product">
      <svg viewBox="0 0 48 48" aria-hidden="true">
        <path d={PICTURES[product.product_id]} />
      </svg>
      <div>
        <strong>{product.name}</strong>
        <span class="block muted">{showPrice(product.price)}</span>
      </div>
      <div class="row">
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
            add();
            return track('Product Added', propertiesOf(product));
          }}
        >
          Add to cart
        </Sends>
      </div>
    </li>
  );
}
