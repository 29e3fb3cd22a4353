// The mappings of a built-in destination -> the settings of this function that send the same. No I/O.
import { printCondition } from '../../../lib/configuration/condition/print';
import { keyOf } from '../../../lib/configuration/key';
import { DEFAULT_EVENT_MAPPINGS } from '../../../lib/configuration/event-mappings';
import { isFailure } from '../../../lib/result';
import type { Subscription } from '../api/destinations';
import { readValue, type Unsayable } from './directive';
import { areDisjoint, entriesOf, isReadAs, namesIn, type Conversions, type Entry } from './entries';
import { ACTIONS } from './fields';
import { readParameters, type Texts } from './parameters';
import { shareParameters } from './share';
import { readTrigger } from './trigger';

/** The variable of the environment that holds the token of the Events API. */
export const TOKEN_VARIABLE = 'TIKTOK_ACCESS_TOKEN';

/** What a person has to do, and why. */
export interface ByHand extends Unsayable {
  /** The name of the mapping; none if it is about the destination. */
  readonly mapping?: string;
  readonly field: string;
  /** What is sent until then, as a sentence. */
  readonly meanwhile?: string;
}

/** What became of a mapping. */
export interface Outcome {
  readonly mapping: Subscription;
  /** Its entry of Event Mappings; or why there is none. */
  readonly became: Entry | 'disabled' | 'by hand' | 'no event name';
}

export interface Import {
  /** The function's settings, as a file holds them. */
  readonly settings: {
    readonly accessToken: { readonly env: string };
    readonly eventSetId?: string;
    readonly eventMappings?: Readonly<Record<string, string>>;
    readonly parameterMappings?: Readonly<Record<string, string>>;
    readonly testEventCode?: string;
  };
  readonly outcomes: readonly Outcome[];
  /** The defaults that no mapping sends. */
  readonly turnedOff: readonly string[];
  readonly byHand: readonly ByHand[];
  /** What is said, and differs in a way that a person should know; sentences. */
  readonly differences: readonly string[];
}

/** A mapping that sends something here. */
interface Sending extends Conversions {
  readonly parameters: Texts;
  readonly mappings: readonly Subscription[];
}

/** @param settings of the destination, by their names. */
export function importMappings(
  settings: Readonly<Record<string, unknown>>,
  mappings: readonly Subscription[],
): Import {
  const byHand: ByHand[] = [];
  const differences: string[] = [];
  const none = new Map<Subscription, 'disabled' | 'by hand' | 'no event name'>();
  const sending: Sending[] = [];
  for (const mapping of mappings) {
    const read = mapping.enabled ? readMapping(mapping, byHand, differences) : 'disabled';
    if (typeof read === 'string') none.set(mapping, read);
    else addTo(sending, read);
  }
  const entries = entriesOf(
    sending,
    mappings.flatMap(({ trigger }) => namesIn(trigger)),
  );
  byHand.push(...overlaps(sending));

  const turnedOff = Object.keys(DEFAULT_EVENT_MAPPINGS).filter(
    (event) => !entries.some(({ label }) => keyOf(label) === keyOf(event)),
  );
  const eventMappings = Object.fromEntries<string>([
    ...entries.filter((entry) => !isDefault(entry)).map(({ label, value }) => [label, value] as const),
    ...turnedOff.map((event) => [event, ''] as const),
  ]);
  const parameterMappings = shareParameters(
    entries.flatMap(({ label }, index) => {
      const texts = sending[index]?.parameters;
      return texts === undefined ? [] : [{ label, texts }];
    }),
  );
  const eventSetId = readEventSetId(settings, byHand);
  const testEventCode = readTestEventCode(
    sending.flatMap((one) => one.mappings),
    byHand,
  );
  if (testEventCode !== undefined)
    differences.push(
      'Test Event Code is set: TikTok shows the events under Test Events, and does not count them. Take it out of the file for real traffic.',
    );
  return {
    settings: {
      accessToken: { env: TOKEN_VARIABLE },
      ...(eventSetId !== undefined && { eventSetId }),
      ...(Object.keys(eventMappings).length > 0 && { eventMappings }),
      ...(Object.keys(parameterMappings).length > 0 && { parameterMappings }),
      ...(testEventCode !== undefined && { testEventCode }),
    },
    outcomes: mappings.map((mapping) => {
      const entry = entries[sending.findIndex((one) => one.mappings.includes(mapping))];
      return { mapping, became: entry ?? none.get(mapping) ?? 'by hand' };
    }),
    turnedOff,
    byHand,
    differences,
  };
}

/** Whether this function has the entry without being told. */
export const isDefault = ({ label, value }: Entry): boolean =>
  Object.entries(DEFAULT_EVENT_MAPPINGS).some(([event, name]) => event === label && name === value);

