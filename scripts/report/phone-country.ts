// The country that the function reads an event's phone numbers for.
import type { Plan } from '../../lib/configuration/plan';
import type { Settings } from '../../lib/configuration/settings';
import { Reading } from '../../lib/conversion/context';
import { OwnPhones } from '../../lib/privacy/own-phones';

/** @returns `undefined` if neither the event nor the settings give one, or if the event gives one that cannot be read. */
export const phoneCountryOf = (
  event: unknown,
  { parameters }: Plan,
  settings: Settings,
): string | undefined => new Reading(event, parameters, settings, new OwnPhones(), 0).phoneCountry;
