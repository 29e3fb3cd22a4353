// What a source gives for an event, or for an item of its products.
import { READERS, TYPES_OF_WORDS, type AmountContext, type TypeName } from '../parameters/readers';
import type { Reason } from '../parameters/reasons';
import { OwnPhones } from '../privacy/own-phones';
import { booleanOf } from '../values/boolean';
import { isPresent, itemsOf, onlyValueOf, ownProperty, parsedValue } from '../values/json';
import { isPlaceholder } from '../values/placeholder';
import { MAX_TEXT, textOf } from '../values/text';
import type { Field, Path, Source, SourceForm } from './expression';

/** Where nothing is known but the event. */
const NO_CONTEXT: AmountContext = {
  currency: () => undefined,
  phones: new OwnPhones(),
  isLiteral: false,
  leaveOut: () => undefined,
};

/**
 * The value of a source. Paths read own properties only, also those of an object that is JSON in a text.
 *
 * @param root where the paths start: the event, or an item of its products.
 * @param type of the parameter that it is for.
 * @returns `undefined` if it is absent, or if what it is made of cannot be used, after saying why.
 */
export function readSource(
  source: SourceForm,
  root: unknown,
  type: TypeName,
  context: AmountContext = NO_CONTEXT,
): unknown {
  switch (source.kind) {
    case 'path':
      return valueAt(source, root);
    case 'literal':
      return source.value;
    case 'template':
      return fill(source.parts, root, type, context);
    case 'product': {
      const value = onlyValueOf(valueAt(source.path, root));
      const amount = isPresent(value) ? READERS.number.read(value, context) : undefined;
      return amount === undefined ? undefined : calculate(amount, source.operator, source.operand);
    }
    case 'negation': {
      const value = onlyValueOf(valueAt(source.path, root));
      return isPresent(value) ? negate(value, context) : undefined;
    }
  }
}

/** What a source is of which an invalid value is a part; completes the sentence `"properties.amount / 100" is …`. */
export const OPERAND_FLAWS: Readonly<Partial<Record<Source['kind'], string>>> = {
  template: 'not a string: one of its paths leads to an object, or two lead to lists',
  product: READERS.number.flaw,
  negation: READERS.limitedDataUse.flaw,
};

/** What stands at a path. */
export function valueAt({ keys, lists }: Path, root: unknown): unknown {
  const value = valueAtKeys(keys, root);
  // Almost every path has no list.
  if (lists.length === 0) return value;
  let values: readonly unknown[] = [value];
  let isList = false;
  for (const { where, keys: rest } of lists) {
    isList ||= where === undefined;
    values = values
      .flatMap((list) => itemsAt(list, where))
      .map((item) => valueAtKeys(rest, item))
      .filter(isPresent);
  }
  return isList ? values : values[0];
}

function valueAtKeys(keys: readonly string[], root: unknown): unknown {
  let value = root;
  for (const key of keys) value = ownProperty(parsedValue(value), key);
  return value;
}

/** All items of a list, or the first one with a field. What is not a list is the only item of one. */
function itemsAt(list: unknown, where: Field | undefined): readonly unknown[] {
  const parsed = parsedValue(list);
  const items = itemsOf(parsed) ?? [parsed];
  if (where === undefined) return items;
  const found = items.find((item) => valueAtKeys(where.keys, item) === where.value);
  return found === undefined ? [] : [found];
}

/** The significant digits that a double has in any case. */
const EXACT_DIGITS = 15;

/** As a person calculates in decimals: 0.1 * 3 is 0.3. */
function calculate(amount: number, operator: '*' | '/', operand: number): number {
  const result = operator === '*' ? amount * operand : amount / operand;
  return Number.isSafeInteger(result) ? result : Number(result.toPrecision(EXACT_DIGITS));
}

function negate(value: unknown, context: AmountContext): boolean | undefined {
  const said = booleanOf(value);
  if (said !== undefined) return !said;
  context.leaveOut(isPlaceholder(textOf(value)) ? 'placeholder' : 'invalid');
  return undefined;
}

/** What a text, or a part of it, is so far: a text for each item if there is a list in it. */
interface Filled {
  readonly texts: readonly string[];
  readonly isList: boolean;
}

const asItStands = (text: string): Filled => ({ texts: [text], isList: false });

/**
 * Fills in a text; a list at one place gives a list of texts. Absent if nothing stands at one of the places. What is
 * longer than any text that is read is given up, so that this costs no more.
 */
function fill(
  parts: readonly (string | Path)[],
  root: unknown,
  type: TypeName,
  context: AmountContext,
): string | readonly string[] | undefined {
  const reasons: Reason[] = [];
  let filled = asItStands('');
  for (const part of parts) {
    const next = typeof part === 'string' ? asItStands(part) : textsOf(valueAt(part, root), type, reasons);
    if (next === undefined) return undefined;
    filled = append(filled, next, reasons);
    if (filled.texts.length === 0) break;
  }
  for (const reason of reasons) context.leaveOut(reason);
  return filled.isList ? filled.texts : filled.texts[0];
}

/** What a value is within a text, without what cannot be a part of one; `undefined` if it is absent. */
function textsOf(value: unknown, type: TypeName, reasons: Reason[]): Filled | undefined {
  if (!isPresent(value)) return undefined;
  const items = itemsOf(value);
  const texts: string[] = [];
  for (const item of (items ?? [value]).filter(isPresent)) {
    const text = partOf(item);
    if (text === undefined) reasons.push('invalid');
    else if (!TYPES_OF_WORDS.has(type) && isPlaceholder(text)) reasons.push('placeholder');
    else texts.push(text);
  }
  return { texts, isList: items !== undefined };
}

/** A text, an amount, or yes or no. A whole number beyond 2^53 lost digits before it came here. */
function partOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'boolean') return String(value);
  const isExact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  return isExact ? String(value) : undefined;
}

function append(before: Filled, after: Filled, reasons: Reason[]): Filled {
  // Nothing says which texts of two lists belong together.
  if (before.isList && after.isList) {
    reasons.push('invalid');
    return { texts: [], isList: true };
  }
  const isList = before.isList || after.isList;
  const texts = before.texts.flatMap((beginning) => after.texts.map((end) => beginning + end));
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  if (length <= MAX_TEXT) return { texts, isList };
  reasons.push('too_long');
  return { texts: [], isList };
}
