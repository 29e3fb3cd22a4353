// The page's files, made in memory when the server starts; no other file is served.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { ROOT } from '../../cli/project';
import { NONCE } from './headers';

const PAGE = path.join(ROOT, 'scripts/tester/page');

export interface Asset {
  readonly type: string;
  readonly body: string;
}

/** By their path. */
export async function buildAssets(): Promise<ReadonlyMap<string, Asset>> {
  const { outputFiles } = await build({
    entryPoints: [path.join(PAGE, 'main.tsx'), path.join(PAGE, 'style.css')],
    bundle: true,
    write: false,
    outdir: PAGE,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const built = (extension: string) => outputFiles.find((file) => file.path.endsWith(extension))?.text ?? '';
  const read = (name: string) => readFile(path.join(PAGE, name), 'utf8');
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', body: (await read('index.html')).replace('NONCE', NONCE) }],
    ['/main.js', { type: 'text/javascript; charset=utf-8', body: built('.js') }],
    ['/style.css', { type: 'text/css; charset=utf-8', body: built('.css') }],
    ['/icon.svg', { type: 'image/svg+xml', body: await read('icon.svg') }],
  ]);
}
