// Jest's runner, with less to do for each mutant: Stryker gives Jest the names of the tests that reach a mutant, but not
// their files, and has it go on after a test has failed. This runner loads only files with such tests, begins with the
// file that failed last, and ends after the first that fails.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';

const { default: TestRunner } = createRequire(import.meta.url)('jest-runner');

/** The files that failed, the latest first. One process of Stryker runs many mutants, those of a file in a row. */
let failedFiles = [];

export default class extends TestRunner {
  async runTests(tests, watcher, options) {
    const { rootDir, testNamePattern = '' } = this._globalConfig;
    const namesFile = path.join(rootDir, '.cache/names.json');
    if (!('__STRYKER_ACTIVE_MUTANT__' in process.env)) {
      // Stryker's first run, without a mutant: which tests are in which file.
      const names = {};
      this.on('test-file-success', ([{ path: file }, { testResults }]) => {
        names[file] = testResults.map(({ fullName }) => fullName);
      });
      await super.runTests(tests, watcher, options);
      mkdirSync(path.dirname(namesFile), { recursive: true });
      writeFileSync(namesFile, JSON.stringify(names));
      return;
    }
    const names = JSON.parse(readFileSync(namesFile, 'utf8'));
    const pattern = new RegExp(testNamePattern, 'i');
    const wanted = tests.filter(({ path: file }) => names[file]?.some((name) => pattern.test(name)));
    this.on('test-file-success', ([{ path: file }, { numFailingTests, testExecError }]) => {
      if (numFailingTests === 0 && !testExecError) return;
      failedFiles = [file, ...failedFiles.filter((failed) => failed !== file)];
      watcher.setState({ interrupted: true });
    });
    await super.runTests(inOrder(wanted), watcher, options);
  }
}

/** Files that failed before come first, then those without a local Segment, which are quicker. */
function inOrder(tests) {
  const rank = ({ path: file }) => {
    const place = failedFiles.indexOf(file);
    return place < 0 ? failedFiles.length + Number(file.includes('/test/function/')) : place;
  };
  return tests.toSorted((one, other) => rank(one) - rank(other));
}
