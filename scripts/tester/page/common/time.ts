// Times as the page shows them.

/** The time of day on this machine's clock, of a time in ISO 8601. */
export const timeOf = (iso: string): string => new Date(iso).toLocaleTimeString('en-GB');
