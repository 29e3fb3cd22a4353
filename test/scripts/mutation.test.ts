// Mutation testing: what is changed, how the results are read, and that a change reaches the bundle.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../scripts/cli/project';
import { loadFunction } from '../../scripts/local/segment/load';
import { isAmong, PARTS, patternsOf } from '../../scripts/mutation/parts';
import {
  faultOf,
  judgementsSchema,
  resultsOf,
  scoreOf,
  withoutUncertain,
  type FileResult,
} from '../../scripts/mutation/results';
import { runCommand } from '../support/command';
import { copyProject } from '../support/copy-project';
import { instrumentation } from '../support/instrumentation';

const filesIn = (folder: string): readonly string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
    path.posix.join(folder, file),
  );
const JUDGEMENTS = judgementsSchema.parse(
  JSON.parse(readFileSync(path.join(ROOT, 'test/mutation/judgements.json'), 'utf8')),
);

describe('the parts', () => {
  test('each file of lib/ is in one of them', () => {
    const files = filesIn('lib').filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
    expect(files.length).toBeGreaterThan(40);
    const others = files.filter((file) => PARTS.filter(({ sources }) => isAmong(file, sources)).length !== 1);
    expect(others).toEqual([]);
  });

  test('each test of lib/ is in one of them', () => {
    const tests = filesIn('test/lib').filter((file) => file.endsWith('.test.ts'));
    expect(tests.filter((file) => !PARTS.some((part) => isAmong(file, part.tests)))).toEqual([]);
  });

  test('each names what is there', () => {
    const entries = PARTS.flatMap(({ sources, tests }) => [...sources, ...tests]);
    const all = ['lib', 'test/lib', 'test/function'].flatMap(filesIn);
    expect(entries.filter((entry) => !all.some((file) => isAmong(file, [entry])))).toEqual([]);
  });

  test('as patterns', () => {
    expect(patternsOf(['lib/values/', 'lib/log.ts'], '.ts')).toBe('lib/values/**/*.ts,lib/log.ts');
  });
});

describe('the results', () => {
  const SOURCE = 'const a = 1;\n  if (a > 0 &&\n    b) run();\n';
  const mutant = (status: string, replacement: string, from: readonly number[], to: readonly number[]) => {
    const [line = 0, column = 0] = from;
    const [endLine = 0, endColumn = 0] = to;
    return {
      mutatorName: 'ConditionalExpression',
      replacement,
      status,
      location: { start: { line, column }, end: { line: endLine, column: endColumn } },
    };
  };
  const REPORT = {
    files: {
      'lib/a.ts': {
        source: SOURCE,
        mutants: [
          mutant('Killed', 'false', [2, 7], [3, 6]),
          mutant('Timeout', 'true', [2, 7], [2, 12]),
          mutant('Survived', 'true', [2, 7], [3, 6]),
          mutant('NoCoverage', 'false', [2, 7], [2, 12]),
          mutant('CompileError', 'a >= 0', [2, 7], [2, 12]),
        ],
      },
    },
  };
  const UNREACHED = { line: 'if (a > 0 &&', from: 'a > 0', to: 'false' };

  test('a change that no test reaches is as bad as one that no test notices, and each is shown in one line', () => {
    expect(resultsOf(REPORT, [])).toEqual([
      {
        file: 'lib/a.ts',
        killed: 2,
        survivors: [
          { file: 'lib/a.ts', lineNumber: 2, line: 'if (a > 0 &&', from: 'a > 0 && b', to: 'true' },
          { file: 'lib/a.ts', lineNumber: 2, ...UNREACHED },
        ],
      },
    ]);
  });

  test('the score is of all changes, judged or not', () => {
    const judged = resultsOf(REPORT, [{ file: 'lib/a.ts', why: 'a is 1', changes: [UNREACHED] }]);
    expect([scoreOf(resultsOf(REPORT, [])), scoreOf(judged), scoreOf([])]).toEqual([50, 50, 100]);
  });

  test('a judgement is found by its file and texts, wherever its lines are', () => {
    const moved = { source: `\n\n${SOURCE}`, mutants: [mutant('Survived', 'false', [4, 7], [4, 12])] };
    const whysWith = (file: string, change: typeof UNREACHED) =>
      resultsOf({ files: { 'lib/a.ts': moved } }, [{ file, why: 'a is 1', changes: [change] }])
        .flatMap(({ survivors }) => survivors)
        .map(({ why }) => why);
    expect(whysWith('lib/a.ts', UNREACHED)).toEqual(['a is 1']);
    expect(whysWith('lib/b.ts', UNREACHED)).toEqual([undefined]);
    expect(whysWith('lib/a.ts', { ...UNREACHED, to: 'true' })).toEqual([undefined]);
  });

  test('what nobody judged is tried again, and what took too long; not in files that are not tried', () => {
    const judgements = [{ file: 'lib/a.ts', why: 'a is 1', changes: [UNREACHED] }];
    const keptIf = (isTried: boolean) =>
      withoutUncertain(REPORT, judgements, () => isTried).files['lib/a.ts'];
    const kept = keptIf(true);
    expect(kept?.mutants.map(({ status }) => status)).toEqual(['Killed', 'NoCoverage', 'CompileError']);
    expect(kept?.source).toBe(SOURCE);
    expect(keptIf(false)).toEqual(REPORT.files['lib/a.ts']);
  });

  test('each judgement is of a line that is there, and has a reason', () => {
    const lost = JUDGEMENTS.flatMap(({ file, changes }) => {
      const lines = readFileSync(path.join(ROOT, file), 'utf8')
        .split('\n')
        .map((line) => line.trim().replace(/\s+/g, ' '));
      return changes.filter(({ line }) => !lines.includes(line)).map(({ line }) => `${file}: ${line}`);
    });
    expect(lost).toEqual([]);
    expect(JUDGEMENTS.filter(({ why }) => why.length < 20)).toEqual([]);
  });
});

