// The function's bundle in a workspace: the last one that could be built.
import { isFailure, type Failure } from '../../../lib/result';
import type { Bundle } from '../api';

/** A bundle's text, or why the source cannot be built. */
export type BuiltBundle = string | Failure<string>;

export interface BundleSlot {
  readonly code: () => string;
  readonly describe: () => Bundle;
  /** Takes a new bundle; of one that could not be built, only the reason. */
  readonly replace: (built: BuiltBundle) => void;
}

export function createBundleSlot(first: string): BundleSlot {
  let code = first;
  let description: Bundle = { ...describe(first), isRebuilt: false };
  return {
    code: () => code,
    describe: () => description,
    replace(built) {
      if (isFailure(built)) {
        description = { ...description, problem: built.reason };
        return;
      }
      code = built;
      description = { ...describe(built), isRebuilt: true };
    },
  };
}

const describe = (code: string) => ({ bytes: Buffer.byteLength(code), at: new Date().toISOString() });
