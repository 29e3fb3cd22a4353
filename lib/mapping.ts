// The settings' two maps on top of the defaults, compiled once for the settings that a call is given.
import { EVENT_MAPPINGS, eventKey } from './events';
import { parseExpression, type Expression } from './expression';
import type { Failure } from './outcome';
import { CONTENTS, PARAMETERS, type Definition, type Parameter, type TypeName } from './parameters';
import { maskText } from './privacy';
import { settingsFailure, type Settings } from './settings';
import { textOf } from './values';

/** The parameters to read from an event, and those to read from each of its products. */
export interface Parameters {
  readonly parameters: readonly Parameter[];
  readonly items: readonly Parameter[];
}

export interface Mapping {
  /** TikTok's event names for a Segment event's name; none where it is not mapped or turned off. */
  readonly eventNames: (segmentName: string) => readonly string[];
  /** The parameters for a Segment event's name. */
  readonly parameters: (segmentName: string) => Parameters;
  readonly settings: Settings;
}

/** By the parameter's name in lower case. */
type ParameterTable = ReadonlyMap<string, Parameter>;
type TextMap = Settings['eventMappings'];

const NOT_SENT: Expression = { sources: [] };

// Made when it is first needed; it holds nothing of a workspace.
let defaults: ParameterTable | undefined;

/** Compiles the maps. Every malformed entry is told at once: its setting, its key, and the place in it. */
export function compileMapping(settings: Settings): Mapping | Failure {
  const problems: string[] = [];
  /** Reads the entries of a map; `read` gives the problem of an entry that has one. */
  function readEntries(
    label: string,
    map: TextMap,
    read: (key: string, value: string) => string | undefined,
  ) {
    for (const [key, value] of Object.entries(map)) {
      const problem = typeof value === 'string' ? read(key.trim(), value.trim()) : 'its value must be a text';
      if (problem !== undefined) {
        problems.push(maskText(`${label}, entry "${key}": ${problem}`, settings.accessToken));
      }
    }
  }

  const names = new Map<string, readonly string[]>();
  readEntries('Event Mappings', settings.eventMappings, (event, list) => {
    if (event === '' || names.has(eventKey(event))) return 'a Segment event must be named, and only once';
    names.set(
      eventKey(event),
      list.split(',').flatMap((name) => textOf(name) ?? []),
    );
    return undefined;
  });

  defaults ??= defaultParameters();
  const tables = new Map<string, Map<string, Parameter>>();
  readEntries('Parameter Mappings', settings.parameterMappings, (entry, text) => {
    const { event = '', name = '' } = /^(?:(?<event>.*\S.*): +)?(?<name>\S+)$/s.exec(entry)?.groups ?? {};
    const key = name.toLowerCase();
    const type =
      defaults?.get(key)?.type ?? (/^properties\.(?!__proto__$)[^.]+$/.test(name) ? 'custom' : undefined);
    if (type === undefined)
      return 'it must end in a parameter of TikTok, such as user.email or properties.value';
    const table = tables.get(eventKey(event)) ?? new Map<string, Parameter>();
    if (table.has(key)) return 'a parameter must be named only once';
    const source = text === '' ? NOT_SENT : parseExpression(text);
    if ('expected' in source)
      return `expected ${source.expected} at character ${String(source.at + 1)} of ${text}`;
    if (type === 'time' && text === '') return 'TikTok counts no event without its time';
    if (type === 'contents' && source.sources.some((one) => 'literal' in one))
      return 'expected paths, not a literal';
    tables.set(eventKey(event), table.set(key, makeParameter(type === 'custom' ? name : key, type, source)));
    return undefined;
  });
  if (problems.length > 0) return settingsFailure(problems);

  const general = new Map([...defaults, ...(tables.get('') ?? [])]);
  const compiled = new Map<ParameterTable | undefined, Parameters>();
  return {
    eventNames: (segmentName) =>
      names.get(eventKey(segmentName)) ?? DEFAULT_NAMES.get(eventKey(segmentName)) ?? [],
    parameters: (segmentName) => {
      const specific = tables.get(eventKey(segmentName));
      const parameters = compiled.get(specific) ?? split(new Map([...general, ...(specific ?? [])]));
      compiled.set(specific, parameters);
      return parameters;
    },
    settings,
  };
}

const DEFAULT_NAMES = new Map(
  Object.entries(EVENT_MAPPINGS).map(([event, name]) => [eventKey(event), [name]]),
);

function defaultParameters(): ParameterTable {
  const table = new Map<string, Parameter>();
  for (const [name, [type, text = '']] of Object.entries<Definition>(PARAMETERS)) {
    const source = parseExpression(text);
    table.set(name, makeParameter(name, type, 'expected' in source ? NOT_SENT : source));
  }
  return table;
}

function makeParameter(name: string, type: TypeName, source: Expression): Parameter {
  const [, group = '', field = name] = /^(.*)\.(.*)$/.exec(name) ?? [];
  return { name, group, field, type, source };
}

function split(table: ParameterTable): Parameters {
  const sent = [...table.values()].filter(({ source }) => source.sources.length > 0);
  return {
    parameters: sent.filter(({ group }) => group !== CONTENTS),
    items: sent.filter(({ group }) => group === CONTENTS),
  };
}
