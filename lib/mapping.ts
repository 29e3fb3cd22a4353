// The settings' two maps on top of the defaults, compiled once for the settings that a call is given.
import { EVENT_MAPPINGS, eventKey } from './events';
import { parseExpression, type Source } from './expression';
import type { Failure } from './outcome';
import { CONTENTS, PARAMETERS, type Definition, type Parameter } from './parameters';
import { mask } from './privacy';
import { settingsFailure, type Settings } from './settings';
import { textOf } from './values';

/** Where the parameters of an event come from. */
interface Sources {
  /** By name in lower case; those that are not sent are among them. */
  readonly table: ReadonlyMap<string, Parameter>;
  readonly parameters: readonly Parameter[];
  /** The parameters of each product. */
  readonly items: readonly Parameter[];
  /** Wherever a phone number may stand, by default or by a mapping. */
  readonly phoneSources: readonly Source[];
}
/** What the Segment events of one name become. */
interface EventMapping extends Sources {
  /** TikTok's event names; none where the event is not mapped or turned off. */
  readonly names: readonly string[];
}
/** By the name of a Segment event. */
export type Mapping = (segmentName: string) => EventMapping;

type TextMap = Settings['eventMappings'];

const TWICE = 'it is there twice, but for case and spaces';

// Made when it is first needed; it holds nothing of a workspace.
let defaults: Sources | undefined;

/** Compiles the maps. Every malformed entry is told at once: its setting, its key, and the place in it. */
export function compileMapping(settings: Settings): Mapping | Failure {
  const problems: string[] = [];
  /** Reads the entries of a map; `read` gives the problem of an entry, if there is one. */
  function readEntries(
    label: string,
    map: TextMap,
    read: (key: string, value: string) => string | undefined,
  ) {
    for (const [key, value] of Object.entries(map)) {
      const problem = typeof value === 'string' ? read(key.trim(), value.trim()) : 'expected a text';
      if (problem !== undefined) {
        problems.push(mask(`${label}, entry "${key}": ${problem}`, settings.accessToken));
      }
    }
  }

  const names = new Map<string, readonly string[]>();
  readEntries('Event Mappings', settings.eventMappings, (event, list) => {
    const key = eventKey(event);
    if (key === '') return 'expected an event name';
    if (names.has(key)) return TWICE;
    names.set(key, [...new Set(list.split(',').flatMap((name) => textOf(name) ?? []))]);
    return undefined;
  });

  defaults ??= sourcesOf(defaultEntries());
  const { table } = defaults;
  const entries = new Map<string, Map<string, Parameter>>();
  readEntries('Parameter Mappings', settings.parameterMappings, (entry, text) => {
    const colon = entry.lastIndexOf(': ');
    const event = eventKey(entry.slice(0, Math.max(0, colon)));
    const name = entry.slice(colon < 0 ? 0 : colon + 2).trim();
    const key = name.toLowerCase();
    const known = table.get(key) ?? customParameter(name);
    if (known === undefined || colon === 0) {
      return 'expected a TikTok parameter, alone or after "Segment event: "';
    }
    const ofEvent = entries.get(event) ?? new Map<string, Parameter>();
    if (ofEvent.has(key)) return TWICE;
    const source = parseExpression(text);
    if ('expected' in source)
      return `${text} at character ${String(source.at + 1)}: expected ${source.expected}`;
    if (known.type === 'time' && text === '') return 'TikTok needs it';
    const literal = known.type === 'contents' && source.sources.find((one) => 'literal' in one);
    if (literal) return `expected a path, not ${literal.text}`;
    entries.set(event, ofEvent.set(key, { ...known, source }));
    return undefined;
  });
  if (problems.length > 0) return settingsFailure(problems);

  const general = withEntries(defaults, entries.get(''));
  const made = new Map<string, EventMapping>();
  return (segmentName) => {
    let mapping = made.get(segmentName);
    if (mapping === undefined) {
      const key = eventKey(segmentName);
      mapping = {
        ...withEntries(general, entries.get(key)),
        names: names.get(key) ?? DEFAULT_NAMES.get(key) ?? [],
      };
      made.set(segmentName, mapping);
    }
    return mapping;
  };
}

const DEFAULT_NAMES = new Map(
  Object.entries(EVENT_MAPPINGS).map(([event, name]) => [eventKey(event), [name]]),
);

function sourcesOf(table: Sources['table'], otherPhoneSources: readonly Source[] = []): Sources {
  const sent = [...table.values()].filter(({ source }) => source.sources.length > 0);
  const phoneSources = table.get('user.phone')?.source.sources ?? [];
  return {
    table,
    parameters: sent.filter(({ group }) => group !== CONTENTS),
    items: sent.filter(({ group }) => group === CONTENTS),
    phoneSources: [...new Set([...otherPhoneSources, ...phoneSources])],
  };
}

/** With these entries in the place of those of the same name. */
const withEntries = (sources: Sources, entries: Sources['table'] | undefined): Sources =>
  entries === undefined ? sources : sourcesOf(new Map([...sources.table, ...entries]), sources.phoneSources);

/** A name of the workspace's own in `properties`. */
function customParameter(name: string): Omit<Parameter, 'source'> | undefined {
  const [, field] = /^properties\.(?!__proto__$)([^.\s]+)$/.exec(name) ?? [];
  return field === undefined ? undefined : { name, group: 'properties', field, type: 'custom' };
}

function defaultEntries(): Sources['table'] {
  const entries = new Map<string, Parameter>();
  for (const [group, fields] of Object.entries(PARAMETERS)) {
    for (const [field, [type, text = '']] of Object.entries<Definition>(fields)) {
      const name = group === '' ? field : `${group}.${field}`;
      const source = parseExpression(text);
      if ('sources' in source) entries.set(name, { name, group, field, type, source });
    }
  }
  return entries;
}
