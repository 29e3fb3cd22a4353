// Runs Stryker for each part of lib/, and shows what no test notices.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { markdownTable } from 'markdown-table';
import { CommandError, InputError } from '../cli/command';
import { ROOT } from '../cli/project';
import { HANDLERS, isAmong, PARTS, patternsOf, type Part } from './parts';
import {
  faultOf,
  judgementsSchema,
  notJudgedIn,
  reportSchema,
  resultsOf,
  scoreOf,
  withoutUncertain,
  type FileResult,
  type Judgements,
  type Report,
} from './results';

const JUDGEMENTS = path.join(ROOT, 'test/mutation/judgements.json');

/**
 * @param files those of lib/ to change; all of them if it is empty.
 * @throws InputError if a file is not in lib/; CommandError if Stryker fails, or with what is wrong with the results.
 */
export function runMutation(files: readonly string[], { run }: { readonly run: boolean }): void {
  const unknown = files.find((file) => !PARTS.some(({ sources }) => isAmong(file, sources)));
  if (unknown !== undefined) throw new InputError(`${unknown} is not a file of lib/ with code to change`);
  const judgements = judgementsSchema.parse(JSON.parse(readFileSync(JUDGEMENTS, 'utf8')));

  const results = PARTS.flatMap((part) => {
    const chosen = files.length === 0 ? part.sources : files.filter((file) => isAmong(file, part.sources));
    if (chosen.length === 0) return [];
    if (run) runStryker(part, chosen, judgements);
    return readResults(part, judgements).filter(({ file }) => isAmong(file, chosen));
  });
  if (results.length > 0) show(results);
  const fault = faultOf(results, files);
  if (fault !== undefined) throw new CommandError(fault);
}

/** The report of the last run that finished. */
const resultsFile = ({ name }: Part): string => `.cache/mutation/${name}.json`;
/** The report that Stryker starts from, and replaces when it has finished: an interrupted run changes no results. */
const startFile = ({ name }: Part): string => `.cache/mutation/${name}.start.json`;

function runStryker(part: Part, sources: readonly string[], judgements: Judgements): void {
  const start = path.join(ROOT, startFile(part));
  const report = readReport(part);
  if (report === undefined) rmSync(start, { force: true });
  else {
    const certain = withoutUncertain(report, judgements, (file) => isAmong(file, [...sources, HANDLERS]));
    writeFileSync(start, JSON.stringify(certain));
  }
  const { status } = spawnSync(
    path.join(ROOT, 'node_modules/.bin/stryker'),
    [
      ...['run', 'test/mutation/stryker.config.mjs'],
      ...['--mutate', patternsOf([...sources, HANDLERS], '.ts')],
      ...['--incrementalFile', startFile(part)],
    ],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, MUTATION_TESTS: patternsOf(part.tests, '.test.ts') },
    },
  );
  if (status !== 0) throw new CommandError(`Stryker failed on ${part.name}: see its output above`);
  renameSync(start, path.join(ROOT, resultsFile(part)));
}

/** The report of earlier runs; `undefined` if there was none. */
function readReport(part: Part): Report | undefined {
  const file = path.join(ROOT, resultsFile(part));
  return existsSync(file) ? reportSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

function readResults(part: Part, judgements: Judgements): readonly FileResult[] {
  const report = readReport(part);
  if (report === undefined) return [];
  const results = resultsOf(report, judgements);
  if (results.find(({ file }) => file === HANDLERS)?.killed === 0)
    throw new CommandError(
      `No test of the bundle notices a change in ${HANDLERS}: the bundle was not built from the changed sources`,
    );
  return results;
}

function show(results: readonly FileResult[]): void {
  const rows = [...results].sort((one, other) => (one.file < other.file ? -1 : 1));
  const row = (name: string, of: readonly FileResult[]) => {
    const survivors = of.flatMap((result) => result.survivors);
    const killed = of.reduce((sum, result) => sum + result.killed, 0);
    const notJudged = notJudgedIn(of).length;
    return [
      name,
      killed + survivors.length,
      killed,
      `${scoreOf(of).toFixed(1)} %`,
      survivors.length - notJudged,
      notJudged,
    ];
  };
  console.log(
    markdownTable(
      [
        ['File', 'Changes', 'Noticed', 'Score', 'Judged', 'Not judged'],
        ...rows.map((result) => row(result.file, [result])),
        row('all of these', rows),
      ].map((cells) => cells.map(String)),
      { align: ['l', 'r', 'r', 'r', 'r', 'r'] },
    ),
  );
  const notJudged = notJudgedIn(rows);
  if (notJudged.length > 0)
    console.log('\nThese changes are neither noticed by a test nor judged in test/mutation/judgements.json:');
  for (const { file, lineNumber, line, from, to } of notJudged)
    console.log(`\n${file}:${lineNumber}\n  line ${line}\n  from ${from}\n  to   ${to}`);
}
