// Times as the page writes them.

/** The time of day on this machine's clock, of a time in ISO 8601. */
export const timeOf = (iso: string): string => new Date(iso).toLocaleTimeString('en-GB');

/** A time in Unix seconds as a time in UTC: `2026-11-20 10:15:00 UTC`. */
export const utcOf = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().replace('T', ' ').replace('.000Z', ' UTC');

/** A time, with its Unix number beside it. @param iso in ISO 8601. */
export function Time({ iso }: { readonly iso: string }) {
  return (
    <>
      <time dateTime={iso}>{timeOf(iso)}</time>{' '}
      <span class="muted unix">({Math.floor(Date.parse(iso) / 1000)})</span>
    </>
  );
}
