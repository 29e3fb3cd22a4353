// The file of cases: events, each with the requests that it must become, or the refusal.
import { buffer as readBytes } from 'node:stream/consumers';
import { z } from 'zod';
import { listOf, ownProperty } from '../../../lib/values/json';
import { InputError } from '../../cli/command';
import { decodeFile, openFile, type NamedFile } from '../../input/files';
import { readJson } from '../../input/json';
import { FATES } from '../../local/segment/outcomes';

/** Why nothing is sent of an event, or not under all of its names; in the words of the report. */
const Refusal = z.strictObject({
  outcome: z.enum(FATES).exclude(['delivered']),
  reason: z.string().optional(),
  problem: z.string().optional(),
});
export type Refusal = z.infer<typeof Refusal>;

/** A request as TikTok gets it, with hashes and times as a person writes them. */
export const Request = z.strictObject({
  event_source: z.unknown().optional(),
  event_source_id: z.unknown().optional(),
  partner_name: z.unknown().optional(),
  test_event_code: z.unknown().optional(),
  data: z.array(z.looseObject({ event: z.string() })),
});

export type Request = z.infer<typeof Request>;

/** A Segment event, and what it must become. */
const Case = z
  .strictObject({
    name: z.string().optional(),
    /** For people. */
    note: z.string().optional(),
    /** When the function handles the event, if that matters: an event without a time gets this one. */
    handledAt: z.iso.datetime({ offset: true }).optional(),
    event: z.looseObject({}),
    /** Each request's `data` is compared as a whole, everything else only if it is given. None if it is left out. */
    requests: z.array(Request).optional(),
    /** Compared as far as it is given. None if it is left out. */
    refusal: Refusal.optional(),
  })
  .refine(
    ({ requests, refusal }) => requests !== undefined || refusal !== undefined,
    'expected requests, or a refusal, or both',
  );
export type Case = z.infer<typeof Case>;

/** A case, and where it stands. */
export interface LocatedCase {
  readonly given: Case;
  /** The file and the case's number in it. */
  readonly at: string;
}

/** How many problems of a file are named. */
const SHOWN = 10;

/**
 * Reads a file of cases: a JSON array of them, or one.
 *
 * @throws InputError that names the file, and the line, or the case and the field, of each mistake.
 */
export async function readCases(file: NamedFile, signal: AbortSignal): Promise<readonly LocatedCase[]> {
  const json = decodeFile(file, await readBytes(openFile(file, signal).chunks));
  const given = listOf(readJson(json, file.name));
  if (given.length === 0) throw new InputError(`${file.name}: no case found`);
  const problems: string[] = [];
  const cases = given.flatMap((value, index) => {
    const at = `${file.name}: case ${index + 1}`;
    if (typeof ownProperty(value, 'type') === 'string')
      throw new InputError(
        `${at}: this is an event, not a case. npm start -- --cases FILE writes cases of events`,
      );
    const read = Case.safeParse(value, { reportInput: false });
    if (read.success) return [{ given: read.data, at }];
    problems.push(...read.error.issues.map(({ path, message }) => describeProblem(at, path, message)));
    return [];
  });
  if (problems.length === 0) return cases;
  const rest = problems.length > SHOWN ? [`and ${problems.length - SHOWN} more`] : [];
  throw new InputError([...problems.slice(0, SHOWN), ...rest].join('; '));
}

const describeProblem = (at: string, path: readonly PropertyKey[], message: string): string =>
  [at, ...(path.length === 0 ? [] : [describePath(path)]), message].join(': ');

/** The keys to a field as one name, such as `requests[0].data[0].user.email`. */
export const describePath = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');

/** Writes cases as a file has them. */
export const printCases = (cases: readonly Case[]): string => `${JSON.stringify(cases, undefined, 2)}\n`;
