// What fills a field of a mapping, in the directives of Segment's mapping-kit -> the sources of an expression.
// mapping-kit: https://github.com/segmentio/action-destinations/tree/main/packages/core/src/mapping-kit
import type { Path, SourceForm } from '../../../lib/configuration/expression';
import { printExpression } from '../../../lib/configuration/print-expression';
import type { TypeName } from '../../../lib/parameters/readers';
import { Failure, isFailure } from '../../../lib/result';
import { isObject } from '../../input/json';

/** What cannot be said, and what a person can do instead; each without a full stop. */
export interface Unsayable {
  readonly problem: string;
  readonly advice: string;
}

export type Sources = readonly SourceForm[];
type Reading = Sources | Failure<Unsayable>;

export const unsayable = (problem: string, advice: string): Failure<Unsayable> =>
  new Failure({ problem, advice });

const BY_PATH = 'map each value by its path, such as properties.address.city';
const ON_ITS_WAY = 'change the value in the source or in an insert function, and map its path';

/** The directives that no expression says. */
const NEVER: Readonly<Record<string, Failure<Unsayable>>> = {
  '@liquid': unsayable(
    'a Liquid template (@liquid)',
    'write it as an expression if docs/migrating.md has one for it; otherwise compute it in the source or in an insert function, and map its path',
  ),
  '@flatten': unsayable('an object made flat (@flatten)', BY_PATH),
  '@merge': unsayable('several objects made one (@merge)', BY_PATH),
  '@transform': unsayable('the whole event changed first (@transform)', ON_ITS_WAY),
};

/** A value that is not a directive; `undefined` if there is none. */
type Read = (value: unknown, type: TypeName) => Reading;

/** The others, by what stands behind their name. */
const READERS: Readonly<Record<string, Read>> = {
  '@path': (path) =>
    typeof path === 'string'
      ? [{ kind: 'path', ...pathOf(withoutRoot(path)) }]
      : unsayable('a path that is computed', ON_ITS_WAY),
  '@literal': (value, type) => readValue(value, type),
  '@excludeWhenNull': (value, type) => readValue(value, type),
  '@template': readTemplate,
  '@if': readIf,
  '@arrayPath': (list) => {
    const [root, shape] = Array.isArray(list) ? list.map((part: unknown) => part) : [];
    return shape !== undefined && isObject(shape) && Object.keys(shape).length > 0
      ? unsayable('a list of objects', BY_PATH)
      : readRoot(root);
  },
  '@case': (options, type) =>
    IGNORES_CASE.has(type)
      ? readOption(options, 'value', type)
      : unsayable('a change of upper and lower case (@case)', ON_ITS_WAY),
  '@replace': (options, type) =>
    type === 'phone' && replacesNoDigits(options)
      ? readOption(options, 'value', type)
      : unsayable('characters that are replaced (@replace)', ON_ITS_WAY),
  '@json': (options, type) =>
    READS_JSON.has(type) && optionOf(options, 'mode') === 'decode'
      ? readOption(options, 'value', type)
      : unsayable('JSON (@json)', ON_ITS_WAY),
};

/** What these parameters are is brought to one case before it is sent. */
const IGNORES_CASE: ReadonlySet<TypeName> = new Set(['email', 'externalId', 'currency', 'contentType']);
/** These are read out of JSON, too. */
const READS_JSON: ReadonlySet<TypeName> = new Set(['contents', 'email', 'phone', 'externalId']);

/**
 * Reads what fills a field.
 *
 * @param type of the parameter that it fills here.
 * @returns no sources if nothing does.
 */
