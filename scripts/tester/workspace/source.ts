// The function's source on this machine: built once, and again whenever it changes.
import { watch } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../../lib/result';
import { bundle } from '../../bundle/bundle';
import { ENTRY, ROOT } from '../../cli/project';

/** A bundle's text, or why the source cannot be built. */
export type BuiltBundle = string | Failure<string>;

const SOURCES = ['functions', 'lib'].map((folder) => path.join(ROOT, folder));
/** Milliseconds without a change before a build begins: editors write a file in several steps. */
const QUIET = 100;

/** Builds the function. If it cannot be built, the failure's reason is for a person to read. */
export async function buildSource(): Promise<BuiltBundle> {
  try {
    return await bundle(ENTRY);
  } catch (error) {
    return new Failure(error instanceof Error ? error.message : String(error));
  }
}

/** Calls back with each new bundle, one after the other. */
export function watchSource(onBuilt: (built: BuiltBundle) => void): void {
  let timer: NodeJS.Timeout | undefined;
  let building = Promise.resolve();
  const onChange = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      building = building.then(buildSource).then(onBuilt);
    }, QUIET);
  };
  for (const folder of SOURCES) watch(folder, { recursive: true }, onChange);
}
