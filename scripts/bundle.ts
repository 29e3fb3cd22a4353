// Makes dist/destination.js out of functions/destination.ts, and calls its handlers as Segment does.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import vm from 'node:vm';
import { build, transform } from 'esbuild';
import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
import { format } from 'prettier/standalone';
import { z } from 'zod';
import { SETTINGS } from '../lib/settings';
import { version } from '../package.json';
import { stamp, title } from './build-id';
import { createGlobals } from './segment/globals';
import { HANDLER_NAMES, loadFunction, type LoadedFunction } from './segment/load';
import { createNetwork } from './segment/network';
import { describeThrown, OUTCOMES } from './segment/runtime';

const ROOT = path.join(__dirname, '..');
export const ENTRY = path.join(ROOT, 'functions/destination.ts');
export const BUNDLE = path.join(ROOT, 'dist/destination.js');

/** Something is wrong with what was to be bundled; the message says what. */
export class BundleError extends Error {
  override name = 'BundleError';
}

function header(): string {
  const settings = SETTINGS.map(({ label, type, required, sensitive }) => {
    const marks = [type, ...(required ? ['required'] : []), ...(sensitive ? ['sensitive'] : [])];
    return `// ${label}: ${marks.join(', ')}`;
  });
  return [title(version), '// Settings to create:', ...settings, ''].join('\n');
}

/**
 * Takes the globals of ECMAScript that the code uses more than once into its scope: in a context such as Segment makes for a function,
 * each look-up of a global goes by way of the host, and costs as much as the work of a short function.
 */
function takeGlobals(code: string): string {
  const globals: unknown = vm.runInNewContext('Object.getOwnPropertyNames(globalThis)');
  const used = z
    .array(z.string())
    .parse(globals)
    .filter((name) => /^[A-Z]/.test(name) && code.split(new RegExp(`\\b${name}\\b`)).length > 2);
  return `const {${used.join(', ')}} = globalThis;`;
}

function declaration(name: string): string {
  const subject = name === 'onBatch' ? 'events' : 'event';
  return `\nfunction ${name}(${subject}, settings) {\n\treturn handlers.${name}(${subject}, settings)\n}`;
}

/**
 * Bundles a module that exports handlers into one text for Segment's editor. The module and all it imports are kept
 * in a scope of their own, so that no name in there can be taken for a handler or stand in the way of one; around it
 * stand plain function declarations with the handlers' names, which is what Segment looks for.
 *
 * @throws BundleError when an export is no handler, or a handler cannot be called in Segment.
 */
export async function bundle(entry: string): Promise<string> {
  const common = {
    bundle: true,
    write: false,
    target: 'node20',
    charset: 'utf8',
    legalComments: 'none',
  } as const;
  const module = await build({ ...common, entryPoints: [entry], format: 'esm', metafile: true });
  const names = Object.values(module.metafile.outputs).flatMap((output) => output.exports);
  for (const name of names) {
    if (!HANDLER_NAMES.includes(name)) {
      throw new BundleError(
        `${entry} exports ${name}, which Segment does not call; it calls ${HANDLER_NAMES.join(', ')}`,
      );
    }
  }

  const list = `{ ${names.join(', ')} }`;
  const contents = `import ${list} from ${JSON.stringify(entry)};\nhandlers = ${list};`;
  const { outputFiles } = await build({ ...common, stdin: { contents, resolveDir: ROOT }, format: 'esm' });
  const body = await print(outputFiles.map(({ text }) => text).join(''));
  const code = stamp(
    [
      header(),
      'let handlers;',
      '(() => {',
      '"use strict";',
      takeGlobals(body),
      body,
      '})();',
      ...names.map(declaration),
    ].join('\n'),
  );
  await check(code, names);
  return code;
}

/**
 * Prints code compactly and as a person would: it is to be read in Segment's editor, and to be small.
 *
 * @throws BundleError when that changes more than the look.
 */
async function print(code: string): Promise<string> {
  // What esbuild notes for other bundlers.
  const plain = code.replace(/^ *\/\/ .*\n|\/\* @__PURE__ \*\/ /gm, '');
  const printed = await format(plain, {
    parser: 'babel',
    plugins: [babel, estree],
    printWidth: 195,
    useTabs: true,
    semi: false,
    arrowParens: 'avoid',
    bracketSpacing: false,
    objectWrap: 'collapse',
    trailingComma: 'none',
  });
  const [before, after] = await Promise.all([code, printed].map((text) => transform(text, { minify: true })));
  if (before?.code !== after?.code) throw new BundleError('Printing the code changes what it does');
  return printed;
}

/**
 * Loads the text as Segment does and calls each handler, which may then end in any way that Segment understands.
 *
 * @throws BundleError with the reason when one cannot be called.
 */
export async function check(code: string, names: readonly string[]): Promise<void> {
  const globals = createGlobals(
    createNetwork({}, () => undefined),
    () => undefined,
  );
  const { handlers, parse } = loadForCheck(code, globals);
  for (const name of names) {
    const handler = handlers.get(name);
    if (handler === undefined) {
      throw new BundleError(
        `Segment finds no handler ${name}: it must be a function declaration at the top of the file`,
      );
    }
    try {
      await handler(parse(name === 'onBatch' ? '[]' : 'null'), parse('{}'));
    } catch (error) {
      const { name: thrown, message } = describeThrown(error);
      if (!OUTCOMES.has(thrown)) {
        throw new BundleError(`Segment cannot call ${name}: ${thrown}: ${message}`);
      }
    }
  }
}

function loadForCheck(code: string, globals: Readonly<Record<string, unknown>>): LoadedFunction {
  try {
    return loadFunction(code, globals);
  } catch (error) {
    throw new BundleError(`Segment cannot load the bundle: ${String(error)}`);
  }
}

/** Bundles the function into dist/destination.js and gives its text. */
export async function writeBundle(): Promise<string> {
  const code = await bundle(ENTRY);
  await mkdir(path.dirname(BUNDLE), { recursive: true });
  // Whoever reads the file meanwhile gets a whole one.
  const unfinished = `${BUNDLE}.${String(process.pid)}`;
  await writeFile(unfinished, code);
  await rename(unfinished, BUNDLE);
  return code;
}

async function main(): Promise<void> {
  const code = await writeBundle();
  console.log(`${path.relative('', BUNDLE)}: ${String(Buffer.byteLength(code))} bytes`);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    if (!(error instanceof BundleError)) throw error;
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  });
}
