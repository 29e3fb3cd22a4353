// Reads parameters, and the fields of one object of TikTok's payload.
import { readSource } from '../configuration/expression';
import type { Parameter } from '../configuration/parameter-mappings';
import type { Fields } from '../tiktok/payload';
import { isPresent } from '../values/json';
import type { Reading } from './context';

/**
 * Reads a parameter from the first of its sources that can become it; what is passed over is noted.
 *
 * @param root where the paths of the sources start: the event, or an item of its products.
 * @returns `undefined` if nothing is to be sent.
 */
export function readParameter(
  { name, reader, expression }: Parameter,
  reading: Reading,
  root: unknown,
): unknown {
  let wasPresent = false;
  for (const source of expression) {
    const value = readSource(source, root);
    if (!isPresent(value)) continue;
    wasPresent = true;
    reading.isLiteral = source.kind === 'literal';
    reading.path = source.kind === 'path' ? source.keys : NO_KEYS;
    const sent = reader.read(value, reading);
    if (reading.reasons.length > 0) note(reading, name, source.text, sent !== undefined);
    if (sent !== undefined) return sent;
  }
  return reader.readAbsent?.(reading, wasPresent);
}

const NO_KEYS: readonly string[] = [];

/** Notes each reason once. */
function note({ reasons, leftOut, item }: Reading, parameter: string, source: string, isPart: boolean): void {
  for (const reason of new Set(reasons))
    leftOut.push({ parameter, source, reason, isPart, ...(item !== undefined && { item }) });
  reasons.length = 0;
}

/** Reads parameters into an object, by their fields; `undefined` if there is nothing for any of them. */
export function readFields(
  parameters: readonly Parameter[],
  reading: Reading,
  root: unknown,
): Fields | undefined {
  let fields: Record<string, unknown> | undefined;
  for (const parameter of parameters) {
    const sent = readParameter(parameter, reading, root);
    if (sent === undefined) continue;
    fields ??= {};
    fields[parameter.field] = sent;
  }
  return fields;
}
