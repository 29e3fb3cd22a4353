// A setup file of Jest for property tests with a given seed (PROPERTY_SEED), or with fewer cases than they ask for
// and no search for a smaller one that fails (PROPERTY_RUNS): npx jest --setupFiles=./test/support/properties.ts
import { jest } from '@jest/globals';
import type * as fastCheck from 'fast-check';

const { PROPERTY_SEED: seed, PROPERTY_RUNS: runs } = process.env;

interface Options {
  readonly numRuns?: number;
}

jest.mock('fast-check', () => {
  const actual = jest.requireActual<typeof fastCheck>('fast-check');
  const assert = new Proxy(actual.assert, {
    apply(target, self, [property, { numRuns = 100, ...options } = {}]: [unknown, Options?]): unknown {
      return Reflect.apply(target, self, [
        property,
        {
          ...(seed !== undefined && { seed: Number(seed) }),
          ...options,
          ...(runs === undefined
            ? { numRuns }
            : { numRuns: Math.min(numRuns, Number(runs)), endOnFailure: true }),
        },
      ]);
    },
  });
  return { ...actual, __esModule: true, default: { ...actual.default, assert } };
});