/** @returns what it sends; or why it has no entry, after noting what is left to be done by hand. */
function readMapping(
  mapping: Subscription,
  byHand: ByHand[],
  differences: string[],
): Sending | 'by hand' | 'no event name' {
  const { name, trigger, settings, actionSlug, modelId } = mapping;
  const leave = (field: string, problem: string, advice: string): 'by hand' => {
    byHand.push({ mapping: name, field, problem, advice });
    return 'by hand';
  };
  if ((modelId ?? '') !== '')
    return leave(
      'model',
      'a mapping of Reverse ETL',
      'keep the built-in destination for it: Segment does not run functions for Reverse ETL',
    );
  if (!ACTIONS.has(actionSlug))
    return leave('action', `"${actionSlug}", which this command does not know`, `${LOOK}, ${WRITE_ENTRY}`);
  const root = Object.keys(settings).find((field) => field.startsWith('__segment_internal'));
  if (root !== undefined)
    return leave(root, 'the whole event changed before it is mapped', `${LOOK}, ${WRITE_ENTRY}`);

  const events = readValue(settings['event'], 'text');
  if (isFailure(events)) return leave('event', events.reason.problem, NAME_EACH);
  const [event, ...others] = events;
  if (event === undefined) return 'no event name';
  if (event.kind !== 'literal' || others.length > 0)
    return leave('event', 'a name out of the event itself', NAME_EACH);
  const condition = readTrigger(trigger);
  if (isFailure(condition)) return leave('trigger', condition.reason, `${LOOK}, ${WRITE_ENTRY}`);
  const tiktokName = String(event.value);
  const names = [tiktokName];
  if (!isReadAs(tiktokName, names))
    return leave('event', 'a name that an entry cannot hold, such as one with a comma', 'send another name');
  if (!isReadAs(`${tiktokName} if ${printCondition(condition)}`, names))
    return leave(
      'trigger',
      'longer than a condition can be',
      'write several entries of Event Mappings for it',
    );

  const { texts, problems, templates } = readParameters(settings, tiktokName);
  byHand.push(...problems.map((one) => ({ mapping: name, ...one })));
  differences.push(
    ...templates.map(
      (field) =>
        `"${name}", ${field}: not sent if a place of its text is absent; the built-in destination leaves the place empty.`,
    ),
  );
  if (texts.get('user.email') === '' && texts.get('user.phone') === '')
    return leave(
      'email_addresses, phone_numbers',
      'no email address and no phone number, of which TikTok needs one',
      'map one of them',
    );
  return { name, condition, events: names, parameters: texts, mappings: [mapping] };
}

const LOOK = 'look in Segment what it sends';
const WRITE_ENTRY = 'and write an entry of Event Mappings for it';
const NAME_EACH = 'write an entry of Event Mappings for each name';

const sameText = (texts: Texts): string => JSON.stringify([...texts]);

/** Conversions of the same events with the same parameters are one entry. */
function addTo(sending: Sending[], added: Sending): void {
  const index = sending.findIndex(
    ({ condition, parameters }) =>
      printCondition(condition) === printCondition(added.condition) &&
      sameText(parameters) === sameText(added.parameters),
  );
  const same = sending[index];
  if (same === undefined) sending.push(added);
  else
    sending[index] = {
      ...same,
      events: [...new Set([...same.events, ...added.events])],
      mappings: [...same.mappings, ...added.mappings],
    };
}

/** Mappings that send the same name for the same event, each with its own parameters. */
function overlaps(sending: readonly Sending[]): readonly ByHand[] {
  return sending.flatMap((one, index) =>
    sending.slice(index + 1).flatMap((other): readonly ByHand[] => {
      const name = one.events.find((event) => other.events.includes(event));
      const isSame = sameText(one.parameters) === sameText(other.parameters);
      if (name === undefined || isSame || areDisjoint(one.condition, other.condition)) return [];
      return [
        {
          mapping: other.name,
          field: 'event',
          problem: `${name} for events of "${one.name}", too, with other parameters: for an event of both, the built-in destination sends it twice and this function once`,
          advice: 'send one of them under another name, or make their conditions exclude each other',
        },
      ];
    }),
  );
}

function readEventSetId(settings: Readonly<Record<string, unknown>>, byHand: ByHand[]): string | undefined {
  const [, value] = Object.entries(settings).find(([name]) => name.toLowerCase() === 'eventsetid') ?? [];
  if (typeof value === 'string' && /^[!-~]+$/.test(value) && !value.includes('***')) return value;
  byHand.push({
    field: 'eventSetID',
    problem: 'not shown by Segment',
    advice: 'add "eventSetId" to the file',
  });
  return undefined;
}

/** It is one for all events here. */
function readTestEventCode(mappings: readonly Subscription[], byHand: ByHand[]): string | undefined {
  const codes = mappings.map(({ settings }) => readValue(settings['test_event_code'], 'text'));
  const [first] = codes;
  if (first === undefined || codes.every((code) => !isFailure(code) && code.length === 0)) return undefined;
  const [only] = isFailure(first) ? [] : first;
  const isOne = codes.every((code) => JSON.stringify(code) === JSON.stringify(first));
  if (isOne && only?.kind === 'literal') return String(only.value);
  byHand.push({
    field: 'test_event_code',
    problem: 'not the same for all mappings',
    advice: 'set Test Event Code while you test: it is one for all events',
  });
  return undefined;
}
