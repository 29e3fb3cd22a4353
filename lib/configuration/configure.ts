// Everything that a workspace has set, ready to be used.
import { isFailure, type Failure } from '../result';
import { isRecord } from '../values/json';
import { textOf } from '../values/text';
import { readEventMappings } from './event-mappings';
import { compilePlans, wrongMappings, type Plans, type WrongMappings } from './plan';
import { readSettings, type Settings } from './settings';

export interface Configuration {
  readonly settings: Settings;
  readonly plans: Plans;
}

/**
 * Reads what Segment hands to a handler as its settings, then compiles their two maps. Reports every problem of the
 * settings; if there are none, every problem of the maps.
 */
export function configure(given: unknown): Configuration | Failure<WrongMappings> {
  const settings = readSettings(given);
  if (isFailure(settings)) {
    const { readable, ...wrong } = settings.reason;
    const { accessToken, eventMappings } = readable;
    const token = textOf(accessToken);
    return wrongMappings(
      wrong,
      isRecord(eventMappings) ? readEventMappings(eventMappings, token) : undefined,
      token,
    );
  }
  const plans = compilePlans(settings);
  return isFailure(plans) ? plans : { settings, plans };
}
