// The page's files, made in memory when the server starts; no other file is served.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { bundlePage, PAGE } from '../bundle-page';
import { NONCE } from './headers';

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
