// Values of requests as a person writes and reads them in a case: a hash as the text that was hashed, a time in ISO 8601.
import { createHash } from 'node:crypto';
import { isRecord } from '../../../lib/values/json';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The field of a conversion that is a time, in whole Unix seconds. */
const TIME = 'event_time';

/**
 * Makes a request readable: `sha256(jane@example.com)` for a hash, `2026-11-20T09:30:00Z` for the time of an event.
 *
 * @param hashed the texts that were hashed, by their hashes.
 */
export function toReadable(value: unknown, hashed: ReadonlyMap<string, string>, key?: string): unknown {
  if (typeof value === 'string') {
    const text = hashed.get(value);
    return text === undefined ? value : `sha256(${text})`;
  }
  if (typeof value === 'number' && key === TIME)
    return new Date(value * 1000).toISOString().replace('.000', '');
  if (Array.isArray(value)) return value.map((item: unknown) => toReadable(item, hashed));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, toReadable(item, hashed, name)]),
  );
}

/** What a readable value stands for. @param key the field that it is in. */
export function fromReadable(value: unknown, key?: PropertyKey): unknown {
  if (typeof value !== 'string') return value;
  const seconds = key === TIME ? Date.parse(value) / 1000 : NaN;
  if (!Number.isNaN(seconds)) return seconds;
  const hashed = /^sha256\((.*)\)$/s.exec(value)?.[1];
  return hashed === undefined ? value : sha256(hashed);
}
