// What there is to say about settings while somebody works on them: at each setting, and in a map at each entry. Pure.
import '../local/segment/install-globals';
import { somePath, type Condition } from '../../lib/configuration/condition/condition';
import { failedPart } from '../../lib/configuration/condition/evaluate';
import { parseCondition } from '../../lib/configuration/condition/parse';
import { pathText } from '../../lib/configuration/condition/tokens';
import { configure } from '../../lib/configuration/configure';
import { keyOf } from '../../lib/configuration/key';
import {
  DEFAULT_EVENT_MAPPINGS,
  isSendable,
  mappedName,
  readEventMappings,
  type EventMapping,
} from '../../lib/configuration/event-mappings';
import { pathsOf, type Path } from '../../lib/configuration/expression';
import { partsOf, readParameterMappings, type Parameter } from '../../lib/configuration/parameter-mappings';
import type { Plan } from '../../lib/configuration/plan';
import { printExpression } from '../../lib/configuration/print-expression';
import { readSource } from '../../lib/configuration/read-source';
import { readSettings, SETTINGS, type Settings } from '../../lib/configuration/settings';
import { Reading } from '../../lib/conversion/context';
import { readFields } from '../../lib/conversion/fields';
import { OwnPhones } from '../../lib/privacy/own-phones';
import { isFailure } from '../../lib/result';
import { ownProperty } from '../../lib/values/json';
import { nearestOf } from '../../lib/values/nearest';
import { textOf } from '../../lib/values/text';
import { masked } from '../cli/printable';
import { RETIRING, STANDARD_EVENTS } from '../local/tiktok/names';
import { countOf } from '../report/count';
import type { Field, Note, Values } from './api';
import { explain } from './explain';
import { shorten } from './words';

/** What is known of the events at hand: the paths at which they have values, and how many events were looked at. */
export interface Known {
  readonly paths: readonly string[];
  readonly events: number;
}

/** @param event the one at hand; `undefined` if there is none, or several. */
export function describeSettings(values: Values, event: unknown, known: Known): readonly Note[] {
  const configuration = configure(values);
  const problems = isFailure(configuration)
    ? configuration.reason.problems.flatMap((problem) => placeProblem(problem, values))
    : [];
  const { eventMappings } = values;
  const { entries, match } = readEventMappings(typeof eventMappings === 'object' ? eventMappings : {}, '');
  const atHand: AtHand = { event, entries, senders: match(event) };
  const settings = readSettings(values);
  return [
    ...problems,
    ...noteEntries('eventMappings', values, problems, (key) => {
      const entry = entries.find((one) => one.key === keyOf(key));
      return entry?.label === key.trim() ? noteEvent(entry, atHand, known) : [];
    }),
    ...(isFailure(settings)
      ? []
      : noteEntries('parameterMappings', values, problems, (key, value) =>
          noteParameter(key, value, settings, atHand, known),
        )),
  ];
}

type Remark = Pick<Note, 'tone' | 'message'>;

/** The event at hand, if there is one, and what the settings say of it. */
interface AtHand {
  readonly event: unknown;
  /** All entries of Event Mappings, the defaults among them. */
  readonly entries: readonly EventMapping[];
  /** Those that send the event, with the names that each sends. */
  readonly senders: readonly EventMapping[];
}

/** Notes each entry of a map that can be read. */
function noteEntries(
  setting: string,
  { [setting]: map }: Values,
  problems: readonly Note[],
  note: (key: string, value: string) => readonly Remark[],
): readonly Note[] {
  return Object.entries(typeof map === 'object' ? map : {}).flatMap(([key, value]) =>
    problems.some((one) => one.setting === setting && one.key === key)
      ? []
      : note(key, value).map((remark) => ({ setting, key, ...remark })),
  );
}

/** A problem begins with the label of its setting, which an entry's key follows if the setting is a map. */
function placeProblem(problem: string, values: Values): readonly Note[] {
  const setting = SETTINGS.find(({ label }) => problem.startsWith(label));
  if (setting === undefined) return [];
  const { name, label } = setting;
  const value = values[name];
  const about = { setting: name, tone: 'bad' } as const;
  for (const key of typeof value === 'object' ? Object.keys(value) : []) {
    const head = `${label}, entry "${key}": `;
    if (problem.startsWith(head)) return [{ ...about, key, message: problem.slice(head.length) }];
  }
  return [{ ...about, message: problem }];
}

function noteEvent(entry: EventMapping, atHand: AtHand, known: Known): readonly Remark[] {
  const { label, names, condition } = entry;
  if (names.length === 0) {
    const isDefault = Object.keys(DEFAULT_EVENT_MAPPINGS).some((name) => keyOf(name) === entry.key);
    return [{ tone: 'wait', message: `${label} is not sent${isDefault ? ' any more' : ''}.` }];
  }
  return [
    ...(atHand.event === undefined ? [] : [noteMatch(entry, atHand)]),
    ...names.flatMap(noteName),
    ...notePaths(condition === undefined ? [] : pathsIn(condition), known),
  ];
}

