// What the shop sells, and what a cart with it costs.

export interface Product {
  readonly product_id: string;
  readonly name: string;
  readonly category: string;
  readonly brand: string;
  readonly price: number;
}

/** With the properties of Segment's e-commerce events. */
export const PRODUCTS: readonly Product[] = [
  { product_id: 'sku-1', name: 'Trail shoe', category: 'Shoes', brand: 'Example', price: 79.99 },
  { product_id: 'sku-2', name: 'Rain jacket', category: 'Jackets', brand: 'Example', price: 120 },
  { product_id: 'sku-3', name: 'Wool socks', category: 'Clothing', brand: 'Example', price: 14.5 },
];

/** The path of each product's picture, in a square of 48. */
export const PICTURES: Readonly<Record<string, string>> = {
  'sku-1': 'M6 32v-9l8-3 6 5 8-4 4 5 8 2q3 1 3 5v2q0 2-2 2H8q-2 0-2-2ZM6 32h37M20 25l3-2M25 23l2-1',
  'sku-2': 'M18 8q6 5 12 0l10 6-3 12-4-1v15H15V25l-4 1L8 14ZM24 12v28M15 34h6M27 34h6',
  'sku-3': 'M19 8h13v17l-10 12q-5 5-10 1-4-5 1-9l6-6ZM19 14h13M12 31l7 6',
};

export const CURRENCY = 'USD';

/** Quantities by product id. */
export type Cart = Readonly<Record<string, number>>;

export interface CartLine extends Product {
  readonly quantity: number;
}

export const linesOf = (cart: Cart): readonly CartLine[] =>
  PRODUCTS.flatMap((product) => {
    const quantity = cart[product.product_id] ?? 0;
    return quantity === 0 ? [] : [{ ...product, quantity }];
  });

export const withOneMore = (cart: Cart, { product_id }: Product): Cart => ({
  ...cart,
  [product_id]: (cart[product_id] ?? 0) + 1,
});

/** What lines cost together. It is added up in cents: three times 79.99 would be 239.96999999999997. */
export const totalOf = (lines: readonly Pick<CartLine, 'price' | 'quantity'>[]): number =>
  lines.reduce((total, { price, quantity }) => total + Math.round(price * 100) * quantity, 0) / 100;

export const showPrice = (value: number): string => `$${value.toFixed(2)}`;

/** The properties of an event about one product. */
export const propertiesOf = (product: Product) => ({
  ...product,
  quantity: 1,
  value: product.price,
  currency: CURRENCY,
});
