// Where a value that was sent came from.
import type { Source } from '../../lib/configuration/expression';
import type { Parameter } from '../../lib/configuration/parameter-mappings';
import { readSource } from '../../lib/configuration/read-source';
import type { LeftOut } from '../../lib/parameters/reasons';
import { isPresent } from '../../lib/values/json';
import type { Examined } from './examine';

/**
 * The source whose value was sent, and the value: the first one with a value that was not passed over.
 *
 * @param root where the paths of the sources start: the event, or an item of its products.
 * @param leftOut what was left out of it.
 */
export function sentFrom(
  { name, type, expression }: Parameter,
  root: unknown,
  leftOut: readonly LeftOut[],
): { readonly source: Source; readonly value: unknown } | undefined {
  const passedOver = new Set(
    leftOut.filter(({ parameter, isPart }) => parameter === name && !isPart).map(({ source }) => source),
  );
  for (const source of expression) {
    if (passedOver.has(source.text)) continue;
    const value = readSource(source, root, type);
    if (isPresent(value)) return { source, value };
  }
  return undefined;
}

/**
 * The source whose value was sent in the place of one that was passed over; `undefined` if none was, or if it is a
 * product's.
 *
 * @param passedOver one of those that were left out of the event.
 */
export function replacementOf(
  passedOver: LeftOut,
  { event, plans, converted }: Examined,
): string | undefined {
  if (passedOver.isPart || passedOver.item !== undefined) return undefined;
  const parameter = plans
    .flatMap(({ parameters }) => Object.values(parameters).flat())
    .find(
      ({ name, expression }) =>
        name === passedOver.parameter && expression.some(({ text }) => text === passedOver.source),
    );
  return parameter && sentFrom(parameter, event, converted?.leftOut ?? [])?.source.text;
}
