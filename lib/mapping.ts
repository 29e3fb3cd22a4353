// The settings' two maps on top of the defaults, compiled once for the settings that a call is given.
import { EVENT_MAPPINGS, eventKey } from './events';
import { parseExpression, type Source } from './expression';
import type { Failure } from './outcome';
import { PARAMETERS, TYPES, type Definition, type Groups, type Parameter } from './parameters';
import { mask } from './privacy';
import { settingsFailure, type Settings } from './settings';
import { some } from './values';

/** Where the parameters of an event come from. */
interface Plan {
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

/** By name in lower case. */
type Table = ReadonlyMap<string, Parameter>;

// Made when it is first needed; it holds nothing of a workspace.
let defaults: { readonly table: Table; readonly plan: Plan } | undefined;

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
      if (problem) problems.push(mask(`${label}, entry "${key}": ${problem}`, settings.accessToken));
    }
  }

  const names = new Map<string, readonly string[]>();
  readEntries('Event Mappings', settings.eventMappings, (event, list) => {
    const key = eventKey(event);
    if (names.has(key)) return TWICE;
    names.set(key, [...new Set(list.split(',').flatMap((name) => some(name.trim()) ?? []))]);
    return key ? undefined : 'expected an event name';
  });

  const { table, plan } = (defaults ??= readDefaults());
  /** By the key of an event, '' for all of them. */
  const layers = new Map<string, Map<string, Parameter>>();
  readEntries('Parameter Mappings', settings.parameterMappings, (entry, text) => {
    const [, segmentName = '', name = entry] = /^(.+): +(\S+)$/s.exec(entry) ?? [];
    const key = name.toLowerCase();
    // A name that TikTok does not know is one of the workspace's own in `properties`.
    const parameter: Omit<Parameter, 'read' | 'source'> | false =
      table.get(key) ??
      (/^properties\.(?!__proto__$)[^.\s]+$/.test(name) && {
        name,
        group: 'properties',
        field: name.slice(11),
        type: 'custom',
      });
    if (!parameter) return 'expected a TikTok parameter, alone or after "Segment event: "';
    const event = eventKey(segmentName);
    const layer = layers.get(event) ?? new Map<string, Parameter>();
    if (layer.has(key)) return TWICE;
    const source = parseExpression(text);
    if ('expected' in source) return `expected ${source.expected} at character ${source.at + 1} of ${text}`;
    // Spelled out: a spread would take half as long as the rest of the entry.
    const { group, field, type } = parameter;
    layers.set(
      event,
      layer.set(key, { name: parameter.name, group, field, type, read: TYPES[type], source }),
    );
    if (type === 'time' && !text) return 'TikTok needs it';
    const literal = type === 'contents' && source.find(({ path }) => !path);
    return literal ? `expected a path, not ${literal.text}` : undefined;
  });
  if (problems[0]) return settingsFailure(problems);

  // The events of a batch have the same names again and again.
  const known = new Map<string, EventMapping>();
  return (name) => {
    let found = known.get(name);
    if (!found) {
      const key = eventKey(name);
      found = {
        names: names.get(key) ?? DEFAULT_NAMES.get(key) ?? [],
        plan: layers.size === 0 ? plan : planOf(table, layers.get(''), layers.get(key)),
      };
      known.set(name, found);
    }
    return found;
  };
}

const DEFAULT_NAMES = new Map(
  Object.entries(EVENT_MAPPINGS).map(([event, name]) => [eventKey(event), [name]]),
);

/** Of the parameters of the same name in several tables, the last one counts. */
function planOf(...tables: readonly (Table | undefined)[]): Plan {
  const merged = new Map<string, Parameter>();
  for (const table of tables) table?.forEach((parameter, name) => merged.set(name, parameter));
  const groups: Record<string, Parameter[]> = {};
  for (const parameter of merged.values())
    if (parameter.source[0]) (groups[parameter.group] ??= []).push(parameter);
  return { groups, phones: tables.flatMap((table) => table?.get('user.phone')?.source ?? []) };
}

function readDefaults(): NonNullable<typeof defaults> {
  const table = new Map<string, Parameter>();
  for (const [group, fields] of Object.entries(PARAMETERS)) {
    for (const [field, [text, type = 'text']] of Object.entries<Definition>(fields)) {
      const name = group ? `${group}.${field}` : field;
      const source = parseExpression(text);
      if (!('expected' in source)) table.set(name, { name, group, field, type, read: TYPES[type], source });
    }
  }
  return { table, plan: planOf(table) };
}
