// Paths of conditions and expressions, and notes on those at which no event at hand has a value. Pure.
import { somePath, type Condition } from '../../../lib/configuration/condition/condition';
import type { Path } from '../../../lib/configuration/expression';
import { printExpression } from '../../../lib/configuration/print-expression';
import { nearestOf } from '../../../lib/values/nearest';
import { countOf } from '../../report/count';
import type { Remark } from '../api';

/** What is known of the events at hand: the paths at which they have values, and how many events were looked at. */
export interface Known {
  readonly paths: readonly string[];
  readonly events: number;
}

export function pathsIn(condition: Condition): readonly Path[] {
  const paths: Path[] = [];
  somePath(condition, (keys) => {
    paths.push({ keys, lists: [] });
    return false;
  });
  return paths;
}

export const printPath = (path: Path): string => printExpression([{ kind: 'path', ...path }]);

/** Says of which paths no event has a value. */
export function notePaths(paths: readonly Path[], { paths: known, events }: Known): readonly Remark[] {
  if (events === 0) return [];
  const plain = known.map(plainPath);
  return paths
    .filter(({ keys }) => keys.length > 0)
    .map(printPath)
    .filter((path) => !plain.some((one) => isWithin(one, plainPath(path)) || isWithin(plainPath(path), one)))
    .map((path) => {
      const nearest = nearestOf(path, known);
      const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
      return { tone: 'wait', message: `None of ${countOf(events, 'event')} has ${path}${hint}` };
    });
}

/** A path with `[]` for each of its lists. */
const plainPath = (path: string): string => path.replace(/\[[^\]]*\]/g, '[]');

/** Whether a path leads into what stands at another one. A text may be JSON, so a path may go on where values end. */
const isWithin = (inner: string, outer: string): boolean =>
  inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);

/** The paths of products, which begin at the item; an event's own properties may be its product. */
export const ofItems = ({ paths, events }: Known): Known => ({
  events,
  paths: paths.flatMap((path) => /^(?:.*\[\]\.|properties\.)(.+)$/s.exec(path)?.[1] ?? []),
});
