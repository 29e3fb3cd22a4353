// The paths at which an event has values, as Parameter Mappings spell them. Pure.
import type { Path } from '../../../lib/configuration/expression';
import { printExpression } from '../../../lib/configuration/print-expression';
import { isRecord } from '../../../lib/values/json';

/** Levels that are looked at, and paths of one event: an event may be anything. */
const DEPTH = 8;
const PATHS = 200;

/** Each path once; what all items of a list have is written with `[]`. */
export function pathsOf(event: object): ReadonlySet<string> {
  const paths = new Set<string>();

  function collect(value: unknown, path: Path, depth: number): void {
    if (paths.size === PATHS || value === null) return;
    if (depth === DEPTH || !isRecord(value)) {
      paths.add(printExpression([{ kind: 'path', ...path }]));
      return;
    }
    if (Array.isArray(value))
      for (const item of value) collect(item, { ...path, lists: [...path.lists, { keys: [] }] }, depth + 1);
    else for (const [key, inner] of Object.entries(value)) collect(inner, longer(path, key), depth + 1);
  }

  collect(event, { keys: [], lists: [] }, 0);
  return paths;
}

function longer({ keys, lists }: Path, key: string): Path {
  const last = lists.at(-1);
  return last === undefined
    ? { keys: [...keys, key], lists }
    : { keys, lists: [...lists.slice(0, -1), { keys: [...last.keys, key] }] };
}