describe('the command', () => {
  const NOT_JUDGED = { file: 'lib/log.ts', lineNumber: 1, line: 'a > 0', from: '>', to: '<' };
  const JUDGED = { ...NOT_JUDGED, why: 'a is 1' };
  const AMOUNT = 'lib/values/amount.ts';
  const resultOf = (file: string, killed: number, survivors: FileResult['survivors']) => ({
    file,
    killed,
    survivors,
  });
  const ofAll = (killed: number, survivors: FileResult['survivors']) =>
    PARTS.flatMap(({ sources }) => sources).map((source) =>
      resultOf(source.endsWith('/') ? `${source}file.ts` : source, killed, survivors),
    );

  test.each<
    [what: string, results: readonly FileResult[], files: readonly string[], fault: string | undefined]
  >([
    ['a file whose changes are all noticed', [resultOf(AMOUNT, 9, [])], [AMOUNT], undefined],
    [
      'a file with few noticed and the others judged',
      [resultOf(AMOUNT, 1, [JUDGED, JUDGED])],
      [AMOUNT],
      undefined,
    ],
    [
      'a change that is neither noticed nor judged',
      [resultOf(AMOUNT, 99, [JUDGED, NOT_JUDGED])],
      [AMOUNT],
      '1 change is neither noticed by a test nor judged',
    ],
    [
      'several of them, in any of the files',
      [resultOf(AMOUNT, 99, [NOT_JUDGED]), resultOf('lib/log.ts', 99, [NOT_JUDGED, NOT_JUDGED])],
      [AMOUNT, 'lib/log.ts'],
      '3 changes are neither noticed by a test nor judged',
    ],
    ['all of lib/, with 90 % noticed', ofAll(9, [JUDGED]), [], undefined],
    [
      'all of lib/, with less than 90 % noticed',
      ofAll(8, [JUDGED]),
      [],
      'The tests notice 88.9 % of the changes in lib/, less than 90 %',
    ],
    ['nothing', [], [], 'Nothing has been measured yet: leave out --no-run'],
    ['another file', [resultOf(AMOUNT, 9, [])], [AMOUNT, 'lib/log.ts'], 'Not measured yet: lib/log.ts'],
    [
      'all but one part of lib/',
      ofAll(9, []).filter(({ file }) => file !== 'lib/delivery.ts'),
      [],
      'Not measured yet: lib/delivery.ts',
    ],
  ])('judges what was measured: %s', (_what, results, files, fault) => {
    expect(faultOf(results, files)).toBe(fault);
  });

  test('refuses what is not in lib/', async () => {
    const { status, stderr } = await runCommand('mutation', ['--no-run', 'scripts/report.ts']);
    expect([status, stderr]).toEqual([
      2,
      'error: scripts/report.ts is not a file of lib/ with code to change\n',
    ]);
  });

  describe('shows what earlier runs have found', () => {
    const FILE = 'lib/result.ts';
    const SOURCE = 'a > 0';
    const mutant = (status: string) => ({
      mutatorName: 'EqualityOperator',
      replacement: 'a >= 0',
      status,
      location: { start: { line: 1, column: 1 }, end: { line: 1, column: 6 } },
    });
    let root: string;
    const write = (file: string, content: unknown) => {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), JSON.stringify(content));
    };
    const judge = (...changes: readonly object[]) => {
      write('test/mutation/judgements.json', [{ file: FILE, why: 'a is never 0', changes }]);
    };
    const measure = (...statuses: readonly string[]) => {
      write('.cache/mutation/splitting.json', {
        files: {
          'functions/destination.ts': { source: SOURCE, mutants: [mutant('Killed')] },
          [FILE]: { source: SOURCE, mutants: statuses.map(mutant) },
        },
      });
    };
    const run = (...files: readonly string[]) => runCommand('mutation', ['--no-run', ...files], { root });
    beforeEach(() => {
      root = copyProject('mutation');
      judge();
    });
    afterEach(() => {
      rmSync(root, { recursive: true });
    });

    test('on a fresh clone nothing has been measured, and it fails', async () => {
      expect(await run()).toEqual({
        status: 1,
        stdout: '',
        stderr: 'error: Nothing has been measured yet: leave out --no-run\n',
      });
    });

    test('it fails until each change of a file is noticed or judged', async () => {
      measure('Killed', 'Survived');
      const before = await run(FILE);
      expect([before.status, before.stderr]).toEqual([
        1,
        'error: 1 change is neither noticed by a test nor judged\n',
      ]);
      expect(before.stdout).toContain(`${FILE}:1\n  line a > 0\n  from a > 0\n  to   a >= 0\n`);

      judge({ line: 'a > 0', from: 'a > 0', to: 'a >= 0' });
      const after = await run(FILE);
      expect([after.status, after.stderr]).toEqual([0, '']);
      expect(after.stdout).toMatch(/\| lib\/result\.ts +\| +2 \| +1 \| +50\.0 % \| +1 \| +0 \|/);
    });

    test('in a table with the columns of the documentation', async () => {
      measure('Killed');
      const readme = readFileSync(path.join(ROOT, 'test/mutation/README.md'), 'utf8');
      const columnsOf = (text: string) => /^\| File .*/m.exec(text)?.[0].split(/ *\| */);
      const columns = columnsOf((await run(FILE)).stdout);
      expect(columns).toContain('Noticed');
      expect(columnsOf(readme)).toEqual(columns);
    });
  });
});

describe('a change of lib/ reaches the bundle', () => {
  // As Stryker writes it into each file that it changes.
  const CODE = `
    const stryker = () => globalThis.__stryker__ ?? (globalThis.__stryker__ = {});
    function onTrack() { return stryker().activeMutant === '7' ? 'changed' : 'as it is'; }
    function onPage() { stryker().reached = true; }
  `;
  const load = () => loadFunction(CODE, instrumentation()).handlers;

  test('only with Stryker, whose globals Segment does not have', () => {
    expect(instrumentation()).toEqual({});
    expect(load().get('onTrack')?.({}, {})).toBe('as it is');
  });

  test('as the one that Stryker chose, and what a test reaches there is noted for Stryker', () => {
    const stryker = {};
    Object.defineProperty(globalThis, '__stryker__', { value: stryker, configurable: true });
    process.env['__STRYKER_ACTIVE_MUTANT__'] = '7';
    try {
      expect(load().get('onTrack')?.({}, {})).toBe('changed');
      load().get('onPage')?.({}, {});
      expect(stryker).toMatchObject({ reached: true });
    } finally {
      delete process.env['__STRYKER_ACTIVE_MUTANT__'];
      Reflect.deleteProperty(globalThis, '__stryker__');
    }
  });
});
