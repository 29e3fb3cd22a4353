// Names in a settings file that do nothing wrong, and are probably not what was meant.
import { CALL_TYPES } from '../../lib/configuration/condition/evaluate';
import type { Configuration } from '../../lib/configuration/configure';
import { DEFAULT_EVENT_MAPPINGS } from '../../lib/configuration/event-mappings';
import { keyOf } from '../../lib/configuration/key';
import { SETTINGS, type Settings } from '../../lib/configuration/settings';
import { DEFINITIONS } from '../../lib/parameters/definitions';
import { isTypingError, nearestOf } from '../../lib/values/nearest';
import { masked } from '../cli/printable';

const SETTING_NAMES = SETTINGS.map(({ name }) => name);
const PROPERTIES = DEFINITIONS.filter(({ group }) => group === 'properties').map(({ name }) => name);

/**
 * Describes settings that the function does not know, and ignores.
 *
 * @param given as they stand in the file.
 * @param token masked in what is described.
 */
export const describeIgnoredSettings = (given: object, token: string): readonly string[] =>
  Object.keys(given)
    .filter((name) => !isAmong(name, SETTING_NAMES))
    .map((name) => {
      const nearest = nearestOf(name, SETTING_NAMES);
      const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
      return `"${masked(name, token)}" is not a setting, so it is ignored${hint}`;
    });

/** Describes settings that are there twice, but for case: the function takes the last one. */
export const describeSameSettings = (given: object): readonly string[] =>
  SETTING_NAMES.flatMap((setting) => {
    const names = Object.keys(given).filter((name) => isAmong(name, [setting]));
    return names.length > 1
      ? [`"${names.join('" and "')}" are the same setting: only the last one counts`]
      : [];
  });

/** Describes properties of one's own that are almost one of TikTok's. */
export const describeMistypedProperties = ({ parameterMappings, accessToken }: Settings): readonly string[] =>
  Object.keys(parameterMappings)
    .map((entry) => entry.replace(/^.*: +/s, '').trim())
    .flatMap((name) => {
      const nearest = isAmong(name, PROPERTIES) ? undefined : nearestOf(name, PROPERTIES);
      if (nearest === undefined || !isTypingError(name, nearest)) return [];
      return `"${masked(name, accessToken)}" is sent as a property of your own; did you mean ${nearest}?`;
    });

/** Describes entries of Parameter Mappings for an entry of Event Mappings that is not there. */
export function describeUnusedMappings({ settings, plans }: Configuration): readonly string[] {
  const mappings = plans.all().map(({ mapping }) => mapping);
  const labels = mappings.map(({ label }) => label);
  return Object.keys(settings.parameterMappings).flatMap((entry) => {
    const label = /^(.+): +\S+$/s.exec(entry.trim())?.[1]?.trim();
    if (label === undefined || mappings.some(({ key }) => key === keyOf(label))) return [];
    const nearest = nearestOf(label, labels);
    const hint = nearest === undefined ? '' : `; did you mean ${masked(nearest, settings.accessToken)}?`;
    return `"${masked(entry, settings.accessToken)}" is not used: Event Mappings has no entry of that name${hint}`;
  });
}

const DEFAULT_EVENTS = Object.keys(DEFAULT_EVENT_MAPPINGS);
const DEFAULT_KEYS = DEFAULT_EVENTS.map(keyOf);

/** The whole of an entry on its left side, as documentation has it: `Order Completed → Purchase`. */
const WHOLE_ENTRY = /→|->|=>/;

/** Describes entries of Event Mappings that turn off what is not sent anyway, and were meant to do something else. */
export const describeIdleEntries = ({ settings, plans }: Configuration): readonly string[] =>
  plans
    .all()
    .filter(({ mapping: { key, names } }) => names.length === 0 && !DEFAULT_KEYS.includes(key))
    .flatMap(({ mapping: { key, label } }) => {
      const mistyped = DEFAULT_EVENTS.find((event) => isTypingError(key, keyOf(event)));
      if (mistyped === undefined && !WHOLE_ENTRY.test(label)) return [];
      const hint = mistyped === undefined ? '' : `; did you mean ${mistyped}?`;
      return `Event Mappings, entry "${masked(label, settings.accessToken)}", has an empty right side, but is not sent by default anyway${hint}`;
    });

/** Describes entries of Event Mappings that are called like a type of call, and were probably meant for such calls. */
export const describeCallTypes = ({ settings, plans }: Configuration): readonly string[] =>
  plans.all().flatMap(({ mapping: { key, label, names, isLabel } }) => {
    const type = CALL_TYPES.find((one) => one === key);
    return type === undefined || isLabel || names.length === 0
      ? []
      : `Event Mappings, entry "${masked(label, settings.accessToken)}", is for track calls of this name; for ${type} calls, an entry needs the condition type = "${type}"`;
  });

const isAmong = (name: string, names: readonly string[]): boolean =>
  names.some((known) => known.toLowerCase() === name.toLowerCase());
