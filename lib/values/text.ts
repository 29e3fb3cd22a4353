// Texts: out of any value, as a person would read them, and as they may be shown.
import { lazyPattern } from './pattern';

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

/** A text without what a spreadsheet or an export puts around a value. */
export const withoutQuotes = (text: string): string => text.replace(/^['"]|['"]$/g, '');

/** How Swift, Scala and Python print a text that a program should have taken out first, in lower case. */
const WRAPPED = /^(?:(?:optional|some)\((.*)\)|[bu]'(.*)'|[bu]"(.*)")$/s;

/** A text in lower case without what a program printed around it: `optional("u-1")`, `b'jane@example.com'`. */
export const unwrapped = (text: string): string =>
  WRAPPED.test(text) ? withoutQuotes(text.replace(WRAPPED, '$1$2$3')).trim() : text;

/** The text if it matches. */
export const ifMatches = (text: string, pattern: RegExp): string | undefined =>
  pattern.test(text) ? text : undefined;

/** The text unless it is empty. */
export const nonEmpty = (text: string): string | undefined => (text === '' ? undefined : text);

/** Characters of the longest text that is read: Segment's events have 32 KB at most. */
export const MAX_TEXT = 32_768;

/** What nobody sees: zero-width spaces, joiners, soft hyphens, marks of direction, variation selectors, fillers, tags. */
const INVISIBLE = lazyPattern(String.raw`[\p{Default_Ignorable_Code_Point}\p{Cf}]+`, 'gu');
/** What is not text: control characters but white space, and halves of surrogate pairs. */
const BROKEN = lazyPattern(String.raw`\p{Cs}+|[^\P{Cc}\s]+`, 'gu');

/** What combines with the character before it; the two half-width marks of Katakana count as letters. */
const MARK = String.raw`[\p{M}\uff9e\uff9f]`;
/**
 * Normalising sorts the marks of a character, which takes the square of their number. No language has more than these
 * in a row.
 *
 * Unicode, UAX #15, "Unicode Normalization Forms", section 13, "Stream-Safe Text Format":
 * https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format
 */
const SURPLUS_MARKS = lazyPattern(`(${MARK}{30})${MARK}+`, 'gu');

const BEYOND_ASCII = /[^\0-\x7f]/;

/**
 * The one way to normalise: wide characters and ligatures are made plain, letters and their marks composed (NFKC), and
 * what is invisible is removed. Of an endless text or run of marks only the beginning is left, so that this costs no
 * more than the text's length.
 */
export function normalise(text: string): string {
  const bounded = text.slice(0, MAX_TEXT);
  if (!BEYOND_ASCII.test(bounded)) return bounded;
  return bounded.replace(INVISIBLE(), '').replace(SURPLUS_MARKS(), '$1').normalize('NFKC');
}

/** Digits of other scripts than ours: Arabic, Persian, Devanagari, Thai … */
const OTHER_DIGIT = lazyPattern(String.raw`[^\P{Nd}\d]`, 'gu');
const DIGIT = lazyPattern(String.raw`\p{Nd}`, 'u');

/** Those that were met, with the digits of ASCII: there are less than a thousand. */
const asciiDigits = new Map<string, string>();

/** The digit in ASCII. Those of a script follow each other from 0 to 9. */
function asciiDigit(digit: string): string {
  let ascii = asciiDigits.get(digit);
  if (ascii === undefined) {
    const code = digit.codePointAt(0) ?? 0;
    let zero = code;
    while (DIGIT().test(String.fromCodePoint(zero - 1))) zero -= 1;
    asciiDigits.set(digit, (ascii = String((code - zero) % 10)));
  }
  return ascii;
}

/** With the digits of any script as those of ASCII. */
export const withAsciiDigits = (text: string): string => text.replace(OTHER_DIGIT(), asciiDigit);

/**
 * Full stops that stand for the dot of a domain: that of Chinese and Japanese, as a browser reads it, and that of Urdu.
 * Wide ones are made plain by normalising.
 *
 * Unicode, UTS #46, "Unicode IDNA Compatibility Processing", section 2.3:
 * https://www.unicode.org/reports/tr46/#Notation
 */
const OTHER_FULL_STOP = /[。۔]/g;

/** With every full stop as the dot of ASCII. */
export const withAsciiDots = (text: string): string => text.replace(OTHER_FULL_STOP, '.');

/** Most texts have nothing to decode: they are ASCII without `%`, `&` and backslash. */
const ENCODED = /[^ -$'-[\]-~]/;
/** What escapes begin with in a URL, in HTML and in JSON. */
const BEGINS_ESCAPE = /[%&]|\\u/;

/**
 * A text as a person would read it: the escapes of URLs, HTML and JSON read, wide characters made plain, digits and dots
 * made those of ASCII, and what is invisible removed. A URL within a URL within a URL is escaped three times.
 */
export function decodeText(text: string): string {
  if (!ENCODED.test(text)) return text;
  const visible = fold(text);
  return BEGINS_ESCAPE.test(visible) ? fold(decodeEscapes(decodeEscapes(decodeEscapes(visible)))) : visible;
}

const fold = (text: string): string => withAsciiDots(withAsciiDigits(normalise(text.replace(BROKEN(), ''))));

/**
 * The characters of UTF-8 as a URL escapes them, by their first byte. An exception for each that is not UTF-8 would take
 * long.
 *
 * Unicode, "The Unicode Standard", table 3-7, "Well-Formed UTF-8 Byte Sequences".
 */
const NEXT = '%[89ab][\\da-f]';
const UTF_8 = [
  '%[0-7][\\da-f]',
  `%(?:c[2-9a-f]|d[\\da-f])${NEXT}`,
  `%(?:e0%[ab]|ed%[89]|e[1-9a-cef]%[89ab])[\\da-f]${NEXT}`,
  `%(?:f0%[9ab]|f[1-3]%[89ab]|f4%8)[\\da-f]${NEXT}${NEXT}`,
].join('|');
const URL_ESCAPES = new RegExp(`(?:${UTF_8})+|%[\\da-f]{2}`, 'gi');

/** Escapes that are not UTF-8 are read as bytes: enough to find an address or a number beside them. */
const decodeUrlEscapes = (escapes: string): string =>
  escapes.length > 3 ? decodeURIComponent(escapes) : String.fromCharCode(parseInt(escapes.slice(1), 16));

/**
 * The named characters of HTML that can hide an address or a phone number, and `&amp;`, which hides others.
 *
 * WHATWG, "HTML", section 13.5, "Named character references":
 * https://html.spec.whatwg.org/multipage/named-characters.html
 */
const HTML_NAMES = new Map([
  ['&amp;', '&'],
  ['&commat;', '@'],
  ['&nbsp;', '\u00a0'],
  ['&period;', '.'],
  ['&plus;', '+'],
]);

/** The character of a code point; as in HTML, U+FFFD if there is none. */
const characterOf = (code: number): string => (code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code));

/** How characters are escaped: what every escape begins with, what one looks like, and how it is read. */
const ESCAPES: readonly {
  readonly begin: string;
  readonly pattern: RegExp;
  readonly decode: (escape: string) => string;
}[] = [
  { begin: '%', pattern: URL_ESCAPES, decode: decodeUrlEscapes },
  {
    begin: '\\u',
    pattern: /\\u[\da-f]{4}/gi,
    decode: (escape) => String.fromCharCode(parseInt(escape.slice(2), 16)),
  },
  { begin: '&', pattern: /&[a-z]{3,6};/g, decode: (escape) => HTML_NAMES.get(escape) ?? escape },
  { begin: '&#', pattern: /&#\d{1,7};/g, decode: (escape) => characterOf(parseInt(escape.slice(2), 10)) },
  {
    begin: '&#',
    pattern: /&#x[\da-f]{1,6};/gi,
    decode: (escape) => characterOf(parseInt(escape.slice(3), 16)),
  },
];

const decodeEscapes = (text: string): string =>
  ESCAPES.reduce(
    (decoded, { begin, pattern, decode }) =>
      decoded.includes(begin) ? decoded.replace(pattern, decode) : decoded,
    text,
  );

/** Most texts have nothing that is to be shown otherwise. */
const BEYOND_VISIBLE_ASCII = /[^ -~]/;

/** Each character that nobody sees by its code point, such as `\u{202e}`. */
export const visible = (text: string): string =>
  BEYOND_VISIBLE_ASCII.test(text)
    ? text.replace(INVISIBLE(), codePoints).replace(BROKEN(), codePoints)
    : text;

const codePoints = (characters: string): string =>
  Array.from(characters, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`).join('');

/** White space of any kind, line breaks among it. */
const OTHER_SPACE = /[^\S ]/g;

/** A text in one line: nothing in it steers a terminal, changes the direction of the text around it or hides. */
export const printable = (text: string): string =>
  BEYOND_VISIBLE_ASCII.test(text)
    ? text.replace(INVISIBLE(), '').replace(BROKEN(), '').replace(OTHER_SPACE, ' ')
    : text;

/** Joins parts as long as they fit into `max` characters, the first one always, and says how many more there are. */
export function joinBounded(parts: readonly string[], separator: string, max: number): string {
  let joined = parts[0] ?? '';
  for (const [index, part] of parts.entries()) {
    if (index === 0) continue;
    if (joined.length + separator.length + part.length > max)
      return `${joined}${separator}and ${parts.length - index} more`;
    joined += separator + part;
  }
  return joined;
}
