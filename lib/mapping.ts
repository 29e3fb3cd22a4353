// The settings' two maps on top of the defaults, compiled once for the settings that a call is given.
import { EVENT_MAPPINGS, eventKey } from './events';
import { parseExpression, type Expression, type Source } from './expression';
import type { Failure } from './outcome';
import { CONTENTS, PARAMETERS, type Definition, type Parameter, type TypeName } from './parameters';
import { mask } from './privacy';
import { settingsFailure, type Settings } from './settings';
import { textOf } from './values';

/** What the Segment events of one name become. */
interface EventMapping {
  /** TikTok's event names; none where the event is not mapped or turned off. */
  readonly names: readonly string[];
  readonly parameters: readonly Parameter[];
  /** The parameters of each product. */
  readonly items: readonly Parameter[];
  /** Wherever a phone number may stand, by default or by a mapping. */
  readonly phoneSources: readonly Source[];
}
/** By the name of a Segment event. */
export type Mapping = (segmentName: string) => EventMapping;

/** By the parameter's name in lower case. */
type ParameterTable = ReadonlyMap<string, Parameter>;
type TextMap = Settings['eventMappings'];

const NOT_SENT: Expression = { sources: [] };

// Made when it is first needed; it holds nothing of a workspace.
let defaults: ParameterTable | undefined;

/** Compiles the maps. Every malformed entry is told at once: its setting, its key, and the place in it. */
export function compileMapping(settings: Settings): Mapping | Failure {
  const problems: string[] = [];
  /** Reads the entries of a map; `read` gives the problem of an entry, or ''. */
  function readEntries(label: string, map: TextMap, read: (key: string, value: string) => string) {
    for (const [key, value] of Object.entries(map)) {
      const problem = typeof value === 'string' ? read(key.trim(), value.trim()) : 'expected a text';
      if (problem !== '') {
        problems.push(mask(`${label}, entry "${key}": ${problem}`, settings.accessToken));
      }
    }
  }

  const names = new Map<string, readonly string[]>();
  readEntries('Event Mappings', settings.eventMappings, (event, list) => {
    const key = eventKey(event);
    if (key === '' || names.has(key)) return 'blank, or there twice';
    const listed = list.split(',').flatMap((name) => textOf(name) ?? []);
    names.set(key, listed);
    return '';
  });

  defaults ??= defaultParameters();
  const tables = new Map<string, Map<string, Parameter>>();
  readEntries('Parameter Mappings', settings.parameterMappings, (entry, text) => {
    const [, event = '', name = ''] = /^(?:(.*\S.*): +)?(\S+)$/s.exec(entry) ?? [];
    const key = name.toLowerCase();
    const type =
      defaults?.get(key)?.type ?? (/^properties\.(?!__proto__$)[^.]+$/.test(name) ? 'custom' : undefined);
    if (type === undefined) return 'TikTok has no such parameter';
    const table = tables.get(eventKey(event)) ?? new Map<string, Parameter>();
    if (table.has(key)) return 'it is there twice';
    const source = text === '' ? NOT_SENT : parseExpression(text);
    if ('expected' in source)
      return `expected ${source.expected} at character ${String(source.at + 1)} of ${text}`;
    if (type === 'time' && text === '') return 'TikTok needs it';
    if (type === 'contents' && source.sources.some((one) => 'literal' in one)) return 'expected paths only';
    tables.set(eventKey(event), table.set(key, makeParameter(type === 'custom' ? name : key, type, source)));
    return '';
  });
  if (problems.length > 0) return settingsFailure(problems);

  const general = new Map([...defaults, ...(tables.get('') ?? [])]);
  return (segmentName) => {
    const key = eventKey(segmentName);
    const table = new Map([...general, ...(tables.get(key) ?? [])]);
    const sent = [...table.values()].filter(({ source }) => source.sources.length > 0);
    return {
      names: names.get(key) ?? DEFAULT_NAMES.get(key) ?? [],
      parameters: sent.filter(({ group }) => group !== CONTENTS),
      items: sent.filter(({ group }) => group === CONTENTS),
      phoneSources: [defaults, table].flatMap((one) => one?.get('user.phone')?.source.sources ?? []),
    };
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
