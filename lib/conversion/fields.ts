// Reads parameters, and the fields of one object of TikTok's payload.
import { pathsOf } from '../configuration/expression';
import type { Parameter } from '../configuration/parameter-mappings';
import { OPERAND_FLAWS, readSource } from '../configuration/read-source';
import type { TypeName } from '../parameters/readers';
import { REASONS } from '../parameters/reasons';
import type { Fields } from '../tiktok/payload';
import { isPresent, onlyValueOf } from '../values/json';
import type { Reading } from './context';

/**
 * Reads a parameter from the first of its sources that can become it; what is passed over is noted.
 *
 * @param root where the paths of the sources start: the event, or an item of its products.
 * @returns `undefined` if nothing is to be sent.
 */
export function readParameter(parameter: Parameter, reading: Reading, root: unknown): unknown {
  const { type, reader, expression } = parameter;
  let wasPresent = false;
  for (const source of expression) {
    reading.isLiteral = source.kind === 'literal';
    const given = readSource(source, root, type, reading);
    const value = Array.isArray(given) && !reader.takesLists ? onlyValueOf(eachOnce(given, type)) : given;
    const isUsable = isPresent(value);
    if (!isUsable && reading.reasons.length === 0) continue;
    wasPresent = true;
    reading.path = source.kind === 'path' ? source.keys : (pathsOf(source)[0]?.keys ?? NO_KEYS);
    const sent = isUsable ? reader.read(value, reading) : undefined;
    if (reading.reasons.length > 0) {
      const flaw = isUsable ? reader.flaw : (OPERAND_FLAWS[source.kind] ?? reader.flaw);
      note(reading, parameter, source.text, flaw, sent !== undefined);
    }
    if (sent !== undefined) return sent;
  }
  return reader.readAbsent?.(reading, wasPresent);
}

const NO_KEYS: readonly string[] = [];

/** A query may say the same twice; but two equal amounts may be meant to be added. */
const eachOnce = (list: readonly unknown[], type: TypeName): readonly unknown[] =>
  type === 'number' || type === 'custom' ? list : [...new Set(list)];

/**
 * Notes each reason once.
 *
 * @param flaw what an invalid value is.
 */
function note(
  { reasons, leftOut, item }: Reading,
  { name }: Parameter,
  source: string,
  flaw: string,
  isPart: boolean,
): void {
  for (const reason of new Set(reasons))
    leftOut.push({
      parameter: name,
      source,
      reason,
      flaw: reason === 'invalid' ? flaw : REASONS[reason],
      isPart,
      ...(item !== undefined && { item }),
    });
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
