// Bundles a script and a stylesheet of scripts/tester/page, in memory.
import path from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { ROOT } from '../cli/project';

export const PAGE = path.join(ROOT, 'scripts/tester/page');

interface BundledPage {
  readonly script: string;
  readonly style: string;
}

/** @param entries the script and the stylesheet, by their paths in {@link PAGE}. */
export async function bundlePage(
  entries: BundledPage,
  format: Pick<BuildOptions, 'format' | 'globalName'>,
): Promise<BundledPage> {
  const { outputFiles } = await build({
    entryPoints: [entries.script, entries.style].map((entry) => path.join(PAGE, entry)),
    bundle: true,
    write: false,
    outdir: PAGE,
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': '"production"' },
    ...format,
  });
  const built = (extension: string) => outputFiles.find((file) => file.path.endsWith(extension))?.text ?? '';
  return { script: built('.js'), style: built('.css') };
}
