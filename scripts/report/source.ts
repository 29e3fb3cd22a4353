// Where a value that was sent came from.
import { findPresent, type Source } from '../../lib/configuration/expression';
import type { Parameter } from '../../lib/configuration/parameter-mappings';
import type { LeftOut } from '../../lib/parameters/reasons';

/**
 * The source whose value was sent, and the value: the first one with a value that was not passed over.
 *
 * @param root where the paths of the sources start: the event, or an item of its products.
 * @param leftOut what was left out of it.
 */
export const sentFrom = (
  { name, expression }: Parameter,
  root: unknown,
  leftOut: readonly LeftOut[],
): { readonly source: Source; readonly value: unknown } | undefined =>
  findPresent(
    expression.filter(
      ({ text }) =>
        !leftOut.some(({ parameter, source, isPart }) => parameter === name && source === text && !isPart),
    ),
    root,
  );
