// Reads parameters, and the fields of one object of TikTok's payload.
import { readSource } from '../configuration/expression';
import type { Parameter } from '../configuration/parameter-mappings';
import type { Reader } from '../parameters/readers';
import { REASONS, type Reason } from '../parameters/reasons';
import type { Fields } from '../tiktok/payload';
import { isPresent } from '../values/json';
import type { Reading } from './context';

/**
 * Reads a parameter from the first of its sources that can become it; what is passed over is noted.
 *
 * @param root where the paths of the sources start: the event, or an item of its products.
 * @returns `undefined` if nothing is to be sent.
 */
export function readParameter(parameter: Parameter, reading: Reading, root: unknown): unknown {
  const { reader, expression } = parameter;
  let wasPresent = false;
  for (const source of expression) {
    const value = readSource(source, root);
    if (!isPresent(value)) continue;
    wasPresent = true;
    reading.isLiteral = source.kind === 'literal';
    reading.path = source.kind === 'path' ? source.keys : NO_KEYS;
    const sent = reader.read(value, reading);
    if (reading.reasons.length > 0) note(reading, parameter, source.text, sent !== undefined);
    if (sent !== undefined) return sent;
  }
  return reader.readAbsent?.(reading, wasPresent);
}

const NO_KEYS: readonly string[] = [];

/** Notes each reason once. */
function note(
  { reasons, leftOut, item }: Reading,
  { name, reader }: Parameter,
  source: string,
  isPart: boolean,
): void {
  for (const reason of new Set(reasons))
    leftOut.push({
      parameter: name,
      source,
      reason,
      flaw: describeReason(reason, reader),
      isPart,
      ...(item !== undefined && { item }),
    });
  reasons.length = 0;
}

const describeReason = (reason: Reason, { flaw }: Reader): string =>
  reason === 'invalid' ? flaw : REASONS[reason];

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
