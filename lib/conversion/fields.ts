// Reads the fields of one object of TikTok's payload.
import { evaluate } from '../configuration/expression';
import type { Parameter } from '../configuration/parameter-mappings';
import type { Context } from '../parameters/readers';
import type { Fields } from '../tiktok/payload';

/**
 * Reads parameters from the event, or from an item of its products; `undefined` if there is nothing for any of them.
 *
 * @param root where the paths of the sources start.
 */
export function readFields(
  parameters: readonly Parameter[],
  context: Context,
  root: unknown,
): Fields | undefined {
  let fields: Record<string, unknown> | undefined;
  for (const { field, reader, expression } of parameters) {
    const value = evaluate(expression, root);
    const sent = value === undefined ? reader.readAbsent?.(context) : reader.read(value, context);
    if (sent === undefined) continue;
    fields ??= {};
    fields[field] = sent;
  }
  return fields;
}
