// Where the parameters of TikTok events come from: the table's default sources, and the setting on top of them.
import { DEFINITIONS } from '../parameters/definitions';
import { READERS, type Context, type Reader, type TypeName } from '../parameters/readers';
import { describeFlaw, REASONS, type Reason } from '../parameters/reasons';
import { OwnPhones } from '../privacy/own-phones';
import { isFailure } from '../result';
import type { EventSource, Group } from '../tiktok/payload';
import { isPresent } from '../values/json';
import { isTypingError, nearestOf } from '../values/nearest';
import { isPlaceholder } from '../values/placeholder';
import { textOf } from '../values/text';
import { DUPLICATE, problemsOf, readEntries } from './entries';
import {
  describeProblem,
  isWhole,
  KEY,
  leadsToOneValue,
  parseExpression,
  pathsOf,
  type Expression,
  type Root,
  type Source,
  type SourceForm,
} from './expression';
import { keyOf } from './key';
import type { Settings } from './settings';

/** A parameter ready to be read. */
export interface Parameter {
  /** As TikTok's payload spells it: `user.email`. */
  readonly name: string;
  readonly group: Group;
  readonly field: string;
  readonly type: TypeName;
  /** The kind of event set that takes it, if not both do. */
  readonly only: EventSource | undefined;
  /** That of its type: looked up once per parameter instead of once per value. */
  readonly reader: Reader;
  readonly expression: Expression;
  /** What takes its place if the event's own properties are the product, if not itself. */
  readonly ofEvent: Parameter | undefined;
  /** Whether what it is read from may be a person's if it is the event's own and not a product's. */
  readonly mayBePersons: boolean;
}

/** Parameters by their name in lower case. */
type Layer = ReadonlyMap<string, Parameter>;

/** The parameters that are sent, by the object that they stand in. */
export type ParametersByGroup = Readonly<Record<Group, readonly Parameter[]>>;

interface MergedParameters {
  readonly parameters: ParametersByGroup;
  /** Wherever a phone number may stand, by default or by a mapping. */
  readonly phoneSources: readonly SourceForm[];
}

/** The defaults with the setting on top of them; and what is wrong with it. */
export interface ParameterMappings {
  readonly parametersFor: (eventKey: string) => MergedParameters;
  readonly problems: readonly string[];
}

interface Defaults {
  readonly layer: Layer;
  readonly merged: MergedParameters;
}
// By the kind of event set. Parsed once, when first needed: they contain nothing from a workspace.
const defaults = new Map<EventSource, Defaults>();

/** Reads the setting Parameter Mappings, and what is wrong with it. */
export function readParameterMappings({
  parameterMappings,
  accessToken,
  eventSource,
}: Settings): ParameterMappings {
  const { layer: defaultLayer, merged: onlyDefaults } = defaultsFor(eventSource);
  /** By the key of an entry of Event Mappings; '' for those of all entries. */
  const layers = new Map<string, Map<string, Parameter>>();
  const merged = new Map<string, MergedParameters>();
  const malformed = readEntries('parameterMappings', parameterMappings, accessToken, (entry, text) => {
    const { segmentEvent, name } = partsOf(entry);
    const key = name.toLowerCase();
    const parameter = defaultLayer.get(key) ?? customParameter(name);
    if (parameter === undefined) return unknownParameter(name);
    if (!isFor(parameter, eventSource))
      return `${parameter.name} is for ${parameter.only ?? ''} event sets, and Event Source is ${eventSource}`;
    const eventKey = keyOf(segmentEvent);
    const layer = layers.get(eventKey) ?? new Map<string, Parameter>();
    if (layer.has(key)) return DUPLICATE;
    const expression = parseExpression(text, rootOf(parameter.group));
    if (isFailure(expression)) return describeProblem(expression.reason, text);
    layers.set(
      eventKey,
      layer.set(key, { ...parameter, expression, ofEvent: undefined, mayBePersons: false }),
    );
    return problemOf(parameter, expression, parameter.expression);
  });
  return {
    problems: problemsOf(malformed),
    parametersFor(eventKey) {
      // Entries without parameters of their own have the same, which are read once for all of them.
      const key = layers.has(eventKey) ? eventKey : '';
      const known = merged.get(key);
      if (known !== undefined) return known;
      const own = key === '' ? undefined : layers.get(key);
      const made =
        layers.size === 0 ? onlyDefaults : mergeLayers([defaultLayer, layers.get(''), own], eventSource);
      merged.set(key, made);
      return made;
    },
  };
}

function unknownParameter(name: string): string {
  const own =
    name.startsWith('properties.') && !name.startsWith('properties.contents')
      ? ', or a property of your own whose name has no dots, spaces or other signs'
      : '';
  const nearest = nearestParameter(name);
  const elsewhere = name.includes('.') ? undefined : ELSEWHERE.get(wordOf(name));
  const hint = elsewhere ?? (nearest === undefined ? '' : `did you mean ${nearest}?`);
  return `expected a TikTok parameter, alone or after "Segment event: "${own}${hint === '' ? '' : `; ${hint}`}`;
}

