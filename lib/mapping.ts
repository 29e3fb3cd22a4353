// The settings' two maps on top of the defaults, compiled once for the settings that a call is given.
import { EVENT_MAPPINGS, eventKey } from './events';
import { parseExpression, type Source } from './expression';
import type { Failure } from './outcome';
import { PARAMETERS, type Definition, type Groups, type Parameter } from './parameters';
import { mask } from './privacy';
import { settingsFailure, type Settings } from './settings';
import { some } from './values';

/** Where the parameters of an event come from. */
interface Plan {
  /** By name in lower case; those that are not sent are among them. */
  readonly table: ReadonlyMap<string, Parameter>;
  /** Those that are sent. */
  readonly groups: Groups;
  /** Wherever a phone number may stand, by default or by a mapping. */
  readonly phones: readonly Source[];
}
/** What the Segment events of one name become. */
interface EventMapping {
  /** TikTok's event names; none where the event is not mapped or turned off. */
  readonly names: readonly string[];
  readonly plan: Plan;
}
/** By the name of a Segment event. */
export type Mapping = (segmentName: string) => EventMapping;

const TWICE = 'it is there twice, but for case and spaces';

// Made when it is first needed; it holds nothing of a workspace.
let defaults: Plan | undefined;

/** Compiles the maps. Every malformed entry is told at once: its setting, its key, and the place in it. */
export function compileMapping(settings: Settings): Mapping | Failure {
  const problems: string[] = [];
  /** Reads the entries of a map; `read` gives the problem of an entry, if there is one. */
  function readEntries(
    label: string,
    map: Settings['eventMappings'],
    read: (key: string, value: string) => string | undefined,
  ) {
    for (const [key, value] of Object.entries(map)) {
      const problem = typeof value === 'string' ? read(key.trim(), value.trim()) : 'expected a text';
      if (problem !== undefined)
        problems.push(mask(`${label}, entry "${key}": ${problem}`, settings.accessToken));
    }
  }

  const names = new Map<string, readonly string[]>();
  readEntries('Event Mappings', settings.eventMappings, (event, list) => {
    const key = eventKey(event);
    if (names.has(key)) return TWICE;
    names.set(key, [...new Set(list.split(',').flatMap((name) => some(name.trim()) ?? []))]);
    return key === '' ? 'expected an event name' : undefined;
  });

  const { table } = (defaults ??= planOf(defaultTable()));
  /** By the key of an event, '' for all of them. */
  const entries = new Map<string, Map<string, Parameter>>();
  readEntries('Parameter Mappings', settings.parameterMappings, (entry, text) => {
    const [, segmentName = '', name = entry] = /^(.+): +(\S+)$/s.exec(entry) ?? [];
    const key = name.toLowerCase();
    // A name that TikTok does not know is one of the workspace's own in `properties`.
    const parameter: Parameter | false =
      table.get(key) ??
      (/^properties\.(?!__proto__$)[^.\s]+$/.test(name) && {
        name,
        group: 'properties',
        field: name.slice(11),
        type: 'custom',
        source: [],
      });
    if (!parameter) return 'expected a TikTok parameter, alone or after "Segment event: "';
    const event = eventKey(segmentName);
    const ofEvent = entries.get(event) ?? new Map<string, Parameter>();
    if (ofEvent.has(key)) return TWICE;
    const source = parseExpression(text);
    if ('expected' in source) return `expected ${source.expected} at character ${source.at + 1} of ${text}`;
    entries.set(event, ofEvent.set(key, { ...parameter, source }));
    if (parameter.type === 'time' && text === '') return 'TikTok needs it';
    const literal = parameter.type === 'contents' && source.find((one) => 'literal' in one);
    return literal ? `expected a path, not ${literal.text}` : undefined;
  });
  if (problems.length > 0) return settingsFailure(problems);

  const plans = new Map<string, Plan>(entries.size === 0 ? [['', defaults]] : []);
  return (segmentName) => {
    const key = eventKey(segmentName);
    const scope = entries.has(key) ? key : '';
    const plan = plans.get(scope) ?? planOf(table, entries.get(''), entries.get(scope));
    plans.set(scope, plan);
    return { names: names.get(key) ?? DEFAULT_NAMES.get(key) ?? [], plan };
  };
}

const DEFAULT_NAMES = new Map(
  Object.entries(EVENT_MAPPINGS).map(([event, name]) => [eventKey(event), [name]]),
);

/** Of the parameters of the same name in several tables, the last one counts. */
function planOf(...layers: readonly (Plan['table'] | undefined)[]): Plan {
  const tables = new Set(layers);
  const table = new Map<string, Parameter>();
  for (const one of tables) one?.forEach((parameter, name) => table.set(name, parameter));
  const groups: Record<string, Parameter[]> = {};
  for (const parameter of table.values()) {
    if (parameter.source.length > 0) (groups[parameter.group] ??= []).push(parameter);
  }
  return { table, groups, phones: [...tables].flatMap((one) => one?.get('user.phone')?.source ?? []) };
}

function defaultTable(): Plan['table'] {
  const entries = new Map<string, Parameter>();
  for (const [group, fields] of Object.entries(PARAMETERS)) {
    for (const [field, [text, type = 'text']] of Object.entries<Definition>(fields)) {
      const name = group === '' ? field : `${group}.${field}`;
      const source = parseExpression(text);
      if (!('expected' in source)) entries.set(name, { name, group, field, type, source });
    }
  }
  return entries;
}
