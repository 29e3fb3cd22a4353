// The settings of the function: what a person creates in Segment's editor, and how they are read.
import { isKnownCountry } from './identity';
import { retry, type Failure } from './outcome';
import { isRecord, own } from './record';
import { booleanOf } from './values';

/** https://segment.com/docs/connections/functions/destination-functions/#settings-and-secrets */
interface SettingDefinition {
  /** The camelCase of the label: the editor makes the one from the other. */
  readonly name: string;
  readonly label: string;
  readonly type: 'STRING' | 'BOOLEAN' | 'TEXT_MAP';
  readonly required: boolean;
  readonly sensitive: boolean;
  readonly description: string;
}

export const SETTINGS = [
  {
    name: 'accessToken',
    label: 'Access Token',
    type: 'STRING',
    required: true,
    sensitive: true,
    description: 'Access token of the Events API, from TikTok Events Manager.',
  },
  {
    name: 'eventSetId',
    label: 'Event Set ID',
    type: 'STRING',
    required: true,
    sensitive: false,
    description: 'ID of the offline event set, from TikTok Events Manager.',
  },
  {
    name: 'eventMappings',
    label: 'Event Mappings',
    type: 'TEXT_MAP',
    required: false,
    sensitive: false,
    description: 'Segment event to TikTok event; adds to the defaults or replaces one.',
  },
  {
    name: 'parameterMappings',
    label: 'Parameter Mappings',
    type: 'TEXT_MAP',
    required: false,
    sensitive: false,
    description: 'TikTok parameter to where its value comes from in the Segment event.',
  },
  {
    name: 'defaultCountry',
    label: 'Default Country',
    type: 'STRING',
    required: false,
    sensitive: false,
    description: 'Two letters (ISO 3166-1) for phone numbers without a country code.',
  },
  {
    name: 'limitedDataUse',
    label: 'Limited Data Use',
    type: 'BOOLEAN',
    required: false,
    sensitive: false,
    description: 'Asks TikTok to limit its use of events that do not say so themselves.',
  },
  {
    name: 'testEventCode',
    label: 'Test Event Code',
    type: 'STRING',
    required: false,
    sensitive: false,
    description: 'Shows events under "Test events" in TikTok Events Manager. Empty it for real traffic.',
  },
] as const satisfies readonly SettingDefinition[];

type Definition = (typeof SETTINGS)[number];
type NameOf<Type extends Definition['type']> = Extract<Definition, { type: Type }>['name'];
interface TypeOf {
  readonly STRING: string;
  readonly BOOLEAN: boolean;
  readonly TEXT_MAP: Readonly<Record<string, string>>;
}

/** Settings as the function works with them; an optional one that is not given is `undefined`, a map empty. */
export type Settings = {
  readonly [D in Definition as D['name']]: D extends { required: true } | { type: 'TEXT_MAP' }
    ? TypeOf[D['type']]
    : TypeOf[D['type']] | undefined;
};

/**
 * Reads the settings that Segment hands to a handler, whatever the case of their names (the built-in destination
 * writes `eventSetID`). All that is wrong with them is told at once; an operator can mend it while Segment keeps
 * the event.
 */
export function readSettings(given: unknown): Settings | Failure {
  const problems: string[] = [];
  const values = isRecord(given) ? Object.entries(given) : [];

  /** The value of a setting, or `undefined` after a complaint if there is one to make. */
  function read<Value>(name: Definition['name'], expected: string, parse: (value: unknown) => Value | undefined) {
    const raw = own(given, name) ?? values.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
    const value = typeof raw === 'string' ? raw.trim() : raw;
    const label = labelOf(name);
    if (value === undefined || value === null || value === '') {
      if (SETTINGS.some((setting) => setting.name === name && setting.required)) problems.push(`${label} is missing`);
      return undefined;
    }
    const parsed = parse(value);
    if (parsed === undefined) problems.push(`${label} must be ${expected}`);
    return parsed;
  }

  function text(name: NameOf<'STRING'>, expected: string, isGood: (value: string) => boolean): string | undefined {
    return read(name, expected, (value) => (typeof value === 'string' && isGood(value) ? value : undefined));
  }

  function textMap(name: NameOf<'TEXT_MAP'>): Readonly<Record<string, string>> {
    return read(name, 'a map of texts to texts', (value) => (isTextMap(value) ? value : undefined)) ?? {};
  }

  const settings: Settings = {
    // Visible ASCII: a token goes into an HTTP header.
    accessToken: text('accessToken', 'a text without spaces', (token) => /^[!-~]+$/.test(token)) ?? '',
    eventSetId: text('eventSetId', 'a text without spaces', (id) => /^\S+$/.test(id)) ?? '',
    eventMappings: textMap('eventMappings'),
    parameterMappings: textMap('parameterMappings'),
    defaultCountry: text('defaultCountry', 'two letters of ISO 3166-1, such as US or GB', (country) =>
      isKnownCountry(country.toUpperCase()) && /^[a-z]{2}$/i.test(country),
    )?.toUpperCase(),
    limitedDataUse: read('limitedDataUse', 'true or false', booleanOf),
    testEventCode: text('testEventCode', 'a text', () => true),
  };
  return problems.length === 0 ? settings : retry(`Mend the function's settings in Segment: ${problems.join('; ')}.`);
}

/** How a message names a setting: `Access Token (accessToken)`. */
export function labelOf(name: Definition['name']): string {
  return `${SETTINGS.find((setting) => setting.name === name)?.label ?? ''} (${name})`;
}

function isTextMap(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && !Array.isArray(value) && Object.values(value).every((text) => typeof text === 'string');
}
