// The settings' two maps, compiled once for the settings that a call is given.
import type { Failure } from '../result';
import { keyOf } from './entries';
import { namesOf, readEventMappings } from './event-mappings';
import type { SourceForm } from './expression';
import { readParameterMappings, type ParametersByGroup } from './parameter-mappings';
import { settingsFailure, type Settings, type WrongSettings } from './settings';

/** What the Segment events of one name become. */
export interface Plan {
  /** TikTok's event names; none if the event is not mapped, or turned off. */
  readonly names: readonly string[];
  readonly parameters: ParametersByGroup;
  /** Wherever a phone number may stand, by default or by a mapping. */
  readonly phoneSources: readonly SourceForm[];
}

/** Gives the plan for the name that a Segment event is mapped under. */
export type PlanFor = (mappedName: string) => Plan;

/** Compiles the maps; or reports every malformed entry of both at once. */
export function compilePlans(settings: Settings): PlanFor | Failure<WrongSettings> {
  const events = readEventMappings(settings);
  const mappings = readParameterMappings(settings);
  const problems = [...events.problems, ...mappings.problems];
  if (problems.length > 0) return settingsFailure(problems);

  // The events of a batch have the same few names again and again.
  const plans = new Map<string, Plan>();
  return (name) => {
    let plan = plans.get(name);
    if (plan === undefined) {
      const key = keyOf(name);
      const { parameters, phoneSources } = mappings.parametersFor(key);
      plan = { names: namesOf(events.names, key), parameters, phoneSources };
      plans.set(name, plan);
    }
    return plan;
  };
}
