// The fields of a mapping -> what fills our parameters for its conversions.
import { readParameterMappings } from '../../../lib/configuration/parameter-mappings';
import { printExpression } from '../../../lib/configuration/print-expression';
import type { Settings } from '../../../lib/configuration/settings';
import { DEFINITIONS } from '../../../lib/parameters/definitions';
import { isFailure, type Failure } from '../../../lib/result';
import { isObject } from '../../input/json';
import {
  looksFor,
  optionOf,
  readRoot,
  readValue,
  unsayable,
  type Sources,
  type Unsayable,
} from './directive';
import { CONTENT_FIELDS, contentsOf, FIELDS, OTHER_FIELDS, type Field } from './fields';

/** Values by the fields' names, in the directives of mapping-kit. */
export type Mapping = Readonly<Record<string, unknown>>;

/** By parameter, the text that fills it; `undefined` if this function's default does. */
export type Texts = ReadonlyMap<string, string | undefined>;

/** A field that cannot be said. */
export interface FieldProblem extends Unsayable {
  readonly field: string;
  /** What is sent until a person has done something, as a sentence. */
  readonly meanwhile: string;
}

export interface Parameters {
  /** Only those that matter: without contents, their fields are none of them. */
  readonly texts: Texts;
  readonly problems: readonly FieldProblem[];
  /** The fields whose text with several parts is absent here if a place of it is; there, the place stays empty. */
  readonly templates: readonly string[];
}

/** TikTok needs these: if they cannot be said, this function's default stays. */
const NEEDED: ReadonlySet<string> = new Set(['event_id', 'event_time']);
/** If no field fills it, it stays as well: without it, neither an event nor the setting could ask for limited use. */
const LIMITED_DATA_USE = 'limited_data_use';

/**
 * Reads all fields of a mapping, but the name of the event and the test event code.
 *
 * @param event TikTok's name.
 */
export function readParameters(mapping: Mapping, event: string): Parameters {
  const texts = new Map<string, string | undefined>();
  const problems: FieldProblem[] = [];
  const templates: string[] = [];

  function fill(field: string, given: Field, sources: Sources | Failure<Unsayable>): void {
    const { parameter } = given;
    const text = isFailure(sources) ? '' : printExpression(sources);
    const problem = isFailure(sources) ? sources.reason : problemOf(parameter, text);
    const isKept = NEEDED.has(parameter);
    if (problem) problems.push({ field, ...problem, meanwhile: isKept ? KEPT : NOT_SENT });
    else if (!isFailure(sources) && sources.some(isOfSeveralParts)) templates.push(field);
    const staysDefault = problem
      ? isKept
      : isDefault(given, text) || (parameter === LIMITED_DATA_USE && text === '');
    texts.set(parameter, staysDefault ? undefined : problem ? '' : text);
  }

  for (const [name, field] of Object.entries(FIELDS)) {
    const sources = readValue(mapping[name], typeOf(field));
    fill(name, field, name === 'ttclid' ? alsoInUrl(sources, mapping) : sources);
  }
  const contents = readContents(mapping['contents']);
  if (isFailure(contents)) fill('contents', contentsOf(event), contents);
  else {
    const { root, shape } = contents;
    fill('contents', contentsOf(event), root);
    for (const [name, field] of Object.entries(root.length === 0 ? {} : CONTENT_FIELDS))
      fill(
        `contents: ${name}`,
        field,
        readValue(shape ? optionOf(shape, name) : { '@path': name }, typeOf(field)),
      );
  }
  for (const [name, value] of Object.entries(mapping)) {
    const isKnown = Object.hasOwn(FIELDS, name) || OTHER_FIELDS.has(name);
    if (isKnown || value === undefined || value === null || value === '') continue;
    problems.push({
      field: name,
      problem: 'a field that this command does not know',
      advice: 'look in Segment what it sends, and map the parameter if there is one',
      meanwhile: NOT_SENT,
    });
  }
  return { texts, problems, templates };
}

const NOT_SENT = 'Until then it is not sent.';
const KEPT = 'Until then it is filled by default.';

const isOfSeveralParts = (source: Sources[number]): boolean =>
  source.kind === 'template' && source.parts.length > 1;

/** The built-in destination reads the click ID out of the URL if the mapping has none. */
function alsoInUrl(sources: Sources | Failure<Unsayable>, mapping: Mapping): Sources | Failure<Unsayable> {
  const url = readValue(mapping['url'], 'url');
  // Nothing is read behind a literal.
  const isFixed = !isFailure(sources) && sources.at(-1)?.kind === 'literal';
  return isFailure(sources) || isFailure(url) || isFixed ? sources : [...sources, ...url];
}

interface Contents {
  /** Where the products are. */
  readonly root: Sources;
  /** What fills the fields of each; without it, those of the same name do. */
  readonly shape: object | undefined;
}

function readContents(value: unknown): Contents | Failure<Unsayable> {
  const list = optionOf(value, '@arrayPath');
  if (Array.isArray(list)) {
    const [path, shape] = list.map((part: unknown) => part);
    const root = readRoot(path);
    if (isFailure(root)) return root;
    return { root, shape: isObject(shape) && Object.keys(shape).length > 0 ? shape : undefined };
  }
  const options = optionOf(value, '@if');
  if (options === undefined) {
    const root = readValue(value, 'contents');
    return isFailure(root) ? root : { root, shape: undefined };
  }
  const [first, second] = [readContents(optionOf(options, 'then')), readContents(optionOf(options, 'else'))];
  if (isFailure(first)) return first;
  if (isFailure(second)) return second;
  const isSameShape =
    second.root.length === 0 || JSON.stringify(first.shape) === JSON.stringify(second.shape);
  if (isSameShape && looksFor(options, first.root))
    return { root: [...first.root, ...second.root], shape: first.shape };
  return unsayable(
    'products from two places whose fields differ (@if)',
    'write an entry of Event Mappings with a condition, and map the contents for that entry',
  );
}

const definitionOf = (name: string) => {
  const definition = DEFINITIONS.find((one) => one.name === name);
  if (definition === undefined) throw new TypeError(`${name} is not a parameter`);
  return definition;
};

const typeOf = ({ parameter }: Field) => definitionOf(parameter).type;

/** Whether the workspace says nothing of its own: the field is as the built-in destination or this function has it. */
const isDefault = ({ parameter, defaults }: Field, text: string): boolean =>
  text === definitionOf(parameter).from || defaults.includes(text);

const BARE: Settings = {
  accessToken: '',
  eventSetId: '',
  eventMappings: {},
  parameterMappings: {},
  defaultCountry: undefined,
  limitedDataUse: undefined,
  testEventCode: undefined,
  eventSource: 'offline',
};

/** Why the function would not take an entry. */
function problemOf(parameter: string, text: string): Unsayable | undefined {
  if (parameter === 'event_time' && text === '')
    return {
      problem:
        'empty, so the built-in destination sends the time of handling; this function sends the time of the event',
      advice: 'map event_time to receivedAt if that is what you want',
    };
  const [problem] = readParameterMappings({ ...BARE, parameterMappings: { [parameter]: text } }).problems;
  return problem === undefined ? undefined : { problem, advice: 'map another source' };
}
