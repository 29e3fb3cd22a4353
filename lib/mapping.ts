// The settings' two maps on top of the defaults, compiled once for the settings that a call is given.
import { EVENT_MAPPINGS, eventKey } from './events';
import { parseExpression, type Expression } from './expression';
import type { Failure } from './outcome';
import { GROUPS, PARAMETERS, type Definition, type Group, type Parameter } from './parameters';
import { maskText } from './privacy';
import { labelOf, settingsFailure, type SettingName, type Settings } from './settings';

/** The parameters to read, by group. */
export type Parameters = Readonly<Record<Group, readonly Parameter[]>>;

export interface Mapping {
  /** TikTok's event names for a Segment event's name; none where it is not mapped or turned off. */
  readonly eventNames: (segmentName: string) => readonly string[];
  /** The parameters for a Segment event's name. */
  readonly parameters: (segmentName: string) => Parameters;
  readonly settings: Settings;
}

/** By the parameter's name in lower case. */
type ParameterTable = ReadonlyMap<string, Parameter>;
type Complain = (entry: string, problem: string) => void;

// Made when it is first needed; it holds nothing of a workspace.
let defaults: ParameterTable | undefined;

/** Compiles the maps. Every malformed entry is told at once: its setting, its key, and the place in it. */
export function compileMapping(settings: Settings): Mapping | Failure {
  const problems: string[] = [];
  const complainOf =
    (name: SettingName): Complain =>
    (entry, problem) => {
      problems.push(maskText(`${labelOf(name)}, entry "${entry}": ${problem}`, settings.accessToken));
    };
  defaults ??= defaultParameters();
  const names = readEventMappings(settings.eventMappings, complainOf('eventMappings'));
  const tables = readParameterMappings(settings.parameterMappings, defaults, complainOf('parameterMappings'));
  if (problems.length > 0) return settingsFailure(problems);

  const general = new Map([...defaults, ...(tables.get('') ?? [])]);
  const compiled = new Map([['', byGroup(general)]]);
  return {
    eventNames: (segmentName) => names.get(eventKey(segmentName)) ?? [],
    parameters: (segmentName) => {
      const specific = tables.get(eventKey(segmentName));
      const key = specific === undefined ? '' : eventKey(segmentName);
      const parameters = compiled.get(key) ?? byGroup(new Map([...general, ...(specific ?? [])]));
      compiled.set(key, parameters);
      return parameters;
    },
    settings,
  };
}

function readEventMappings(
  map: Settings['eventMappings'],
  complain: Complain,
): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  for (const [entry, value] of Object.entries(map)) {
    const key = eventKey(entry);
    if (key === '' || names.has(key))
      complain(entry, key === '' ? 'it names no Segment event' : 'it is there twice');
    const list = value.split(',').map((name) => name.trim());
    names.set(
      key,
      list.filter((name) => name !== ''),
    );
  }
  for (const [event, name] of Object.entries(EVENT_MAPPINGS)) {
    if (!names.has(eventKey(event))) names.set(eventKey(event), [name]);
  }
  return names;
}

const ENTRY = /^(?:(?<event>.*\S.*): +)?(?<name>\S+)$/s;
const CUSTOM = /^properties\.(?<field>(?!__proto__$)[^.]+)$/;

/** The parameters by the key of the Segment event that they are for; by '' those for all events. */
function readParameterMappings(
  map: Settings['parameterMappings'],
  known: ParameterTable,
  complain: Complain,
): ReadonlyMap<string, ParameterTable> {
  const tables = new Map<string, Map<string, Parameter>>();
  for (const [entry, value] of Object.entries(map)) {
    const { event = '', name = '' } = ENTRY.exec(entry.trim())?.groups ?? {};
    const key = name.toLowerCase();
    const table = tables.get(eventKey(event)) ?? new Map<string, Parameter>();
    tables.set(eventKey(event), table);

    const text = value.trim();
    const parameter = known.get(key) ?? customParameter(name);
    const source = text === '' ? NOT_SENT : parseExpression(text);
    if (parameter === undefined) {
      complain(entry, 'it ends in no parameter of TikTok, such as user.email or properties.value');
    } else if ('expected' in source) {
      complain(entry, `expected ${source.expected} at character ${String(source.at + 1)} of "${text}"`);
    } else if (parameter.type === 'contents' && source.sources.some((one) => 'literal' in one)) {
      complain(entry, 'products come from a path, not from a literal');
    } else if (parameter.type === 'time' && text === '') {
      complain(entry, 'TikTok counts no event without its time');
    } else if (table.has(key)) {
      complain(entry, 'it is there twice');
    } else {
      table.set(key, { ...parameter, source });
    }
  }
  return tables;
}

const NOT_SENT: Expression = { sources: [] };

function customParameter(name: string): Parameter | undefined {
  const field = CUSTOM.exec(name)?.groups?.['field'];
  return field === undefined
    ? undefined
    : { name, group: 'properties', field, type: 'custom', source: NOT_SENT };
}

function defaultParameters(): ParameterTable {
  const table = new Map<string, Parameter>();
  for (const group of GROUPS) {
    for (const [field, [type, text = '']] of Object.entries<Definition>(PARAMETERS[group])) {
      const name = group === '' ? field : `${group}.${field}`;
      const source = parseExpression(text);
      table.set(name, { name, group, field, type, source: 'expected' in source ? NOT_SENT : source });
    }
  }
  return table;
}

function byGroup(table: ParameterTable): Parameters {
  const parameters = [...table.values()].filter(({ source }) => source.sources.length > 0);
  const of = (group: Group) => parameters.filter((parameter) => parameter.group === group);
  return {
    '': of(''),
    user: of('user'),
    properties: of('properties'),
    'properties.contents': of('properties.contents'),
    page: of('page'),
  };
}
