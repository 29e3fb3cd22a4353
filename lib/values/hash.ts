// SHA-256, the form in which TikTok takes email addresses, phone numbers, external IDs, names and postcodes.
import { textOf } from './text';

// Taken once: in the context of a function, each look-up of a global that is not ECMAScript's goes through its host.
const nodeCrypto = crypto;

/** SHA-256 of the text's UTF-8 bytes. */
export const hash = (text: string): Sha256 =>
  nodeCrypto.hash?.('sha256', text) ?? nodeCrypto.createHash('sha256').update(text).digest('hex');

const isSha256 = (text: string): text is Sha256 => /^[0-9a-f]{64}$/.test(text);

/** Brings a text in lower case to the form that is hashed; `undefined` if it is not such an identifier. */
export type Normalise = (text: string, country?: string) => string | undefined;

/** Hashes one value in lower case. A SHA-256 in hex is passed on: it is hashed already. */
export function hashOne(value: unknown, normalise: Normalise, country?: string): Sha256 | undefined {
  const text = textOf(value).toLowerCase();
  if (isSha256(text)) return text;
  const normalised = normalise(text, country);
  return normalised === undefined ? undefined : hash(normalised);
}

/** Hashes one value or an array of them, each once; `undefined` if there is no such identifier among them. */
export function hashAll(
  value: unknown,
  normalise: Normalise,
  country?: string,
): readonly Sha256[] | undefined {
  if (!Array.isArray(value)) {
    const hashed = hashOne(value, normalise, country);
    return hashed && [hashed];
  }
  const hashes = value.flatMap((item) => hashOne(item, normalise, country) ?? []);
  return hashes.length > 0 ? [...new Set(hashes)] : undefined;
}
