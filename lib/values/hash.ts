// SHA-256, the form in which TikTok takes email addresses, phone numbers, external IDs, names and postcodes.

// Taken once: in the context of a function, each look-up of a global that is not ECMAScript's goes through its host.
let nodeCrypto: typeof crypto | undefined;

/** SHA-256 of the text's UTF-8 bytes. */
export function hash(text: string): Sha256 {
  nodeCrypto ??= crypto;
  return nodeCrypto.hash?.('sha256', text) ?? nodeCrypto.createHash('sha256').update(text).digest('hex');
}

const NOT_HEX = /[^0-9a-f]/;

/** Whether a text in lower case is a SHA-256 in hex. The length alone tells almost every other text. */
export const isSha256 = (text: string): text is Sha256 => text.length === 64 && !NOT_HEX.test(text);