function noteMatch(entry: EventMapping, { event, senders }: AtHand): Remark {
  const obstacle = obstacleOf(entry, event);
  if (obstacle !== undefined) return { tone: 'quiet', message: `Not for this event: ${obstacle}` };
  const overruled = describeOverruling(entry, senders);
  const sent = senders.find(({ key }) => key === entry.key)?.names;
  return sent === undefined
    ? { tone: 'quiet', message: ['Matches this event.', ...overruled].join(' ') }
    : { tone: 'good', message: [`Matches this event: sent as ${sent.join(', ')}.`, ...overruled].join(' ') };
}

/** Which entries send names of an entry in its place, as each name is sent once: `A sends Purchase instead.` */
const describeOverruling = (
  { key, names }: EventMapping,
  senders: readonly EventMapping[],
): readonly string[] =>
  senders.flatMap((sender) => {
    const taken = sender.key === key ? [] : sender.names.filter((name) => names.includes(name));
    return taken.length === 0 ? [] : [`${sender.label} sends ${taken.join(', ')} instead.`];
  });

/** Why an entry does not match an event; `undefined` if it does. */
function obstacleOf({ key, condition, isLabel }: EventMapping, event: unknown): string | undefined {
  const type = textOf(ownProperty(event, 'type')) || '(none)';
  if (!isSendable(event)) return `calls of the type ${type} are never sent.`;
  const name = mappedName(event);
  if (!isLabel && keyOf(name) !== key)
    return name === ''
      ? `for a call of the type ${type}, the entry needs a condition on the type.`
      : `its name is ${name}.`;
  const part = condition && failedPart(condition, event);
  return part === undefined ? undefined : [`${part} does not hold.`, ...describeMet(part, event)].join(' ');
}

/** What a part of a condition reads, if it has paths: `Here properties.channel is "Store".` */
function describeMet(part: string, event: unknown): readonly string[] {
  const condition = parseCondition(part);
  const paths = isFailure(condition) ? [] : pathsIn(condition);
  const met = new Set(paths.map((path) => `${printPath(path)} is ${describeRead(path.keys, event)}`));
  return met.size === 0 ? [] : [`Here ${[...met].join(' and ')}.`];
}

/** What a condition reads at a path. A path does not read the length of a list: `length()` does. */
function describeRead(keys: readonly string[], event: unknown): string {
  const parent = keys.slice(0, -1);
  const isLengthOfList =
    keys.at(-1) === 'length' && Array.isArray(parent.reduce<unknown>(ownProperty, event));
  return isLengthOfList
    ? `absent (write length(${pathText(parent)}))`
    : describeValue(keys.reduce<unknown>(ownProperty, event));
}

/** Characters of a value that are shown. */
const LONGEST = 80;

function describeValue(value: unknown): string {
  if (value === undefined || value === null) return 'absent';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const shown = masked(text.slice(0, LONGEST), '');
  return typeof value === 'string' ? `"${shown}"` : shown;
}

function noteName(name: string): readonly Remark[] {
  if (STANDARD_EVENTS.includes(name)) return [];
  const advice = RETIRING[name];
  if (advice !== undefined) return [{ tone: 'wait', message: `${name}: ${advice}.` }];
  const nearest = nearestOf(name, STANDARD_EVENTS);
  const message = `${name} is not a standard event of TikTok`;
  // Without a name like it, it is one of the workspace's own.
  return [
    nearest === undefined
      ? { tone: 'quiet', message: `${message}.` }
      : { tone: 'wait', message: `${message}: did you mean ${nearest}?` },
  ];
}

function noteParameter(
  key: string,
  value: string,
  settings: Settings,
  atHand: AtHand,
  known: Known,
): readonly Remark[] {
  const { event, senders } = atHand;
  const { segmentEvent, name } = partsOf(key.trim());
  if (value.trim() === '') return [{ tone: 'wait', message: `Empty: ${name} is not sent.` }];
  const { parametersFor } = readParameterMappings(settings);
  const parameter = allOf(parametersFor(keyOf(segmentEvent))).find(
    (one) => one.name.toLowerCase() === name.toLowerCase(),
  );
  if (parameter === undefined) return [];
  const isItem = parameter.group === 'contents';
  const unknown = notePaths(parameter.expression.flatMap(pathsOf), isItem ? ofItems(known) : known);
  if (event === undefined) return unknown;

  const sender = senders.find((one) => allOf(parametersFor(one.key)).includes(parameter));
  const unused = sender === undefined ? whyUnused(parameter, segmentEvent, atHand) : undefined;
  if (unused !== undefined) return [{ tone: 'quiet', message: `Not for this event: ${unused}` }, ...unknown];

  const fields = fieldsOf(parameter, event, parametersFor(sender?.key ?? ''), settings);
  return [...noteFields(fields, sender !== undefined), ...unknown];
}

