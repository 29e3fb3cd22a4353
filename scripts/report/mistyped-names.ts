// Names in a settings file that do nothing wrong, and are probably not what was meant.
import { SETTINGS, type Settings } from '../../lib/configuration/settings';
import { DEFINITIONS } from '../../lib/parameters/definitions';
import { editsBetween, nearestOf } from '../../lib/values/nearest';
import { printable } from '../cli/printable';

const SETTING_NAMES = SETTINGS.map(({ name }) => name);
const PROPERTIES = DEFINITIONS.filter(({ group }) => group === 'properties').map(({ name }) => name);
/** A property of one's own may well be like one of TikTok's; with so many edits it is probably a typing error. */
const TYPING_ERROR = 2;

/**
 * Describes names that the function does not know: settings, which it ignores, and properties that are almost one of
 * TikTok's.
 *
 * @param given as they stand in the file.
 * @param settings as the function reads them.
 */
export function describeMistypedNames(given: object, { parameterMappings }: Settings): readonly string[] {
  const ignored = Object.keys(given).filter((name) => !isAmong(name, SETTING_NAMES));
  const mapped = Object.keys(parameterMappings).map((entry) => entry.replace(/^.*: +/s, '').trim());
  return [
    ...ignored.map((name) => {
      const nearest = nearestOf(name, SETTING_NAMES);
      const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
      return `"${printable(name)}" is not a setting, so it is ignored${hint}`;
    }),
    ...mapped.flatMap((name) => {
      const nearest = isAmong(name, PROPERTIES) ? undefined : nearestOf(name, PROPERTIES);
      if (nearest === undefined || editsBetween(name, nearest) > TYPING_ERROR) return [];
      return `"${printable(name)}" is sent as a property of your own; did you mean ${nearest}?`;
    }),
  ];
}

const isAmong = (name: string, names: readonly string[]): boolean =>
  names.some((known) => known.toLowerCase() === name.toLowerCase());
