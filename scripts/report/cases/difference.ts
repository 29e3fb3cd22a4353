// Where what an event became is not what its case says. Pure.
import { isRecord, ownProperty } from '../../../lib/values/json';
import { describePath, type Case, type Refusal, type Request } from './format';
import type { Proof } from './prove';
import { fromReadable } from './readable';

/** A field that is not as expected; `expected` or `got` is absent if there is nothing. */
export interface FieldDifference {
  /** Such as `requests[0].data[0].user.email[0]`. */
  readonly path: string;
  readonly expected?: unknown;
  readonly got?: unknown;
}

type Path = readonly PropertyKey[];

/** All differences, in the order of the case. */
export function findDifferences(
  { requests = [], refusal }: Case,
  proof: Pick<Proof, 'requests' | 'refusal'>,
): readonly FieldDifference[] {
  return [
    ...compareLists(requests, proof.requests, ['requests'], compareRequest),
    ...compareRefusals(refusal, proof.refusal),
  ];
}

/** A refusal is compared as far as it is given; if it is another one, its problem says why. */
function compareRefusals(
  expected: Refusal | undefined,
  got: Refusal | undefined,
): readonly FieldDifference[] {
  const path = ['refusal'];
  const isOther = expected?.outcome !== got?.outcome || compareGiven(expected ?? {}, got, path).length > 0;
  return isOther ? compareValues(expected ?? {}, got ?? {}, path) : [];
}

/** The events of a request are compared as a whole, whatever their order; everything else as far as it is given. */
function compareRequest(
  expected: Request | undefined,
  got: Request | undefined,
  path: Path,
): readonly FieldDifference[] {
  const { data = [], ...others } = expected ?? {};
  return [
    ...compareGiven(others, got, path),
    ...compareLists(data, inOrderOf(data, got?.data ?? []), [...path, 'data'], compareValues),
  ];
}

/** Each event at the place of the one with its name; those that are left, at the places that are left. */
function inOrderOf(wanted: Request['data'], sent: Request['data']): readonly unknown[] {
  const left = [...sent];
  const named = wanted.map(({ event }) => {
    const at = left.findIndex((one) => one.event === event);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  });
  return [...named.map((one) => one ?? left.shift()), ...left];
}

const compareLists = <Item>(
  expected: readonly Item[],
  got: readonly Item[],
  path: Path,
  compare: (expected: Item | undefined, got: Item | undefined, path: Path) => readonly FieldDifference[],
): readonly FieldDifference[] =>
  Array.from({ length: Math.max(expected.length, got.length) }, (_, index) =>
    compare(expected[index], got[index], [...path, index]),
  ).flat();

/** Compares only what is expected of an object. */
const compareGiven = (expected: object, got: unknown, path: Path): readonly FieldDifference[] =>
  Object.entries(expected).flatMap(([key, value]) =>
    compareValues(value, ownProperty(got, key), [...path, key]),
  );

function compareValues(expected: unknown, got: unknown, path: Path): readonly FieldDifference[] {
  if (Array.isArray(expected) && Array.isArray(got)) return compareLists(expected, got, path, compareValues);
  if (isObject(expected) && isObject(got)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(got)]);
    return [...keys].flatMap((key) =>
      compareValues(ownProperty(expected, key), ownProperty(got, key), [...path, key]),
    );
  }
  if (isSame(expected, got, path.at(-1))) return [];
  return [
    {
      path: describePath(path),
      ...(expected !== undefined && { expected }),
      ...(got !== undefined && { got }),
    },
  ];
}

const isObject = (value: unknown): value is object => isRecord(value) && !Array.isArray(value);

/** Whether two values stand for the same. @param key the field that they are in. */
const isSame = (expected: unknown, got: unknown, key: PropertyKey | undefined): boolean =>
  JSON.stringify(fromReadable(expected, key)) === JSON.stringify(fromReadable(got, key));
