// A setup file of Jest for property tests with a given seed (PROPERTY_SEED), or with fewer cases than they ask for
// (PROPERTY_RUNS): npx jest --setupFiles=./test/support/properties.ts
import { jest } from '@jest/globals';

type FastCheck = typeof import('fast-check');

const { PROPERTY_SEED: seed, PROPERTY_RUNS: runs } = process.env;

jest.mock('fast-check', () => {
  const actual = jest.requireActual<FastCheck>('fast-check');
  const assert: FastCheck['assert'] = (property, { numRuns = 100, ...parameters } = {}) =>
    actual.assert(property, {
      ...(seed !== undefined && { seed: Number(seed) }),
      ...parameters,
      numRuns: runs === undefined ? numRuns : Math.min(numRuns, Number(runs)),
    });
  return { ...actual, __esModule: true, default: { ...actual.default, assert } };
});