/** What an event gives for a parameter; for one of products, what each gives. */
function fieldsOf(
  { name }: Parameter,
  event: unknown,
  { parameters, phoneSources }: Pick<Plan, 'parameters' | 'phoneSources'>,
  settings: Settings,
): readonly Field[] {
  const phones = new OwnPhones();
  for (const source of phoneSources) phones.collect(readSource(source, event, 'phone'));
  const readWith = (used: Settings): Reading => new Reading(event, parameters, used, phones, Date.now());
  const reading = readWith(settings);
  const sent: Record<string, unknown> = { ...readFields(parameters.event, reading, event) };
  for (const group of GROUPS) sent[group] = readFields(parameters[group], reading, event);
  // The country of phone numbers is read, not sent. Default Country is not what a mapping of it gives.
  sent['phone'] = { country: readWith({ ...settings, defaultCountry: undefined }).phoneCountry };
  const explained = { ...parameters, user: [...parameters.user, ...parameters.phone] };
  return explain(event, { parameters: explained }, sent, reading.leftOut).filter(
    (field) => field.parameter.replace(/\[\d+\]/, '') === name,
  );
}

const allOf = ({ parameters }: Pick<Plan, 'parameters'>): readonly Parameter[] =>
  Object.values(parameters).flat();

/** Why no entry that sends the event reads a parameter as it is mapped; `undefined` if one would, but none sends it. */
function whyUnused(
  { name }: Parameter,
  segmentEvent: string,
  { event, entries, senders }: AtHand,
): string | undefined {
  if (segmentEvent === '')
    return senders.length === 0
      ? undefined
      : `replaced by ${senders.map(({ label }) => `${label}: ${name}`).join(', ')}.`;
  const entry = entries.find((one) => one.key === keyOf(segmentEvent));
  if (entry === undefined) return `Event Mappings has no entry ${segmentEvent}.`;
  if (obstacleOf(entry, event) !== undefined) return `only for ${segmentEvent}.`;
  if (entry.names.length === 0) return `${entry.label} is not sent.`;
  return describeOverruling(entry, senders).join(' ');
}

/** The objects of a TikTok event. */
const GROUPS = ['user', 'properties', 'page', 'lead'] as const;

/** The value of a parameter; of a parameter of products, that of each. */
function noteFields(fields: readonly Field[], isSent: boolean): readonly Remark[] {
  const values = fields.flatMap(({ value }) => (value === undefined ? [] : [shorten(value)]));
  const flaws = new Set(fields.flatMap(({ reason }) => (reason === undefined ? [] : [reason])));
  const arrived: Remark | undefined =
    values.length > 0
      ? {
          tone: isSent ? 'good' : 'quiet',
          message: `${isSent ? 'For this event' : 'If this event were sent'}: ${values.slice(0, ITEMS).join(', ')}`,
        }
      : flaws.size === 0
        ? { tone: 'quiet', message: 'No value in this event.' }
        : undefined;
  return [
    ...(arrived === undefined ? [] : [arrived]),
    ...Array.from(flaws, (flaw): Remark => ({ tone: 'wait', message: `Left out: ${flaw}.` })),
  ];
}

/** Products whose values are shown. */
const ITEMS = 5;

function pathsIn(condition: Condition): readonly Path[] {
  const paths: Path[] = [];
  somePath(condition, (keys) => {
    paths.push({ keys, lists: [] });
    return false;
  });
  return paths;
}

const printPath = (path: Path): string => printExpression([{ kind: 'path', ...path }]);

/** Says of which paths no event has a value. */
function notePaths(paths: readonly Path[], { paths: known, events }: Known): readonly Remark[] {
  if (events === 0) return [];
  const plain = known.map(plainPath);
  return paths
    .filter(({ keys }) => keys.length > 0)
    .map(printPath)
    .filter((path) => !plain.some((one) => isWithin(one, plainPath(path)) || isWithin(plainPath(path), one)))
    .map((path) => {
      const nearest = nearestOf(path, known);
      const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
      return { tone: 'wait', message: `None of ${countOf(events, 'event')} has ${path}${hint}` };
    });
}

/** A path with `[]` for each of its lists. */
const plainPath = (path: string): string => path.replace(/\[[^\]]*\]/g, '[]');

/** Whether a path leads into what stands at another one. A text may be JSON, so a path may go on where values end. */
const isWithin = (inner: string, outer: string): boolean =>
  inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);

/** The paths of products, which begin at the item; an event's own properties may be its product. */
const ofItems = ({ paths, events }: Known): Known => ({
  events,
  paths: paths.flatMap((path) => /^(?:.*\[\]\.|properties\.)(.+)$/s.exec(path)?.[1] ?? []),
});
