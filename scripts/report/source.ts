// Where a value that was sent came from.
import type { Source } from '../../lib/configuration/expression';
import type { Parameter } from '../../lib/configuration/parameter-mappings';
import { readSource } from '../../lib/configuration/read-source';
import type { LeftOut } from '../../lib/parameters/reasons';
import { isPresent } from '../../lib/values/json';

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
