// The file that a person pastes into Segment's editor.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sha256 from 'crypto-js/sha256';
import ts from 'typescript';
import { SETTINGS } from '../../lib/configuration/settings';
import { repository, version } from '../../package.json';
import { bundle, check } from '../../scripts/bundle/bundle';
import { BUNDLE, ENTRY, ROOT } from '../../scripts/cli/project';
import { createGlobals } from '../../scripts/local/segment/globals';
import { HANDLER_NAMES, loadFunction } from '../../scripts/local/segment/load';
import { documentation } from '../support/documentation';

const code = readFileSync(BUNDLE, 'utf8');
const globals = createGlobals();

describe('the shipped file', () => {
  test("is for people: names as in the source, one statement a line, and each part below its file's name", () => {
    expect(Math.max(...code.split('\n').map((line) => line.length))).toBeLessThan(150);
    expect(code).toMatch(
      /\n {2}\/\/ lib\/delivery\.ts\n(?:.*\n)* {2}async function deliver\(events, givenSettings\) \{\n {4}const started = /,
    );
    const marks = [...code.matchAll(/^ {2}\/\/ ((?:functions|lib)\/\S+)$/gm)].map(([, file = '']) => file);
    expect(marks).toEqual(expect.arrayContaining(['lib/delivery.ts', 'functions/destination.ts']));
    for (const file of marks) expect(existsSync(path.join(ROOT, file))).toBe(true);
  });

  test('says in its first lines what it is, its version, where its source lives, and which settings to create', () => {
    const [first = '', ...rest] = code.split('\n');
    expect(first).toContain('Segment Destination Function');
    expect(first).toContain(`TikTok Offline Conversions ${version}`);
    expect(rest.slice(1, 3).join('\n')).toBe(
      `// Generated: do not edit it here. Its source, and how to change it:\n// ${repository}`,
    );
    const header = rest.slice(
      0,
      rest.findIndex((line) => !line.startsWith('//')),
    );
    for (const { label, type, required, sensitive } of SETTINGS) {
      const line = header.find((one) => one.includes(`${label}: ${type}`)) ?? '';
      expect([label, line.includes('required'), line.includes('sensitive')]).toEqual([
        label,
        required,
        sensitive,
      ]);
    }
  });

  test('says which build it is: the digest of the other lines, as anyone can make it', () => {
    const [, line = ''] = code.split('\n');
    const others = code.replace(`${line}\n`, '');
    expect(line).toBe(`// Build ${sha256(others).toString().slice(0, 16)}`);
    expect(documentation).toContain("\ngrep -v '^// Build ' destination.js | sha256sum | cut -c 1-16\n");
  });

  test('is made anew from the source, byte for byte', async () => {
    await expect(bundle(ENTRY)).resolves.toBe(code);
  });

  test("declares Segment's handlers as functions, and nothing else that Segment would call", () => {
    const source = ts.createSourceFile('destination.js', code, ts.ScriptTarget.ES2022);
    const declared = source.statements.filter(ts.isFunctionDeclaration).map(({ name }) => name?.text);
    const handlers = HANDLER_NAMES.filter((name) => name !== 'onDelete').sort();
    expect(declared.filter((name) => HANDLER_NAMES.includes(name ?? ''))).toEqual(handlers);
    expect([...loadFunction(code, globals).handlers.keys()].sort()).toEqual(handlers);
  });

  test('has no import, export, require, process or anything else of Node.js', () => {
    expect(code).not.toMatch(/^\s*(?:import|export)\b/m);
    expect(code).not.toMatch(/\b(?:require|process|module|exports|globalThis|global)\b(?!['"])\s*[.(]/);
  });

  test('does nothing when it is loaded: not even libraries are touched', () => {
    const untouched = new Proxy(
      {},
      {
        get: (_, name) => {
          throw new Error(`${String(name)} was touched`);
        },
      },
    );
    const guarded = {
      crypto: untouched,
      https: untouched,
      _: untouched,
      moment: untouched,
      cache: untouched,
    };
    expect(() => loadFunction(code, { ...globals, ...guarded })).not.toThrow();
  });
});

describe('the bundler', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'bundle-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const write = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };

  test('keeps the handlers callable, whatever else bears their names inside', async () => {
    write(
      'other.ts',
      `
      export const onGroup = 1;
      export function onTrack() { return 'not this one'; }
      export const handlers = 'nor this';
    `,
    );
    const entry = write(
      'entry.ts',
      `
      import { handlers, onGroup, onTrack as other } from './other';
      export async function onTrack(event: unknown, settings: unknown) { return [other(), handlers, onGroup, event, settings]; }
    `,
    );
    const { handlers } = loadFunction(await bundle(entry), globals);
    expect([...handlers.keys()]).toEqual(['onTrack']);
    await expect(handlers.get('onTrack')?.('event', 'settings')).resolves.toEqual([
      'not this one',
      'nor this',
      1,
      'event',
      'settings',
    ]);
  });

  test('makes a batch handler too', async () => {
    const entry = write('batch.ts', 'export const onBatch = async (events: unknown[]) => events.length;');
    const { handlers, parse } = loadFunction(await bundle(entry), globals);
    await expect(handlers.get('onBatch')?.(parse('[1, 2]'), {})).resolves.toBe(2);
  });

  test('keeps texts as they are, those that look like its own marks too', async () => {
    const text = 'a\n  // lib/b.ts\n(() => {\n';
    const entry = write('text.ts', `export const onTrack = async () => \`${text}\${Date.now() * 0}\`;`);
    const { handlers } = loadFunction(await bundle(entry), globals);
    await expect(handlers.get('onTrack')?.({}, {})).resolves.toBe(`${text}0`);
  });

  test('is in strict mode, and takes the globals of ECMAScript into its scope', async () => {
    const entry = write(
      'strict.ts',
      'function self(this: unknown) { return this; }\nexport const onTrack = async () => [self(), new Map().size];',
    );
    const code = await bundle(entry);
    expect(code).toContain('  "use strict";\n  const { Map } = globalThis;\n');
    await expect(loadFunction(code, globals).handlers.get('onTrack')?.({}, {})).resolves.toEqual([
      undefined,
      0,
    ]);
  });

  test('refuses an export that Segment does not call', async () => {
    await expect(bundle(write('typo.ts', 'export function onTrak() {}'))).rejects.toThrow(
      /exports onTrak, which Segment does not call; it calls onIdentify, onTrack,/,
    );
  });

  test.each([
    [
      'a global that the runtime does not have',
      'export async function onTrack() { await process.nextTick(); }',
      /cannot call onTrack: ReferenceError: process is not defined/,
    ],
    [
      'a global at load',
      'const id = performance.now(); export async function onTrack() { return id; }',
      /cannot load the bundle: ReferenceError: performance/,
    ],
  ])('refuses %s', async (_, source, reason) => {
    await expect(bundle(write('broken.ts', source))).rejects.toThrow(reason);
  });

  test.each([
    [
      'a const',
      'const onTrack = async () => {};',
      /cannot load the bundle: SyntaxError: Identifier 'onTrack' has already been declared/,
    ],
    [
      'another name',
      'async function onTrack2() {}',
      /finds no handler onTrack: it must be a function declaration/,
    ],
    [
      'a left-over export',
      'async function onTrack() {}\nexport { onTrack };',
      /cannot load the bundle: SyntaxError/,
    ],
    ['a function around it', '(() => { async function onTrack() {} })();', /finds no handler onTrack/],
    [
      'an error that Segment does not know',
      'async function onTrack() { throw new TypeError("broken"); }',
      /cannot call onTrack: TypeError: broken/,
    ],
  ])('a handler with %s is found out', async (_, text, reason) => {
    await expect(check(text, ['onTrack'])).rejects.toThrow(reason);
  });
});

test('what the runtime does not document does not compile in functions/ and lib/', () => {
  const file = path.join(ROOT, 'functions/tsconfig.json');
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(file, (name) => ts.sys.readFile(name)).config,
    ts.sys,
    path.dirname(file),
  );
  const undocumented = [
    ...[
      'process',
      'require',
      'module',
      'exports',
      'global',
      'window',
      'document',
      'navigator',
      'self',
      'performance',
    ],
    ...[
      'AbortController',
      'AbortSignal',
      'TextEncoder',
      'structuredClone',
      'setImmediate',
      'queueMicrotask',
      'XMLHttpRequest',
    ],
  ];
  const documented = Object.keys(globals);
  const probe = path.join(ROOT, 'lib/probe.ts');
  const text = `export const probe = [\n${[...undocumented, ...documented].join(',\n')}\n];`;
  const host = ts.createCompilerHost(config.options);
  const readFile = host.readFile.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.readFile = (name) => (name === probe ? text : readFile(name));
  host.getSourceFile = (name, ...rest) =>
    name === probe ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest);
  const program = ts.createProgram(
    [...config.fileNames, probe],
    { ...config.options, noEmit: true, emitDeclarationOnly: false, composite: false },
    host,
  );
  const found = program
    .getSemanticDiagnostics(program.getSourceFile(probe))
    .map(({ start = 0 }) => /^\w+/.exec(text.slice(start))?.[0]);
  expect(found).toEqual(undocumented);
}, 30_000);
