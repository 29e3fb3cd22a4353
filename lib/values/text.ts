// Texts: out of any value, and as a person would read them.

/**
 * A trimmed string, or the digits of a whole number; '' for anything else. A number beyond 2^53 lost digits before it
 * came here, so it does not identify anything any more.
 */
export const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value.trim()
    : Number.isSafeInteger(value) && Number(value) >= 0
      ? String(value)
      : '';

/** The text if it matches. */
export const ifMatches = (text: string, pattern: RegExp): string | undefined =>
  pattern.test(text) ? text : undefined;

/** The text unless it is empty. */
export const nonEmpty = (text: string): string | undefined => (text === '' ? undefined : text);

/** Most texts have nothing to decode. */
const ENCODED = /[%\u0080-\uffff]/;

/**
 * A text as a person would read it: the escapes of a URL read, wide characters made plain, Arabic and Persian digits
 * made those of ASCII. A URL within a URL within a URL is escaped three times.
 */
export const decodeText = (text: string): string =>
  ENCODED.test(text)
    ? decodeEscapes(decodeEscapes(decodeEscapes(text)))
        .normalize('NFKC')
        .replace(ARABIC_DIGITS, asciiDigit)
    : text;

/** Escapes that are not UTF-8 are read as bytes: enough to find an address or a number beside them. */
const decodeEscapes = (text: string): string =>
  text.replace(/(?:%[\da-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes.replace(/%(..)/g, (_, byte: string) => String.fromCharCode(parseInt(byte, 16)));
    }
  });

/** Arabic and Persian digits. */
export const ARABIC_DIGITS = /[٠-٩۰-۹]/g;
/** Their blocks begin at U+0660 and U+06F0: the code's last hexadecimal digit is the digit. */
export const asciiDigit = (arabicDigit: string): string => String(arabicDigit.charCodeAt(0) & 0xf);
