// Reads the fields of one object of TikTok's payload.
import { evaluate } from '../configuration/expression';
import type { Parameter } from '../configuration/parameter-mappings';
import type { Fields } from '../tiktok/payload';
import type { Context } from './readers';

/**
 * Reads parameters from the event, or from an item of its products; `undefined` if there is nothing for any of them.
 *
 * @param root what the paths of the sources begin at.
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
    if (sent !== undefined) (fields ??= {})[field] = sent;
  }
  return fields;
}
