// Everything that a workspace has set, ready to be used.
import { isFailure, type Failure } from '../result';
import { compilePlans, type PlanFor } from './plan';
import { readSettings, type Settings, type WrongSettings } from './settings';

export interface Configuration {
  readonly settings: Settings;
  /** Gives the plan for the name that a Segment event is mapped under. */
  readonly planFor: PlanFor;
}

/**
 * Reads what Segment hands to a handler as its settings, then compiles their two maps. Reports every problem of the
 * settings; if there are none, every problem of the maps.
 */
export function configure(given: unknown): Configuration | Failure<WrongSettings> {
  const settings = readSettings(given);
  if (isFailure(settings)) return settings;
  const planFor = compilePlans(settings);
  return isFailure(planFor) ? planFor : { settings, planFor };
}
