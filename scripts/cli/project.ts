// Where this project's files are, also for a command that was compiled into another folder.
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The function's display name in Segment, unless another is given. */
export const FUNCTION_NAME = 'TikTok Offline Conversions';

/** The folder of package.json. */
export const ROOT = rootAbove(__dirname);
/** The source of the bundle. */
export const ENTRY = path.join(ROOT, 'functions/destination.ts');
/** The file to paste into Segment's editor. */
export const BUNDLE = path.join(ROOT, 'dist/destination.js');
export const EXAMPLES = path.join(ROOT, 'examples');

function rootAbove(folder: string): string {
  return existsSync(path.join(folder, 'package.json')) ? folder : rootAbove(path.dirname(folder));
}
