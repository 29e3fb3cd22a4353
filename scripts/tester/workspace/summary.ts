// What tells events apart that have the same name: `10011 · 49.9 USD · store`. Pure.
import { isPresent, ownProperty } from '../../../lib/values/json';
import { textOf } from '../../../lib/values/text';
import { masked } from '../../cli/printable';

/** The parts of a summary: of each the first path with a value counts. In one with several lists, these stand side by side. */
const PARTS: readonly (readonly (readonly string[])[])[] = [
  [
    [
      'properties.order_id',
      'properties.order_number',
      'properties.orderId',
      'properties.id',
      'properties.product_id',
      'properties.sku',
    ],
  ],
  [
    ['properties.value', 'properties.revenue', 'properties.total', 'properties.price'],
    ['properties.currency'],
  ],
  [['properties.channel', 'properties.store', 'properties.source', 'context.page.path']],
];

/** Characters of a part. */
const LONGEST = 40;

export const summaryOf = (event: unknown): string =>
  PARTS.map((lists) =>
    lists
      .map((paths) => firstOf(paths, event))
      .filter(isPresent)
      .join(' '),
  )
    .filter(isPresent)
    .join(' · ');

function firstOf(paths: readonly string[], event: unknown): string {
  for (const path of paths) {
    const value = path.split('.').reduce(ownProperty, event);
    const text = typeof value === 'number' ? String(value) : textOf(value);
    if (isPresent(text)) return masked(text.slice(0, LONGEST), '');
  }
  return '';
}
