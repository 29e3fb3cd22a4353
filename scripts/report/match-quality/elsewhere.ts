// Where in an event an identifier stands that no source leads to.
import { impossiblePath } from '../../../lib/configuration/event-fields';
import { printExpression } from '../../../lib/configuration/print-expression';
import { isRecord } from '../../../lib/values/json';
import { textOf } from '../../../lib/values/text';
import { masked } from '../../cli/printable';
import { sha256 } from '../cases/readable';
import type { Identifier } from './identifiers';

/** A value of an event that is an identifier. */
export interface Place {
  /** As Parameter Mappings spell it: `properties.mail`. */
  readonly path: string;
  /** Which of sixteen drawers the value belongs in: values in different drawers are different. */
  readonly drawer: string;
}

/** Levels and values that are looked at: an event may be anything. */
const DEPTH = 5;
const VALUES = 300;

/**
 * Finds the places whose value is an identifier without doubt. Lists are not looked at: their items may be anybody's.
 * A path that may be personal itself, such as one with an address as a key, is not given.
 *
 * @param country of phone numbers without a calling code.
 */
export function findElsewhere(
  event: unknown,
  identifier: Identifier,
  country: string | undefined,
  token: string,
): readonly Place[] {
  const places: Place[] = [];
  let values = 0;

  function look(value: unknown, keys: readonly string[]): void {
    if (isRecord(value)) {
      if (Array.isArray(value) || keys.length === DEPTH) return;
      for (const [key, inner] of Object.entries(value)) look(inner, [...keys, key]);
      return;
    }
    values += 1;
    if (values > VALUES) return;
    const identified = identifier.recognise(textOf(value), keys.at(-1) ?? '', country);
    if (identified === undefined || impossiblePath(keys) !== undefined) return;
    const path = printExpression([{ kind: 'path', keys, lists: [] }]);
    if (masked(path, token) === path) places.push({ path, drawer: sha256(identified).charAt(0) });
  }

  look(event, []);
  return places;
}
