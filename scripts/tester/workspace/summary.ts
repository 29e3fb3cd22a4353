// What distinguishes events of the same name: `10011 · 49.9 USD · store`. Pure.
import { isPresent, ownProperty } from '../../../lib/values/json';
import { textOf } from '../../../lib/values/text';
import { masked } from '../../cli/printable';

/** Of each, the first path with a value counts. */
const IDS = [
  'properties.order_id',
  'properties.order_number',
  'properties.orderId',
  'properties.id',
  'properties.product_id',
  'properties.sku',
];
const AMOUNTS = ['properties.value', 'properties.revenue', 'properties.total', 'properties.price'];
const CURRENCIES = ['properties.currency'];
const PLACES = ['properties.channel', 'properties.store', 'properties.source', 'context.page.path'];

/** Characters of a value. */
const LONGEST = 40;

export function summaryOf(event: unknown): string {
  const worth = join([firstOf(AMOUNTS, event), firstOf(CURRENCIES, event)], ' ');
  return join([firstOf(IDS, event), worth, firstOf(PLACES, event)], ' · ');
}

const join = (texts: readonly string[], separator: string): string => texts.filter(isPresent).join(separator);

function firstOf(paths: readonly string[], event: unknown): string {
  for (const path of paths) {
    const value = path.split('.').reduce(ownProperty, event);
    const text = typeof value === 'number' ? String(value) : textOf(value);
    if (isPresent(text)) return masked(text.slice(0, LONGEST), '');
  }
  return '';
}
