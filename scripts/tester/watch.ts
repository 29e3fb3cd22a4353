// Builds the function again whenever its source changes.
import { watch } from 'node:fs';
import path from 'node:path';
import { bundle } from '../bundle/bundle';
import { ENTRY, ROOT } from '../cli/project';
import type { BuiltBundle } from './workspace';

const SOURCES = ['functions', 'lib'].map((folder) => path.join(ROOT, folder));
/** Milliseconds of quiet: editors write a file in several steps. */
const QUIET = 100;

/** Builds the function; what is wrong with its source is a problem for a person to read. */
export async function build(): Promise<BuiltBundle> {
  try {
    return { code: await bundle(ENTRY) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Calls back with each new bundle, one after the other. */
export function watchSource(built: (bundle: BuiltBundle) => void): void {
  let timer: NodeJS.Timeout | undefined;
  let building = Promise.resolve();
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      building = building.then(build).then(built);
    }, QUIET);
  };
  for (const folder of SOURCES) watch(folder, { recursive: true }, changed);
}
