// Stryker's settings for npm run mutation, which adds the files to change, and the tests that should notice as patterns
// in MUTATION_TESTS: with Stryker's own option for them (testFiles), Jest runs no test for what is done once at loading.
// Stryker, "Configuration": https://stryker-mutator.io/docs/stryker-js/configuration/

import path from 'node:path';
import process from 'node:process';

// Property tests try the same few cases for each mutant; and in UTC, nobody would notice a time without its zone.
Object.assign(process.env, { PROPERTY_SEED: '1', PROPERTY_RUNS: '50', TZ: 'Asia/Kolkata' });

export default {
  // In Stryker's copy of the project: the bundle that test/function runs is made of the changed sources.
  buildCommand: 'tsx scripts/bundle.ts',
  testRunner: 'jest',
  coverageAnalysis: 'perTest',
  jest: {
    projectType: 'custom',
    configFile: 'package.json',
    // The bundle is not imported: Jest cannot know which tests run a file of lib/.
    enableFindRelatedTests: false,
    config: {
      testMatch: process.env.MUTATION_TESTS?.split(',').map((pattern) => `<rootDir>/${pattern}`),
      globalSetup: null,
      setupFiles: ['<rootDir>/test/support/properties.ts'],
      runner: '<rootDir>/test/mutation/runner.mjs',
      testEnvironment: path.join(import.meta.dirname, 'environment.cjs'),
    },
  },
  incremental: true,
  tempDirName: '.cache/stryker',
  ignorePatterns: ['.cache', 'dist', 'docs/images'],
  concurrency: 2,
  // Only an endless loop should be stopped by the clock, also on a machine that is busy.
  timeoutMS: 10_000,
  timeoutFactor: 2,
  dryRunTimeoutMinutes: 30,
  reporters: ['progress-append-only'],
  plugins: ['@stryker-mutator/jest-runner'],
};
