// Identifies a build: its version and a digest of its text, in the first lines of the bundle.
import { createHash } from 'node:crypto';

const NAME = '// TikTok Offline Conversions ';
const MARK = '// Build ';

/** What a bundle says about itself. */
export interface Build {
  readonly version: string;
  /** The first 16 hex digits of the SHA-256 of the bundle without the line that holds them. */
  readonly digest: string;
  /** Whether the text has not changed since the digest was made. */
  readonly isIntact: boolean;
}

/** The bundle's first line. */
export const title = (version: string): string => `${NAME}${version}: a Segment Destination Function.`;

/** Inserts the digest of a bundle below its first line. */
export function stamp(code: string): string {
  return code.replace('\n', `\n${MARK}${digestOf(code)}\n`);
}

/** Reads what {@link title} and {@link stamp} wrote; `undefined` if the text is not from them. */
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

/** Says which build a text is. */
export function describeBuild(code: string): string {
  const build = readBuild(code);
  if (build === undefined) return 'not built by this project';
  return `${build.version}, ${build.isIntact ? `build ${build.digest}` : 'edited by hand'}`;
}

/** Whether two texts are the same code: an editor may change the line ends, and the end of the last line. */
export const isSameCode = (one: string, other: string): boolean => canonical(one) === canonical(other);

function digestOf(code: string): string {
  const lines = canonical(code).split('\n');
  const text = lines.filter((line) => !line.startsWith(MARK)).join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

const canonical = (code: string): string => `${code.replaceAll('\r\n', '\n').trimEnd()}\n`;
