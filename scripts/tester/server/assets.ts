// The page's files, made in memory when the server starts; no other file is served. And what goes with every answer.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { bundlePage, PAGE } from '../bundle-page';

/** The page's editor writes its styles into the page, which only it may: they carry this, and so does the page. */
const NONCE = randomUUID();

/** What every answer says to the browser: load nothing from elsewhere, appear in no frame, keep nothing. */
export const HEADERS = {
  'Content-Security-Policy': `default-src 'self'; style-src 'self' 'nonce-${NONCE}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
} as const;

export interface Asset {
  readonly type: string;
  readonly body: string;
}

/** By their path. */
export async function buildAssets(): Promise<ReadonlyMap<string, Asset>> {
  const page = await bundlePage({ script: 'main.tsx', style: 'style.css' }, { format: 'esm' });
  const read = (name: string) => readFile(path.join(PAGE, name), 'utf8');
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', body: (await read('index.html')).replace('NONCE', NONCE) }],
    ['/main.js', { type: 'text/javascript; charset=utf-8', body: page.script }],
    ['/style.css', { type: 'text/css; charset=utf-8', body: page.style }],
    ['/icon.svg', { type: 'image/svg+xml', body: await read('icon.svg') }],
  ]);
}
