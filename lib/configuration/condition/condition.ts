// What a condition is: FQL, the language of Segment's destination filters and triggers, once it has been read.
//
//   type = "track" and (event = 'Click' or match(event, "Button *"))      'dark-mode' in properties.features
//   !contains(context.library.name, "js")                                 properties.products.0.sku != null
//
// Segment, "Destination Filter Query Language": https://www.twilio.com/docs/segment/api/public-api/fql
import type { FunctionName } from './functions';

/** A condition, or a value in one. */
export type Condition =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Condition[] }
  | { readonly kind: 'path'; readonly keys: readonly string[] }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly operands: readonly Condition[] }
  | {
      readonly kind: 'comparison';
      readonly operator: Operator;
      readonly left: Condition;
      readonly right: Condition;
    }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] };

export const OPERATORS = ['=', '!=', '>', '>=', '<', '<=', 'in'] as const;
export type Operator = (typeof OPERATORS)[number];

/** Whether any path of a condition is one that `accepts` takes. */
export function somePath(condition: Condition, accepts: (keys: readonly string[]) => boolean): boolean {
  const inPart = (part: Condition): boolean => somePath(part, accepts);
  switch (condition.kind) {
    case 'literal':
      return false;
    case 'path':
      return accepts(condition.keys);
    case 'list':
      return condition.items.some(inPart);
    case 'call':
      return condition.operands.some(inPart);
    case 'comparison':
      return inPart(condition.left) || inPart(condition.right);
    case 'not':
      return inPart(condition.condition);
    case 'and':
    case 'or':
      return condition.conditions.some(inPart);
  }
}
