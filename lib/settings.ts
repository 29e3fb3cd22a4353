// The settings of the function: what a person creates in Segment's editor, and how they are read.
import { isKnownCountry } from './identity';
import { retry, type Failure } from './outcome';
import { isRecord, own } from './record';
import { booleanOf, textOf } from './values';

/** https://segment.com/docs/connections/functions/destination-functions/#settings-and-secrets */
interface Definition {
  readonly label: string;
  readonly type: 'STRING' | 'BOOLEAN' | 'TEXT_MAP';
  readonly required: boolean;
  readonly sensitive: boolean;
  /** Stands in the editor, and in the message for a value that is missing or not of this kind. */
  readonly description: string;
}

/** By name, which is the camelCase of the label: the editor makes the one from the other. */
// prettier-ignore
export const SETTINGS = {
  accessToken: { label: 'Access Token', type: 'STRING', required: true, sensitive: true, description: 'the token of the Events API, from TikTok Events Manager' },
  eventSetId: { label: 'Event Set ID', type: 'STRING', required: true, sensitive: false, description: 'the ID of the offline event set, from TikTok Events Manager, as text' },
  eventMappings: { label: 'Event Mappings', type: 'TEXT_MAP', required: false, sensitive: false, description: 'Segment event to TikTok event; adds to the defaults or replaces one' },
  parameterMappings: { label: 'Parameter Mappings', type: 'TEXT_MAP', required: false, sensitive: false, description: 'TikTok parameter to where it comes from in the Segment event' },
  defaultCountry: { label: 'Default Country', type: 'STRING', required: false, sensitive: false, description: 'two letters (ISO 3166-1, such as US or GB) for phone numbers without a country code' },
  limitedDataUse: { label: 'Limited Data Use', type: 'BOOLEAN', required: false, sensitive: false, description: 'true or false: whether TikTok is to limit its use of events that do not say so themselves' },
  testEventCode: { label: 'Test Event Code', type: 'STRING', required: false, sensitive: false, description: 'a text: shows events under Test Events in TikTok Events Manager; empty for real traffic' },
} as const satisfies Record<string, Definition>;

type Definitions = typeof SETTINGS;
export type SettingName = keyof Definitions;
interface TypeOf {
  readonly STRING: string;
  readonly BOOLEAN: boolean;
  readonly TEXT_MAP: Readonly<Record<string, string>>;
}

/** Settings as the function works with them; an optional one that is not given is `undefined`, a map empty. */
export type Settings = {
  readonly [Name in SettingName]:
    | TypeOf[Definitions[Name]['type']]
    | (Definitions[Name] extends { required: true } | { type: 'TEXT_MAP' } ? never : undefined);
};

/**
 * Reads the settings that Segment hands to a handler, whatever the case of their names (the built-in destination
 * writes `eventSetID`). All that is wrong with them is told at once; an operator can mend it while Segment keeps
 * the event.
 */
export function readSettings(given: unknown): Settings | Failure {
  const problems: string[] = [];
  const names = isRecord(given) ? Object.keys(given) : [];

  function read<Value>(name: SettingName, parse: (value: unknown) => Value | undefined): Value | undefined {
    const key =
      names.find((one) => one === name) ?? names.find((one) => one.toLowerCase() === name.toLowerCase());
    const raw = own(given, key ?? name) ?? '';
    const value = typeof raw === 'string' ? raw.trim() : raw;
    const parsed = value === '' ? undefined : parse(value);
    if (parsed === undefined && (value !== '' || SETTINGS[name].required)) {
      problems.push(`${labelOf(name)} is ${value === '' ? 'missing' : 'not'}: ${SETTINGS[name].description}`);
    }
    return parsed;
  }

  const settings: Settings = {
    // Visible ASCII: a token goes into an HTTP header.
    accessToken: read('accessToken', textLike(/^[!-~]+$/)) ?? '',
    eventSetId: read('eventSetId', textLike(/^\S+$/)) ?? '',
    eventMappings: read('eventMappings', textMapOf) ?? {},
    parameterMappings: read('parameterMappings', textMapOf) ?? {},
    defaultCountry: read('defaultCountry', countryOf),
    limitedDataUse: read('limitedDataUse', booleanOf),
    testEventCode: read('testEventCode', textOf),
  };
  return problems.length === 0 ? settings : settingsFailure(problems);
}

/** How a message names a setting: `Access Token (accessToken)`. */
export function labelOf(name: SettingName): string {
  return `${SETTINGS[name].label} (${name})`;
}

export function settingsFailure(problems: readonly string[]): Failure {
  return retry(
    `Mend the function's settings in Segment, which keeps the event meanwhile. ${problems.join('. ')}.`,
  );
}

function textLike(pattern: RegExp) {
  return (value: unknown) => (typeof value === 'string' && pattern.test(value) ? value : undefined);
}

function countryOf(value: unknown): string | undefined {
  const country = textLike(/^[a-z]{2}$/i)(value)?.toUpperCase();
  return country !== undefined && isKnownCountry(country) ? country : undefined;
}

function textMapOf(value: unknown): Readonly<Record<string, string>> | undefined {
  return isTextMap(value) ? value : undefined;
}

function isTextMap(value: unknown): value is Readonly<Record<string, string>> {
  return (
    isRecord(value) && !Array.isArray(value) && Object.values(value).every((text) => typeof text === 'string')
  );
}
