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
  /** Those that lead to the value that is looked at. */
  const keys: string[] = [];
  let values = 0;

  function look(value: unknown, key: string): void {
    values += 1;
    if (values > VALUES) return;
    if (!isRecord(value)) {
      const identified = identifier.recognise(textOf(value), key, country);
      if (identified !== undefined) add(identified);
      return;
    }
    if (Array.isArray(value) || keys.length === DEPTH) return;
    for (const [inner, one] of Object.entries(value)) {
      keys.push(inner);
      look(one, inner);
      keys.pop();
    }
  }

  function add(identified: string): void {
    if (impossiblePath(keys) !== undefined) return;
    const path = printExpression([{ kind: 'path', keys, lists: [] }]);
    if (masked(path, token) === path) places.push({ path, drawer: sha256(identified).charAt(0) });
  }

  look(event, '');
  return places;
}
