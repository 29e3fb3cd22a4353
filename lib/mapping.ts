// The settings' two maps on top of the defaults, compiled once for the settings that a call is given.
import { EVENT_MAPPINGS, eventKey } from './events';
import { parseExpression, type SyntaxProblem } from './expression';
import { retry, type Failure } from './outcome';
import { PARAMETERS, type Group, type Parameter, type TypeName } from './parameters';
import { maskText } from './privacy';
import { labelOf, type Settings } from './settings';

/** The parameters to read, by where they stand in TikTok's event. */
export type Parameters = Readonly<Record<Group, readonly Parameter[]>>;

export interface Mapping {
  /** TikTok's event names for a Segment event's name; none where it is not mapped or turned off. */
  readonly eventNames: (segmentName: string) => readonly string[];
  /** The parameters for a Segment event's name. */
  readonly parameters: (segmentName: string) => Parameters;
  readonly settings: Settings;
}

/** Parameters by their names in lower case; `undefined` for one that is not sent. */
type ParameterTable = ReadonlyMap<string, Parameter | undefined>;

let defaults: ParameterTable | undefined;

/** Compiles the maps. Every malformed entry is told at once: its setting, its key, and the place in it. */
export function compileMapping(settings: Settings): Mapping | Failure {
  const problems: string[] = [];
  const names = eventNames(settings.eventMappings, problems);
  const tables = parameterTables(settings.parameterMappings, problems);
  if (problems.length > 0) {
    const list = maskText(problems.join('; '), settings.accessToken, 2000);
    return retry(`Mend the function's settings in Segment: ${list}.`);
  }

  const general = new Map([...(defaults ??= defaultTable()), ...(tables.get('') ?? [])]);
  const compiled = new Map([['', group(general)]]);
  return {
    eventNames: (segmentName) => names.get(eventKey(segmentName)) ?? [],
    parameters: (segmentName) => {
      const specific = tables.get(eventKey(segmentName));
      const key = specific === undefined ? '' : eventKey(segmentName);
      const parameters = compiled.get(key) ?? group(new Map([...general, ...(specific ?? [])]));
      compiled.set(key, parameters);
      return parameters;
    },
    settings,
  };
}

function eventNames(mappings: Settings['eventMappings'], problems: string[]): ReadonlyMap<string, readonly string[]> {
  const given = new Map<string, readonly string[]>();
  for (const [entry, names] of Object.entries(mappings)) {
    const key = eventKey(entry);
    const problem = key === '' ? 'its Segment event has no name' : given.has(key) ? 'its Segment event is there twice' : '';
    if (problem !== '') problems.push(`${labelOf('eventMappings')}, entry "${entry}": ${problem}`);
    given.set(
      key,
      names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    );
  }
  for (const [event, name] of Object.entries(EVENT_MAPPINGS)) {
    if (!given.has(eventKey(event))) given.set(eventKey(event), [name]);
  }
  return given;
}

/** The entries of Parameter Mappings by the key of their Segment event; by '' those for all events. */
function parameterTables(
  mappings: Settings['parameterMappings'],
  problems: string[],
): ReadonlyMap<string, ParameterTable> {
  const tables = new Map<string, Map<string, Parameter | undefined>>();
  for (const [entry, text] of Object.entries(mappings)) {
    const colon = entry.lastIndexOf(': ');
    const event = eventKey(entry.slice(0, Math.max(colon, 0)));
    const name = entry.slice(colon < 0 ? 0 : colon + 2).trim();
    const table = tables.get(event) ?? new Map<string, Parameter | undefined>();
    tables.set(event, table);

    const complain = (problem: string) => {
      problems.push(`${labelOf('parameterMappings')}, entry "${entry}": ${problem}`);
    };
    const type = typeOf(name);
    if (type === undefined) complain(`"${name}" is no parameter of TikTok's, such as user.email or properties.value`);
    else if (colon >= 0 && event === '') complain('its Segment event has no name');
    else if (table.has(name.toLowerCase())) complain('it is there twice');
    else if (text.trim() === '') table.set(name.toLowerCase(), undefined);
    else {
      const parameter = makeParameter(name, type, text);
      if ('expected' in parameter) complain(`expected ${parameter.expected} at character ${String(parameter.at + 1)} of "${text}"`);
      else table.set(name.toLowerCase(), parameter);
    }
  }
  return tables;
}

const CUSTOM = /^properties\.(?!__proto__$)[^\s.,"'[\]]+$/;

function typeOf(name: string): TypeName | undefined {
  const lower = name.toLowerCase();
  const known = Object.entries(PARAMETERS).find(([parameter]) => parameter === lower)?.[1];
  return known?.type ?? (CUSTOM.test(name) ? 'custom' : undefined);
}

function makeParameter(name: string, type: TypeName, text: string): Parameter | SyntaxProblem {
  const source = parseExpression(text);
  if ('expected' in source) return source;
  if (type === 'contents' && source.sources.some((one) => 'literal' in one)) {
    return { at: 0, expected: 'paths to products, not a literal,' };
  }
  const place = type === 'custom' ? name : name.toLowerCase();
  const dot = place.lastIndexOf('.');
  return { name: place, group: groupOf(place.slice(0, Math.max(dot, 0))), field: place.slice(dot + 1), type, source };
}

function groupOf(prefix: string): Group {
  switch (prefix) {
    case 'user':
    case 'properties':
    case 'page':
      return prefix;
    case 'properties.contents':
      return 'item';
    default:
      return 'event';
  }
}

function defaultTable(): ParameterTable {
  const table = new Map<string, Parameter>();
  for (const [name, definition] of Object.entries(PARAMETERS)) {
    if (!('source' in definition)) continue;
    const parameter = makeParameter(name, definition.type, definition.source);
    if ('expected' in parameter) throw new Error(`The default source of ${name} is malformed`);
    table.set(name, parameter);
  }
  return table;
}

function group(table: ParameterTable): Parameters {
  const groups: Record<Group, Parameter[]> = { event: [], user: [], properties: [], page: [], item: [] };
  for (const parameter of table.values()) {
    if (parameter !== undefined) groups[parameter.group].push(parameter);
  }
  return groups;
}
