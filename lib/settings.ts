// The settings of the function: what a person creates in Segment's editor, and how they are read.
import { countryOf } from './identity';
import type { Failure } from './outcome';
import { isPresent, isRecord } from './record';
import { booleanOf, matching, some, textOf } from './values';

/** https://segment.com/docs/connections/functions/destination-functions/#settings-and-secrets */
interface Definition {
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
    description: 'The access token of the Events API, from TikTok Events Manager.',
  },
  {
    name: 'eventSetId',
    label: 'Event Set ID',
    type: 'STRING',
    required: true,
    sensitive: false,
    description: 'The ID of the offline event set, from TikTok Events Manager.',
  },
  {
    name: 'eventMappings',
    label: 'Event Mappings',
    type: 'TEXT_MAP',
    required: false,
    sensitive: false,
    description: 'Segment event → TikTok event. Adds to the defaults or replaces one.',
  },
  {
    name: 'parameterMappings',
    label: 'Parameter Mappings',
    type: 'TEXT_MAP',
    required: false,
    sensitive: false,
    description: 'TikTok parameter → where its value comes from in the Segment event.',
  },
  {
    name: 'defaultCountry',
    label: 'Default Country',
    type: 'STRING',
    required: false,
    sensitive: false,
    description: 'Two letters (ISO 3166-1), such as US or GB, for phone numbers without a country code.',
  },
  {
    name: 'limitedDataUse',
    label: 'Limited Data Use',
    type: 'BOOLEAN',
    required: false,
    sensitive: false,
    description: 'Asks TikTok to limit its use of the events that do not say so themselves.',
  },
  {
    name: 'testEventCode',
    label: 'Test Event Code',
    type: 'STRING',
    required: false,
    sensitive: false,
    description:
      'Shows the events under Test Events in TikTok Events Manager. Leave it empty for real traffic.',
  },
] as const satisfies readonly Definition[];

type Setting = (typeof SETTINGS)[number];
/** As settings are looked for. */
type Name = Lowercase<Setting['name']>;
interface TypeOf {
  readonly STRING: string;
  readonly BOOLEAN: boolean;
  /** Its entries are checked where they are read. */
  readonly TEXT_MAP: Readonly<Record<string, unknown>>;
}

/** Settings as the function works with them; an optional one that is not given is `undefined`, a map empty. */
export type Settings = {
  readonly [S in Setting as S['name']]:
    TypeOf[S['type']] | (S extends { required: true } | { type: 'TEXT_MAP' } ? never : undefined);
};

/**
 * Reads the settings that Segment hands to a handler, whatever the case of their names (the built-in destination
 * writes `eventSetID`). All that is wrong with them is told at once; an operator can mend it while Segment keeps
 * the event.
 */
export function readSettings(given: unknown): Settings | Failure {
  const values = new Map<string, unknown>();
  for (const [name, value] of Object.entries(isRecord(given) ? given : {}))
    if (isPresent(value)) values.set(name.toLowerCase(), value);
  const problems: string[] = [];
  /** Reads a setting that is given; `parse` gives `undefined` for what is not wanted. */
  function read<Value>(
    label: Setting['label'],
    name: Name,
    parse: (value: unknown) => Value | undefined,
    wanted: string,
    required?: boolean,
  ): Value | undefined {
    const value = values.get(name);
    const parsed = parse(value);
    if (parsed === undefined && (value !== undefined || required))
      problems.push(`${label} ${value === undefined ? 'is missing' : `must be ${wanted}`}`);
    return parsed;
  }

  // What is visible in ASCII can stand in an HTTP header.
  const text = (label: Setting['label'], name: Name) =>
    read(label, name, (value) => matching(textOf(value), /^[!-~]+$/), 'a text without spaces', true) ?? '';
  const map = (label: Setting['label'], name: Name) =>
    read(label, name, (value) => (isRecord(value) && !Array.isArray(value) ? value : undefined), 'a map') ??
    {};

  const settings: Settings = {
    accessToken: text('Access Token', 'accesstoken'),
    eventSetId: text('Event Set ID', 'eventsetid'),
    eventMappings: map('Event Mappings', 'eventmappings'),
    parameterMappings: map('Parameter Mappings', 'parametermappings'),
    defaultCountry: read('Default Country', 'defaultcountry', countryOf, 'two letters such as US or GB'),
    limitedDataUse: read('Limited Data Use', 'limiteddatause', booleanOf, 'true or false'),
    testEventCode: read('Test Event Code', 'testeventcode', (value) => some(textOf(value)), 'a text'),
  };
  return problems[0] ? settingsFailure(problems) : settings;
}

/** Something that is wrong with settings; Segment keeps the event while an operator mends them. */
export const settingsFailure = (problems: readonly string[]): Failure => ({
  kind: 'retry',
  message: `Mend the function's settings in Segment: ${problems.join('; ')}.`,
});
