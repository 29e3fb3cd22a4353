// The bundle, and the files that it is made of.
import { readFileSync } from 'node:fs';
import { partsOf } from '../../../scripts/bench/parts';
import { BUNDLE } from '../../../scripts/cli/project';

export const CODE = readFileSync(BUNDLE, 'utf8');
export const LINES = CODE.split('\n');
/** As the profile names them. */
export const FILES = new Set(
  LINES.flatMap((line, lineNumber) =>
    /^ {2}(?:async )?(?:function|var) /.test(line)
      ? [partsOf(CODE)({ functionName: '', url: 'destination.js', lineNumber })]
      : [],
  ),
);