export function readValue(value: unknown, type: TypeName): Reading {
  if (value === undefined || value === null || value === '') return [];
  if (typeof value === 'string' || typeof value === 'number') return [{ kind: 'literal', value }];
  // Segment makes a text of it, where one is expected.
  if (typeof value === 'boolean')
    return [{ kind: 'literal', value: type === 'limitedDataUse' ? value : String(value) }];
  if (Array.isArray(value)) {
    const values: readonly unknown[] = value;
    if (values.length <= 1) return readValue(values[0], type);
    return unsayable(
      'several values at once',
      'map the list that holds them all, or the first that is there: a ?? b',
    );
  }
  const name = Object.keys(value).find((key) => key.startsWith('@'));
  if (name === undefined) return unsayable('an object', BY_PATH);
  return (
    READERS[name]?.(optionOf(value, name), type) ??
    NEVER[name] ??
    unsayable(`the directive ${name}, which this command does not know`, ON_ITS_WAY)
  );
}

/** What a directive holds under a name. */
export const optionOf = (options: unknown, name: string): unknown =>
  typeof options === 'object' && options !== null ? new Map(Object.entries(options)).get(name) : undefined;

const readOption = (options: unknown, name: string, type: TypeName): Reading =>
  readValue(optionOf(options, name), type);

/** Where a list stands: the path alone, or a directive that leads to it. */
export const readRoot = (root: unknown): Reading =>
  typeof root === 'string' ? readValue({ '@path': root }, 'contents') : readValue(root, 'contents');

/** mapping-kit drops the first one, wherever it stands. */
const withoutRoot = (path: string): string => path.replace('$.', '');

/** Dots, and brackets around a number or a quoted name, end a key. */
const BETWEEN_KEYS = /\.|\[(?=["'\d])|(?<=["'\d])\]+/;

const pathOf = (path: string): Path => ({
  keys: path
    .split(BETWEEN_KEYS)
    .map((key) => key.replace(/["']/g, ''))
    .filter((key) => key !== ''),
  lists: [],
});

const PLACE = /\{\{\{([^}]+)\}\}\}|\{\{([^}]+)\}\}/;

function readTemplate(template: unknown): Reading {
  if (typeof template !== 'string') return unsayable('a text that is computed', ON_ITS_WAY);
  // Two groups stand between what is not a place: of each place, one has its path.
  const parts = template.split(PLACE).flatMap((part: string | undefined, index): (string | Path)[] => {
    if (part === undefined || part === '') return [];
    return [index % 3 === 0 ? part : pathOf(part.trim())];
  });
  const [only] = parts;
  if (only === undefined) return [];
  return parts.length === 1 && typeof only === 'string'
    ? [{ kind: 'literal', value: only }]
    : [{ kind: 'template', parts }];
}

/** `a ?? b`, if that is what it says: the value that is looked for, and another one if it is not there. */
function readIf(options: unknown, type: TypeName): Reading {
  const value = readOption(options, 'then', type);
  if (isFailure(value)) return value;
  const otherwise = optionOf(options, 'else');
  // Segment takes no 0 and no false here.
  const instead = readValue(otherwise === 0 || otherwise === false ? undefined : otherwise, type);
  if (isFailure(instead)) return instead;
  return looksFor(options, value) ? [...value, ...instead] : DEPENDS;
}

const DEPENDS = unsayable(
  'a value that depends on whether another one is there (@if)',
  'write an entry of Event Mappings with a condition, and map the parameter for that entry',
);

/** Whether it is this value that an `@if` looks for. */
export function looksFor(options: unknown, value: Sources): boolean {
  const wanted = readValue(optionOf(options, 'exists') ?? optionOf(options, 'blank'), 'text');
  if (isFailure(wanted) || wanted.length === 0) return false;
  // A text with places is always there.
  return wanted.every(({ kind }) => kind === 'path') && printExpression(wanted) === printExpression(value);
}

/** There, a phone number loses all but its digits anyway. */
const replacesNoDigits = (options: unknown): boolean =>
  ['pattern', 'replacement', 'pattern2', 'replacement2'].every((name) => {
    const text = optionOf(options, name) ?? '';
    return typeof text === 'string' && !/\d/.test(text);
  });
