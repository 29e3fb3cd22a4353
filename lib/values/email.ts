// Email addresses. TikTok hashes them trimmed and in lower case.
// TikTok, "Events API 2.0 parameters": https://business-api.tiktok.com/portal/docs?id=1771101151059969
import { lazyPattern } from './pattern';
import { decodeText, ifMatches, normalise, withAsciiDots } from './text';

/**
 * RFC 5321, section 4.5.3.1, has 64 octets before the @ and, with erratum 1690 to RFC 3696, 254 in all. Characters are
 * counted here: of an address in ASCII these are the octets.
 */
const MAX_LENGTH = 254;

const BEYOND_ASCII = /[^\0-\x7f]/;

/** What begins an escape of a URL or of HTML. */
const ESCAPED = /[%&]/;

/**
 * Anything visible but what separates addresses or quotes them, and what stands for characters that were hidden
 * (`j***@example.com`, `jan...@example.com`); an apostrophe or `=` before it is a spreadsheet's.
 */
const LOCAL_PART = String.raw`(?!['=|])[^\s\p{C}@,;:<>()[\]\\"*•]{1,64}(?<!\.{3})`;
/** Letters, marks and digits of any script, and the dash; it neither begins nor ends with a dash. */
const LABEL = String.raw`(?!-)[-\p{L}\p{M}\p{N}]+(?<!-)`;
/** Two characters or more, the first of them a letter, so that an IP address is not a domain. */
const TOP_LEVEL_LABEL = String.raw`(?=\p{L}.)${LABEL}`;
const EMAIL = lazyPattern(String.raw`^${LOCAL_PART}@(?:${LABEL}\.)+${TOP_LEVEL_LABEL}$`, 'u');

/** Quotes of a spreadsheet or an export, and what stands behind an address in a sentence or a list. */
const AROUND = /^["']|["'.,;]$/g;
/** A mail program's `Jane Doe <jane@example.com>`; not if the name is an address, too. */
const BEHIND_NAME = /^[^<>@]*<([^<>]*)>$/;
/** A page's `mailto:jane@example.com?subject=Order`. */
const LINK = /^mailto:([^?]*).*/s;

/**
 * A text in lower case as the address that is hashed: escapes read, wide characters made plain, and what people and
 * programs put around it removed. It must look like exactly one.
 */
export function normaliseEmail(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const plain = BEYOND_ASCII.test(text)
    ? withAsciiDots(normalise(text)).replace(/[‘’]/g, "'").replace(/[“”]/g, '"').toLowerCase()
    : text;
  const address = ESCAPED.test(plain) ? decodeText(plain).toLowerCase() : plain;
  return ifMatches(address, EMAIL()) ?? ifMatches(withoutSurroundings(address), EMAIL());
}

const withoutSurroundings = (text: string): string =>
  text.replace(BEHIND_NAME, '$1').replace(LINK, '$1').replace(AROUND, '').trim();
