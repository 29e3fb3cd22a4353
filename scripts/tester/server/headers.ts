// What every answer says to the browser: load nothing from elsewhere, appear in no frame, keep nothing.
import { randomUUID } from 'node:crypto';

/** The page's editor writes its styles into the page, which only it may: they carry this, and so does the page. */
export const NONCE = randomUUID();

export const HEADERS = {
  'Content-Security-Policy': `default-src 'self'; style-src 'self' 'nonce-${NONCE}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
} as const;
