// Hashes in a case: written as the text that was hashed, `sha256(jane@example.com)`.
import { createHash } from 'node:crypto';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** How the hash of a text is written. */
export const writeHash = (text: string): string => `sha256(${text})`;

/** The hash that a text of a case stands for; the text itself if it stands for none. */
export function readHash(text: string): string {
  const hashed = /^sha256\((.*)\)$/s.exec(text)?.[1];
  return hashed === undefined ? text : sha256(hashed);
}
