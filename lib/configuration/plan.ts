// The settings' two maps, compiled: what each Segment event becomes.
import type { Failure } from '../result';
import { readEventMappings, type EventMapping, type Unmet } from './event-mappings';
import type { SourceForm } from './expression';
import { readParameterMappings, type ParametersByGroup } from './parameter-mappings';
import { settingsFailure, type Settings, type WrongSettings } from './settings';

/** What an entry of Event Mappings makes of the events that it matches. */
export interface Plan {
  readonly mapping: EventMapping;
  readonly parameters: ParametersByGroup;
  /** Wherever a phone number may stand, by default or by a mapping. */
  readonly phoneSources: readonly SourceForm[];
}

/** What the workspace has mapped. */
export interface Plans {
  /** A plan for each entry that matches an event; none if it is not mapped, or turned off. */
  readonly for: (event: unknown) => readonly Plan[];
  /** What of a condition does not hold for an event that has no plan, if that is why. */
  readonly findUnmet: (event: unknown) => Unmet | undefined;
  /** Those of all entries. */
  readonly all: () => readonly Plan[];
}

/** How many different settings are kept compiled: those of the instances that share an environment. */
const MAX_COMPILED = 16;

/** What was compiled, and of what: the full text of both maps, and Event Source. It holds no other setting, and no token. */
interface Compiled {
  readonly eventMappings: Entries;
  readonly parameterMappings: Entries;
  readonly eventSource: Settings['eventSource'];
  readonly plans: Plans;
}

/** The entries of a map, in its order. */
interface Entries {
  readonly keys: readonly string[];
  readonly values: readonly unknown[];
}

/** The one that was used last comes first. */
const compiled: Compiled[] = [];

/**
 * Compiles the maps, or takes what was compiled of the same text before; or reports every malformed entry of both at
 * once.
 */
export function compilePlans(settings: Settings): Plans | Failure<WrongSettings> {
  const place = compiled.findIndex((one) => isCompiledFrom(one, settings));
  const found = compiled[place];
  if (found !== undefined) {
    if (place > 0) compiled.unshift(...compiled.splice(place, 1));
    return found.plans;
  }
  const { eventMappings, parameterMappings, eventSource } = settings;
  const events = readEventMappings(eventMappings, settings.accessToken);
  const mappings = readParameterMappings(settings);
  const problems = [...events.problems, ...mappings.problems];
  if (problems.length > 0) return settingsFailure(problems);

  const planOf = (mapping: EventMapping): Plan => {
    const { parameters, phoneSources } = mappings.parametersFor(mapping.key);
    return { mapping, parameters, phoneSources };
  };
  const plans: Plans = {
    for: (event) => events.match(event).map(planOf),
    findUnmet: events.findUnmet,
    all: () => events.entries.map(planOf),
  };
  compiled.unshift({
    eventMappings: entriesOf(eventMappings),
    parameterMappings: entriesOf(parameterMappings),
    eventSource,
    plans,
  });
  compiled.length = Math.min(compiled.length, MAX_COMPILED);
  return plans;
}

const isCompiledFrom = (one: Compiled, settings: Settings): boolean =>
  one.eventSource === settings.eventSource &&
  hasEntries(settings.eventMappings, one.eventMappings) &&
  hasEntries(settings.parameterMappings, one.parameterMappings);

type TextMap = Readonly<Record<string, unknown>>;

const entriesOf = (map: TextMap): Entries => ({ keys: Object.keys(map), values: Object.values(map) });

/** Whether a map has these entries, in this order. That takes a fifth of the time of writing the map as one text. */
function hasEntries(map: TextMap, { keys, values }: Entries): boolean {
  const given = Object.keys(map);
  return (
    given.length === keys.length &&
    given.every((key, index) => key === keys[index] && map[key] === values[index])
  );
}
