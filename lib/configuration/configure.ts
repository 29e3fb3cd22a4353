// Everything that a workspace has set, ready to be used.
import type { Outcome } from '../outcome';
import { Failure, isFailure } from '../result';
import { isRecord } from '../values/json';
import { textOf } from '../values/text';
import { isSendable, readEventMappings } from './event-mappings';
import { notMapped } from './not-mapped';
import { compilePlans, type Plans } from './plan';
import { readSettings, type Settings, type WrongSettings } from './settings';

export interface Configuration {
  readonly settings: Settings;
  readonly plans: Plans;
}

/** Settings that an operator has to fix before events can be sent. */
export interface WrongConfiguration extends WrongSettings {
  /**
   * An event waits for that only if an entry matches it, or a malformed entry may have been meant for it; all others are
   * unsupported as ever.
   */
  readonly outcomeOf: (event: unknown) => Outcome;
}

/**
 * Reads what Segment hands to a handler as its settings, then compiles their two maps. Reports every problem of the
 * settings; if there are none, every problem of the maps.
 */
export function configure(given: unknown): Configuration | Failure<WrongConfiguration> {
  const settings = readSettings(given);
  if (isFailure(settings)) {
    const { readable, ...wrong } = settings.reason;
    return wrongConfiguration(wrong, readable);
  }
  const plans = compilePlans(settings);
  return isFailure(plans) ? wrongConfiguration(plans.reason, settings) : { settings, plans };
}

/** @param readable the settings that could be read. */
function wrongConfiguration(
  wrong: WrongSettings,
  { accessToken, eventMappings }: Partial<Record<keyof Settings, unknown>>,
): Failure<WrongConfiguration> {
  const token = textOf(accessToken);
  const events = isRecord(eventMappings) ? readEventMappings(eventMappings, token) : undefined;
  return new Failure({
    ...wrong,
    outcomeOf(event) {
      const waits = events
        ? events.match(event).length > 0 || events.mayBeMeantFor(event)
        : isSendable(event);
      return waits ? wrong : notMapped(event, events?.findUnmet(event), token);
    },
  });
}
