// Where things of this project are, for a command that is compiled to another place, too.
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of package.json. */
export const ROOT = rootAbove(__dirname);
/** The bundler's source and its result. */
export const ENTRY = path.join(ROOT, 'functions/destination.ts');
export const BUNDLE = path.join(ROOT, 'dist/destination.js');
export const EXAMPLES = path.join(ROOT, 'examples');

function rootAbove(folder: string): string {
  return existsSync(path.join(folder, 'package.json')) ? folder : rootAbove(path.dirname(folder));
}
