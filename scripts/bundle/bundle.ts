// Builds dist/destination.js from functions/destination.ts, and calls its handlers as Segment does.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import vm from 'node:vm';
import { build } from 'esbuild';
import { z } from 'zod';
import { SETTINGS } from '../../lib/configuration/settings';
import { repository, version } from '../../package.json';
import { CommandError } from '../cli/command';
import { BUNDLE, ENTRY, ROOT } from '../cli/project';
import { createGlobals } from '../local/segment/globals';
import { HANDLER_NAMES, loadFunction, type LoadedFunction } from '../local/segment/load';
import { describeThrown, OUTCOMES } from '../local/segment/runtime';
import { stamp, title } from './build-id';

/** The source cannot be bundled, or Segment could not run the bundle; the message says why. */
export class BundleError extends CommandError {
  override name = 'BundleError';
}

/** The first lines of the file: what it is, where it comes from, and what to do in Segment's editor. */
function header(): string {
  return [
    title(version),
    '// Generated: do not edit it here. Its source, and how to change it:',
    `// ${repository}`,
    '//',
    '// Settings to create in the Settings tab, with exactly these labels and types:',
    ...SETTINGS.map(
      ({ label, type, required, sensitive }) =>
        `// - ${label}: ${type}, ${required ? 'required' : 'optional'}${sensitive ? ', sensitive' : ''}`,
    ),
    '',
  ].join('\n');
}

/** The beginning of the scope that esbuild puts a bundle in. */
const SCOPE = '(() => {\n';

/**
 * Puts the bundle's scope in strict mode, as a module is, and declares in it the globals of ECMAScript that the code
 * uses: in a context such as Segment makes for a function, each look-up of a global goes through the host, and an event
 * would take more than twice as long (2.7 times for a purchase, measured with Node.js 20).
 */
function beginScope(code: string): string {
  const at = code.indexOf(SCOPE);
  if (at < 0) throw new BundleError('esbuild does not begin the scope of a bundle as it did');
  const body = code.slice(at + SCOPE.length);
  const globals: unknown = vm.runInNewContext('Object.getOwnPropertyNames(globalThis)');
  const used = z
    .array(z.string())
    .parse(globals)
    .filter((name) => /^[A-Z]/.test(name) && new RegExp(`\\b${name}\\b`).test(body));
  return `${code.slice(0, at)}${SCOPE}  "use strict";\n  const { ${used.join(', ')} } = globalThis;\n\n${body}`;
}

function declaration(name: string): string {
  const subject = name === 'onBatch' ? 'events' : 'event';
  return `function ${name}(${subject}, settings) {\n  return handlers.${name}(${subject}, settings);\n}`;
}

/**
 * Bundles a module that exports handlers into one text for Segment's editor. The module and all its imports are in a
 * scope of their own, so that no name in there is mistaken for a handler or hides one. Around it are plain function
 * declarations with the handlers' names, which Segment looks for. The text is as esbuild prints it: its marks
 * (`// lib/delivery.ts`) say which file each part comes from.
 *
 * @throws BundleError if an export is not a handler, or a handler cannot be called in Segment.
 */
export async function bundle(entry: string): Promise<string> {
  const common = {
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    target: 'node20',
    charset: 'utf8',
    legalComments: 'none',
    lineLimit: 120,
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
  const { outputFiles } = await build({
    ...common,
    stdin: { contents, resolveDir: ROOT, sourcefile: 'handlers' },
    format: 'iife',
    banner: { js: `${header()}\nlet handlers;` },
    footer: { js: names.map(declaration).join('\n') },
  });
  const code = stamp(beginScope(outputFiles.map(({ text }) => text).join('')));
  await check(code, names);
  return code;
}

/**
 * Loads the text as Segment does and calls each handler, which may end in any way that Segment understands.
 *
 * @throws BundleError if Segment could not load the text or call a handler.
 */
export async function check(code: string, names: readonly string[]): Promise<void> {
  const { handlers, parse } = loadForCheck(code, createGlobals());
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

/** Bundles the function into dist/destination.js, and gives its text. */
export async function writeBundle(): Promise<string> {
  const code = await bundle(ENTRY);
  await mkdir(path.dirname(BUNDLE), { recursive: true });
  // Renamed when it is complete: a reader never gets a part of it.
  const unfinished = `${BUNDLE}.${process.pid}`;
  await writeFile(unfinished, code);
  await rename(unfinished, BUNDLE);
  return code;
}
