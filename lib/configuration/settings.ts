// The settings of the function: what a person creates in Segment's editor, and how they are read.
import type { Outcome } from '../outcome';
import { Failure } from '../result';
import { EVENT_SOURCES } from '../tiktok/payload';
import { booleanOf } from '../values/boolean';
import { isPresent, isRecord, ownProperty } from '../values/json';
import { countryOf } from '../values/phone';
import { isPlaceholder } from '../values/placeholder';
import { ifMatches, joinBounded, nonEmpty, textOf } from '../values/text';

/** The types of Segment's editor that are used here. */
type SettingType = 'STRING' | 'BOOLEAN' | 'TEXT_MAP';

/**
 * A setting as it is created in Segment, and how its value is read.
 *
 * Segment, "Destination Functions", section "Settings and secrets":
 * https://segment.com/docs/connections/functions/destination-functions/#settings-and-secrets
 */
interface SettingDefinition {
  /** The camelCase of the label: the editor makes the one from the other. */
  readonly name: string;
  readonly label: string;
  readonly type: SettingType;
  readonly required: boolean;
  readonly sensitive: boolean;
  readonly description: string;
  readonly example: string | boolean | Readonly<Record<string, string>>;
  /** What the value must be; completes `Default Country must be …`. */
  readonly expected: string;
  /** Reads a value; gives `undefined` if it is not what is expected. */
  readonly read: (value: unknown) => unknown;
  /** What counts if the setting is not given. */
  readonly absent?: unknown;
}

/** The visible characters of ASCII, which an HTTP header can hold. */
const readHeaderText = (value: unknown) => ifMatches(textOf(value), /^[!-~]+$/);
/** With any text here, TikTok does not count the events: one that means "none" is a mistake. */
function readTestEventCode(value: unknown): string | undefined {
  const text = textOf(value);
  return isPlaceholder(text) || booleanOf(text) !== undefined ? undefined : nonEmpty(text);
}
/** A map's entries are checked where they are read. */
const readMap = (value: unknown) => (isRecord(value) && !Array.isArray(value) ? value : undefined);
const readEventSource = (value: unknown) =>
  EVENT_SOURCES.find((source) => source === textOf(value).toLowerCase());

/** Every setting, in the order in which they are created. */
export const SETTINGS = [
  {
    name: 'accessToken',
    label: 'Access Token',
    type: 'STRING',
    required: true,
    sensitive: true,
    description: 'The access token of the Events API, from TikTok Events Manager.',
    example: '0123456789abcdef',
    expected: 'a string without spaces',
    read: readHeaderText,
  },
  {
    name: 'eventSetId',
    label: 'Event Set ID',
    type: 'STRING',
    required: true,
    sensitive: false,
    description: 'The ID of the offline event set, from TikTok Events Manager.',
    example: '7000000000000000001',
    expected: 'a string without spaces',
    read: readHeaderText,
  },
  {
    name: 'eventMappings',
    label: 'Event Mappings',
    type: 'TEXT_MAP',
    required: false,
    sensitive: false,
    description: 'Segment event → TikTok event. Adds to the defaults or replaces one.',
    example: { 'In-Store Visit': 'FindLocation' },
    expected: 'a map',
    read: readMap,
    absent: {},
  },
  {
    name: 'parameterMappings',
    label: 'Parameter Mappings',
    type: 'TEXT_MAP',
    required: false,
    sensitive: false,
    description: 'TikTok parameter → where its value comes from in the Segment event.',
    example: { 'user.email': 'properties.mail' },
    expected: 'a map',
    read: readMap,
    absent: {},
  },
  {
    name: 'defaultCountry',
    label: 'Default Country',
    type: 'STRING',
    required: false,
    sensitive: false,
    description: 'Two letters (ISO 3166-1), such as US or GB, for phone numbers without a country code.',
    example: 'US',
    expected: 'the two letters of a country, such as US or GB, not UK',
    read: countryOf,
  },
  {
    name: 'limitedDataUse',
    label: 'Limited Data Use',
    type: 'BOOLEAN',
    required: false,
    sensitive: false,
    description: 'Asks TikTok for limited data use, for events that do not set it themselves.',
    example: true,
    expected: 'true or false',
    read: booleanOf,
  },
  {
    name: 'testEventCode',
    label: 'Test Event Code',
    type: 'STRING',
    required: false,
    sensitive: false,
    description:
      'Shows the events under Test Events in TikTok Events Manager, and logs what was left out. Leave it empty for real traffic.',
    example: 'TEST12345',
    expected: 'a code from TikTok Events Manager, or empty',
    read: readTestEventCode,
  },
  {
    name: 'eventSource',
    label: 'Event Source',
    type: 'STRING',
    required: false,
    sensitive: false,
    description: 'The kind of event set: offline (the default) or crm.',
    example: 'crm',
    expected: 'offline or crm',
    read: readEventSource,
    absent: 'offline',
  },
] as const satisfies readonly SettingDefinition[];

