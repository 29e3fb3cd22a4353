// Values of requests, short enough to be read in a line. Pure.

/** Only the beginning of a hash; strings without their quotes. @param value as JSON. */
export const shorten = (value: string): string =>
  value
    .replace(/^"(.*)"$/s, '$1')
    .replace(/[0-9a-f]{64}/g, (hash) => `${hash.slice(0, 10)}…`)
    .replace(/^\["(.*)"\]$/s, '$1')
    .replaceAll('","', ', ');
