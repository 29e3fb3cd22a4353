// Counts, and long lists, which are shown up to a limit.

/** `1 request`, `1,200 requests`. */
export const countOf = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;

/** How many items of a list are shown. */
export const FIRST = 50;

/** Says how many items of a list are not shown, if any. */
export function More({ count }: { readonly count: number }) {
  return count > FIRST ? <p class="muted small">… and {(count - FIRST).toLocaleString('en')} more</p> : null;
}