type Setting = (typeof SETTINGS)[number];
export type SettingName = Setting['name'];
type ValueOf<S extends Setting> =
  | NonNullable<ReturnType<S['read']>>
  | (S extends { required: true } | { absent: unknown } ? never : undefined);

/** Settings as the function works with them; an optional one that is not given is `undefined`, a map empty. */
export type Settings = { readonly [S in Setting as S['name']]: ValueOf<S> };

/** How people know a setting. */
export const labelOf = (name: SettingName): string =>
  SETTINGS.find((setting) => setting.name === name)?.label ?? name;

/** By their names, and by these in lower case. */
const NAMES: ReadonlyMap<string, SettingName> = new Map(
  SETTINGS.flatMap(({ name }) => [
    [name, name],
    [name.toLowerCase(), name],
  ]),
);

/** Settings are found whatever the case of their names: the built-in destination writes `eventSetID`. */
function withOwnNames(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (Object.keys(given).every((key) => NAMES.get(key) === key)) return given;
  const present = Object.entries(given).filter(([, value]) => isPresent(value));
  return Object.fromEntries(present.map(([key, value]) => [NAMES.get(key.toLowerCase()) ?? key, value]));
}

/**
 * Reads the settings that Segment hands to a handler. All settings that are missing or malformed are reported at once.
 */
export function readSettings(given: unknown): Settings | Failure<UnreadSettings> {
  const values = isRecord(given) ? withOwnNames(given) : {};
  const settings: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const setting of SETTINGS) {
    const { name, label, required, expected, read, absent }: SettingDefinition & { name: SettingName } =
      setting;
    const value = ownProperty(values, name);
    if (isPresent(value)) {
      settings[name] = read(value);
      if (settings[name] === undefined) problems.push(`${label} must be ${expected}`);
    } else {
      settings[name] = absent;
      if (required) problems.push(`${label} is missing`);
    }
  }
  if (isComplete(settings, problems)) return settings;
  return new Failure({ ...settingsFailure(problems).reason, readable: settings });
}

/**
 * A cast, which the compiler cannot check: without a problem, each value came from its row's reader, whose type
 * {@link Settings} takes from the same row.
 */
const isComplete = (_settings: Record<string, unknown>, problems: readonly string[]): _settings is Settings =>
  problems.length === 0;

/** Characters of the problems in a message: a batch gets it for each of its events. */
const MAX_PROBLEMS = 1000;

/** Something that is wrong with settings: an operator can fix them while Segment keeps the event for 4 hours. */
export interface WrongSettings extends Outcome {
  /** Each without a full stop. */
  readonly problems: readonly string[];
}

/** Settings of which some are missing or malformed. */
interface UnreadSettings extends WrongSettings {
  /** The others, by their names. */
  readonly readable: Readonly<Record<string, unknown>>;
}

export const settingsFailure = (problems: readonly string[]): Failure<WrongSettings> =>
  new Failure({
    kind: 'retry',
    message: `Fix the function's settings in Segment: ${joinBounded(problems, '; ', MAX_PROBLEMS)}.`,
    problems,
  });