/** What stands in another setting. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ...['event', 'eventname'].map((word): [string, string] => [
    word,
    "the event's name comes from Event Mappings",
  ]),
  ['eventsource', 'it is the setting Event Source'],
  ['eventsourceid', 'it is the setting Event Set ID'],
  ['eventsetid', 'it is the setting Event Set ID'],
  ['testeventcode', 'it is the setting Test Event Code'],
  ['accesstoken', 'it is the setting Access Token'],
]);

/** What Segment, the built-in destination, other platforms and people call a parameter. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  event_time: ['timestamp', 'time', 'date', 'occurredat'],
  'user.email': ['em', 'mail', 'emailaddress', 'emailaddresse'],
  'user.phone': ['ph', 'tel', 'mobile', 'phonenumber'],
  'user.external_id': ['userid', 'anonymousid', 'customerid'],
  'user.first_name': ['fn', 'name', 'givenname'],
  'user.last_name': ['ln', 'surname', 'familyname'],
  'user.zip_code': ['zp', 'zip', 'postalcode', 'postcode'],
  'user.city': ['ct', 'town'],
  'user.country': ['countrycode'],
  'user.state': ['st', 'region', 'province'],
  'user.ip': ['ipaddress', 'clientipaddress'],
  'user.user_agent': ['clientuseragent'],
  'properties.contents': ['product', 'item', 'lineitem'],
  'properties.contents.content_id': ['id', 'sku', 'productid', 'itemid'],
  'properties.value': ['revenue', 'total', 'amount'],
};
const OTHER_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries(OTHER_NAMES).flatMap(([name, words]) => words.map((word): [string, string] => [word, name])),
);

/** The last part of a name in lower case, without signs and the `s` of several. */
const wordOf = (name: string): string =>
  name
    .replace(/^.*\./s, '')
    .toLowerCase()
    .replace(/[^a-z\d]|s$/g, '');

/** The parameter that is probably meant; the built-in destination has `external_ids` and `phone_numbers`. */
function nearestParameter(given: string): string | undefined {
  const word = wordOf(given);
  const [field = given] = /[^.]*$/s.exec(given) ?? [];
  const same = DEFINITIONS.filter((definition) => wordOf(definition.field) === word);
  const mistyped = nearestOf(given, NAMES);
  const isMistyped = mistyped !== undefined && isTypingError(given.toLowerCase(), mistyped);
  const nearestField = nearestOf(field, FIELDS);
  return (
    (same.find((one) => one.field === field.toLowerCase()) ?? same[0])?.name ??
    OTHER_WORDS.get(word) ??
    (isMistyped ? mistyped : DEFINITIONS.find((definition) => definition.field === nearestField)?.name)
  );
}
const NAMES = DEFINITIONS.map(({ name }) => name);
const FIELDS = DEFINITIONS.map(({ field }) => field);

/** `[<Segment event>: ]<TikTok parameter>`; the event's name is all before the last `: `. */
export function partsOf(entry: string): { readonly segmentEvent: string; readonly name: string } {
  const [, segmentEvent = '', name = entry] = /^(.+): +(\S+)$/s.exec(entry) ?? [];
  return { segmentEvent, name };
}

/** A property of the workspace's own, which TikTok does not know. */
function customParameter(name: string): Parameter | undefined {
  const field = /^properties\.(?!__proto__$)(.+)/s.exec(name)?.[1];
  if (field === undefined || !isWhole(KEY, field)) return undefined;
  return {
    name,
    group: 'properties',
    field,
    type: 'custom',
    only: undefined,
    reader: READERS.custom,
    expression: [],
    ofEvent: undefined,
    mayBePersons: false,
  };
}

/** The sources of a product begin at the product, all others at the event. */
const rootOf = (group: Group): Root => (group === 'contents' ? 'item' : 'event');

