// Jest's runner, with less to do for each mutant: Stryker gives Jest the names of the tests that reach a mutant, but not
// their files, and has it go on after a test has failed. This runner loads only files with such tests, begins with the
// files that failed last, then takes the quickest, and ends after the first that fails.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';

const { default: TestRunner } = createRequire(import.meta.url)('jest-runner');

/** The files that failed, the latest first. One process of Stryker runs many mutants, those of a file in a row. */
let failedFiles = [];

/** Where Stryker's first run, which is without a mutant, writes what the others need to know of each file of tests. */
const KNOWN = '.cache/tests.json';

export default class extends TestRunner {
  async runTests(tests, watcher, options) {
    const knownFile = path.join(this._globalConfig.rootDir, KNOWN);
    if (!('__STRYKER_ACTIVE_MUTANT__' in process.env)) {
      const known = {};
      this.on('test-file-success', ([{ path: file }, { testResults, perfStats }]) => {
        known[file] = { names: testResults.map(({ fullName }) => fullName), duration: perfStats.runtime };
      });
      await super.runTests(tests, watcher, options);
      mkdirSync(path.dirname(knownFile), { recursive: true });
      writeFileSync(knownFile, JSON.stringify(known));
      return;
    }
    const known = JSON.parse(readFileSync(knownFile, 'utf8'));
    const testNamePattern = wholeNames(this._globalConfig.testNamePattern);
    this._globalConfig = { ...this._globalConfig, testNamePattern };
    const pattern = new RegExp(testNamePattern, 'i');
    const wanted = tests.filter(({ path: file }) => known[file]?.names.some((name) => pattern.test(name)));
    this.on('test-file-success', ([{ path: file }, { numFailingTests, testExecError }]) => {
      if (numFailingTests === 0 && !testExecError) return;
      failedFiles = [file, ...failedFiles.filter((failed) => failed !== file)];
      watcher.setState({ interrupted: true });
    });
    const rank = ({ path: file }) => {
      const place = failedFiles.indexOf(file);
      return place < 0 ? failedFiles.length + known[file].duration : place;
    };
    await super.runTests(
      wanted.toSorted((one, other) => rank(one) - rank(other)),
      watcher,
      options,
    );
  }
}

/** Of a pattern `(name)|(other name)`, one that matches only whole names: with hundreds of them, that is much quicker. */
const wholeNames = (pattern = '') => pattern && `^(?:${pattern.slice(1, -1).split(')|(').join('|')})$`;
