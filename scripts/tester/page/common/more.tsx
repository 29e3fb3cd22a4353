// Long lists, which are shown up to a limit.
import { formatCount } from '../../../report/count';

/** How many items of a list are shown. */
export const FIRST = 50;

/** Says how many items of a list are not shown, if any. */
export function More({ count }: { readonly count: number }) {
  return count > FIRST ? <p class="muted small">… and {formatCount(count - FIRST)} more</p> : null;
}