/** A literal that is a path: `"properties.store"`. */
const PATH_IN_QUOTES = /^"\$?\.?(?:properties|traits|context)[.[][^\s"]+"$/;
/** A path that other languages would fill in: `${properties.store}`, `{properties.store}`, `%properties.store%`. */
const PLACE_OF_OTHER_LANGUAGES = /(?:\$\{|(?<!\{)\{|%)\s*\$?\.?(?:properties|traits|context)[.[]/;

/** Whether a literal, or what stands in a template as it is, was meant to be a path. */
const isMeantAsPath = ({ text }: Source, defaults: Expression): boolean =>
  PATH_IN_QUOTES.test(text) ||
  PLACE_OF_OTHER_LANGUAGES.test(text) ||
  defaults.some((source) => text === `"${source.text}"`);

/** Types that are not hashed, of which a literal can be read without an event. */
const TYPES_OF_LITERALS: ReadonlySet<TypeName> = new Set([
  'phoneCountry',
  'country',
  'ip',
  'contentType',
  'currency',
  'number',
  'time',
  'limitedDataUse',
]);

/** A literal, unless it means that there is no value: `"n/a"`, or an empty one. */
const isLiteral = (source: Source): source is Source & { readonly kind: 'literal' } =>
  source.kind === 'literal' && isPresent(source.value) && !isPlaceholder(textOf(source.value));

/** What a literal is if it can never be sent; `undefined` if it can. */
function flawOfLiteral(source: Source, type: TypeName): string | undefined {
  if (!isLiteral(source) || !TYPES_OF_LITERALS.has(type)) return undefined;
  const reasons: Reason[] = [];
  const reader: Reader = READERS[type];
  const read = reader.read(
    source.value,
    withoutEvent((reason) => reasons.push(reason)),
  );
  if (read !== undefined) return undefined;
  const [reason = 'invalid'] = reasons;
  return reason === 'invalid' ? reader.flaw : REASONS[reason];
}

/** What a literal is read with. */
const withoutEvent = (leaveOut: Context['leaveOut']): Context => ({
  now: Infinity,
  limitedDataUse: undefined,
  phoneCountry: undefined,
  addressCountry: () => undefined,
  hasAddressCountry: () => false,
  currency: () => undefined,
  phones: new OwnPhones(),
  readItem: () => undefined,
  readProduct: () => undefined,
  isLiteral: true,
  path: [],
  leaveOut,
});

/**
 * What is wrong with an expression for a parameter of this type, even though it can be parsed.
 *
 * @param defaults what the parameter is read from by default.
 */
function problemOf(
  { name, type, reader }: Parameter,
  expression: Expression,
  defaults: Expression,
): string | undefined {
  const quoted = expression.find((source) => isMeantAsPath(source, defaults));
  if (quoted)
    return `expected a path without quotes, or {{ }} around each path of a text, not ${quoted.text}`;
  const literal = expression.find(({ kind }) => kind === 'literal');
  if (name === 'event_id' && literal)
    return `expected a source that each event has its own of, not ${literal.text}: TikTok counts events with the same ID once`;
  if (type === 'time' && expression.length === 0) return 'expected a source: TikTok needs the time';
  for (const source of expression) {
    const flaw = flawOfLiteral(source, type);
    if (flaw !== undefined) return describeFlaw({ source: source.text, flaw });
  }
  const early = expression.slice(0, -1).find(isLiteral);
  if (early) return `expected ${early.text} as the last source: what follows a literal is never read`;
  if (type === 'contents') {
    const noPath = expression.find(({ kind }) => kind !== 'path');
    return noPath && `expected a path, not ${noPath.text}`;
  }
  if (reader.takesLists) return undefined;
  const list = expression.find((source) => !pathsOf(source).every(leadsToOneValue));
  return list && `expected a path to one value, not ${list.text}: ${name} is not a list`;
}

/** A source, and whatever it is made of: a part of a phone number may stand there. */
const withItsPaths = (source: Source): readonly SourceForm[] =>
  source.kind === 'path'
    ? [source]
    : [source, ...pathsOf(source).map((path): SourceForm => ({ kind: 'path', ...path }))];

/** Without those that are there already: a mapping often ends with the default source. */
const eachOnce = (sources: readonly SourceForm[]): readonly SourceForm[] => [
  ...new Map(sources.map((source) => [JSON.stringify({ ...source, text: undefined }), source])).values(),
];

const isFor = ({ only }: Parameter, eventSource: EventSource): boolean =>
  only === undefined || only === eventSource;

/** If a parameter stands in several layers, the last one counts. */
function mergeLayers(layers: readonly (Layer | undefined)[], eventSource: EventSource): MergedParameters {
  const merged = new Map<string, Parameter>();
  for (const layer of layers) layer?.forEach((parameter, name) => merged.set(name, parameter));
  const parameters: Record<Group, Parameter[]> = {
    event: [],
    phone: [],
    user: [],
    properties: [],
    contents: [],
    page: [],
    lead: [],
  };
  for (const parameter of merged.values())
    if (parameter.expression.length > 0 && isFor(parameter, eventSource))
      parameters[parameter.group].push(parameter);
  const phoneSources = layers.flatMap((layer) => layer?.get('user.phone')?.expression ?? []);
  return { parameters, phoneSources: eachOnce(phoneSources.flatMap(withItsPaths)) };
}

function defaultsFor(eventSource: EventSource): Defaults {
  const known = defaults.get(eventSource) ?? readDefaults(eventSource);
  defaults.set(eventSource, known);
  return known;
}

function readDefaults(eventSource: EventSource): Defaults {
  const layer = new Map<string, Parameter>();
  for (const { name, group, field, type, only, from, ofEvent, mayBePersons = false } of DEFINITIONS) {
    const read = (source: string): Parameter => {
      const expression = parseExpression(source, rootOf(group));
      if (isFailure(expression)) throw new TypeError(`The default source of ${name} cannot be parsed`);
      const reader = READERS[type];
      return { name, group, field, type, only, reader, expression, ofEvent: undefined, mayBePersons };
    };
    layer.set(name, { ...read(from), ofEvent: ofEvent === undefined ? undefined : read(ofEvent) });
  }
  return { layer, merged: mergeLayers([layer], eventSource) };
}
