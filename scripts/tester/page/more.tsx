// Long lists by their beginning.

/** How many of a list are shown. */
export const FIRST = 50;

/** Says how many of a list are not shown, where there are more than are. */
export function More({ count }: { readonly count: number }) {
  return count > FIRST ? <p class="muted small">… and {(count - FIRST).toLocaleString('en')} more</p> : null;
}
