// Which build a bundle is: its version and a digest of its text, in the first lines of its header.
import { createHash } from 'node:crypto';

const NAME = '// TikTok Offline Conversions ';
const MARK = '// Build ';

/** A bundle's own words about itself. */
export interface Build {
  readonly version: string;
  /** The first 16 hex digits of the SHA-256 of the bundle without the line that holds them. */
  readonly digest: string;
  /** Whether the text is still the one that the digest was made of. */
  readonly isIntact: boolean;
}

/** The bundle's first line. */
export const title = (version: string): string => `${NAME}${version}: a Segment Destination Function.`;

/** Writes the digest of a bundle below its first line. */
export function stamp(code: string): string {
  return code.replace('\n', `\n${MARK}${digestOf(code)}\n`);
}

/** Reads what {@link title} and {@link stamp} wrote; `undefined` for a text that they did not write. */
export function readBuild(code: string): Build | undefined {
  const lines = canonical(code).split('\n');
  const version = lines
    .find((line) => line.startsWith(NAME))
    ?.slice(NAME.length)
    .split(':')[0];
  const digest = lines.find((line) => line.startsWith(MARK))?.slice(MARK.length);
  if (version === undefined || digest === undefined) return undefined;
  return { version, digest, isIntact: digest === digestOf(code) };
}

/** In words, which build a text is. */
export function describeBuild(code: string): string {
  const build = readBuild(code);
  if (build === undefined) return 'not built by this project';
  return `${build.version}, ${build.isIntact ? `build ${build.digest}` : 'edited by hand'}`;
}

/** Whether two texts are the same code: an editor may change how lines end, and whether the last one does. */
export const isSameCode = (one: string, other: string): boolean => canonical(one) === canonical(other);

function digestOf(code: string): string {
  const lines = canonical(code).split('\n');
  const text = lines.filter((line) => !line.startsWith(MARK)).join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

const canonical = (code: string): string => `${code.replaceAll('\r\n', '\n').trimEnd()}\n`;
