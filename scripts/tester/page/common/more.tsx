// Long lists are shown up to a limit.

/** How many items of a list are shown. */
export const FIRST = 50;

/** Says how many items of a list are not shown, if any. */
export function More({ count }: { readonly count: number }) {
  return count > FIRST ? <p class="muted small">… and {(count - FIRST).toLocaleString('en')} more</p> : null;
}
