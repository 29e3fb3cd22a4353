// Which entries of Event Mappings send what the mappings sent: their left and their right sides.
import type { Condition, Operator } from '../../../lib/configuration/condition/condition';
import { testsTypeOrEvent } from '../../../lib/configuration/condition/evaluate';
import { parseCondition } from '../../../lib/configuration/condition/parse';
import { printCondition } from '../../../lib/configuration/condition/print';
import { pathText } from '../../../lib/configuration/condition/tokens';
import { keyOf } from '../../../lib/configuration/key';
import { DEFAULT_EVENT_MAPPINGS, readEventMappings } from '../../../lib/configuration/event-mappings';
import { problemOfEventName } from '../../../lib/configuration/names';
import { isFailure } from '../../../lib/result';
import { conjuncts, join } from './trigger';

/** Conversions of the same events with the same parameters. */
export interface Conversions {
  /** What the mapping is called. */
  readonly name: string;
  /** True of the events. */
  readonly condition: Condition;
  /** TikTok's names. */
  readonly events: readonly string[];
}

/** An entry of Event Mappings. */
export interface Entry {
  readonly label: string;
  readonly value: string;
}

/** Which event a condition is about, and what else it says: `event = "X"`, `type = "track"` and the rest. */
interface Named {
  readonly event: string;
  readonly rest: readonly Condition[];
}

/** A comparison of a field with a value. */
interface Compared {
  readonly path: string;
  readonly operator: Operator;
  readonly value: unknown;
}

function comparedWith(condition: Condition): Compared | undefined {
  if (condition.kind !== 'comparison') return undefined;
  const { left, operator, right } = condition;
  if (left.kind !== 'path' || right.kind !== 'literal') return undefined;
  return { path: pathText(left.keys), operator, value: right.value };
}

/** The text that a condition wants a field of the event to be. */
function wanted(condition: Condition, field: 'event' | 'type'): string | undefined {
  const { path, operator, value } = comparedWith(condition) ?? {};
  return path === field && operator === '=' && typeof value === 'string' ? value : undefined;
}

function namedBy(condition: Condition): Named | undefined {
  const parts = conjuncts(condition);
  const events = parts.map((part) => wanted(part, 'event')).filter((event) => event !== undefined);
  const [event] = events;
  if (event === undefined) return undefined;
  const rest = parts.filter((part) => wanted(part, 'event') !== event && wanted(part, 'type') !== 'track');
  return rest.some(testsTypeOrEvent) ? undefined : { event, rest };
}

/** All names of events that a trigger compares with, whether it is imported or not. */
export function namesIn(trigger: string): readonly string[] {
  const condition = parseCondition(trigger);
  return isFailure(condition) ? [] : mentioned(condition);
}

function mentioned(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.conditions.flatMap(mentioned);
    case 'not':
      return mentioned(condition.condition);
    case 'comparison':
      return [wanted({ ...condition, operator: '=' }, 'event')].filter((event) => event !== undefined);
    case 'literal':
    case 'path':
    case 'list':
    case 'call':
      return [];
  }
}

/** As the left side of an entry it stands for all page calls, too. */
const PAGE_VIEWED = keyOf('Page Viewed');

/**
 * Gives each of several conversions its entry. The name of an event is the left side if that says the same: names match
 * without regard to case and odd spacing, so it must be the only spelling that any trigger or default has.
 *
 * @param names those of events, in all triggers of the workspace.
 */
export function entriesOf(conversions: readonly Conversions[], names: readonly string[]): readonly Entry[] {
  const named = conversions.map(({ condition }) => namedBy(condition));
  const spellings = new Map<string, Set<string>>();
  for (const event of [...Object.keys(DEFAULT_EVENT_MAPPINGS), ...names]) {
    const known = spellings.get(keyOf(event)) ?? new Set();
    spellings.set(keyOf(event), known.add(event));
  }
  const owners = new Map<string, number>();
  for (const [index, one] of named.entries()) {
    if (one === undefined) continue;
    const { event, rest } = one;
    const key = keyOf(event);
    const isOnlySpelling = key === event.toLowerCase() && spellings.get(key)?.size === 1;
    const isName = key !== '' && key !== PAGE_VIEWED && problemOfEventName(event) === undefined;
    const others = named.filter((other, at) => at !== index && other?.event === event);
    // What narrows an event is a label's as soon as something else is said of that event.
    const mayOwn = rest.length === 0 ? !owners.has(key) : others.length === 0;
    if (isName && isOnlySpelling && mayOwn) owners.set(key, index);
  }
  const taken = new Set([...Object.keys(DEFAULT_EVENT_MAPPINGS).map(keyOf), PAGE_VIEWED, ...owners.keys()]);
  return conversions.map(({ name, condition, events }, index) => {
    const own = named[index];
    if (own && owners.get(keyOf(own.event)) === index)
      return { label: own.event, value: valueOf(events, own.rest) };
    const label = freeLabel(name.trim() === '' ? (events[0] ?? '') : name.trim(), taken);
    taken.add(keyOf(label));
    return { label, value: valueOf(events, [deciding(condition)]) };
  });
}

const valueOf = (events: readonly string[], conditions: readonly Condition[]): string =>
  conditions.length === 0
    ? events.join(', ')
    : `${events.join(', ')} if ${printCondition(join('and', conditions))}`;

/** A condition alone decides only if it tests the type or the name of the event: any call has a type. */
const deciding = (condition: Condition): Condition =>
  testsTypeOrEvent(condition) ? condition : join('and', [ANY_CALL, condition]);
const ANY_CALL: Condition = {
  kind: 'comparison',
  operator: '!=',
  left: { kind: 'path', keys: ['type'] },
  right: { kind: 'literal', value: null },
};

function freeLabel(label: string, taken: ReadonlySet<string>): string {
  let free = label;
  for (let number = 2; taken.has(keyOf(free)); number += 1) free = `${label} (${number})`;
  return free;
}

/** Whether the function reads a value as it is meant: the name of a TikTok event may contain what ends it. */
export function isReadAs(value: string, events: readonly string[]): boolean {
  const { entries, problems } = readEventMappings({ [ANY_LABEL]: value }, '');
  const read = entries.find(({ label }) => label === ANY_LABEL);
  return problems.length === 0 && JSON.stringify(read?.names) === JSON.stringify(events);
}

const ANY_LABEL = 'A label';

/**
 * Whether it is sure that no event is as both conditions say: one wants a field to have a value that the other does not
 * allow. They can exclude each other in other ways, too.
 */
export function areDisjoint(one: Condition, other: Condition): boolean {
  const [first, second] = [boundsOf(one), boundsOf(other)];
  return (
    [...first.allowed].some(([path, values]) => !values.some((value) => allows(second, path, value))) ||
    [...second.allowed].some(([path, values]) => !values.some((value) => allows(first, path, value)))
  );
}

/** What a condition says of fields by their paths, as far as it compares them with values. */
interface Bounds {
  readonly allowed: ReadonlyMap<string, readonly unknown[]>;
  readonly excluded: ReadonlyMap<string, readonly unknown[]>;
}

function boundsOf(condition: Condition): Bounds {
  const allowed = new Map<string, readonly unknown[]>();
  const excluded = new Map<string, readonly unknown[]>();
  for (const part of conjuncts(condition)) {
    const alternatives = part.kind === 'or' ? part.conditions.map(comparedWith) : [comparedWith(part)];
    const [first] = alternatives;
    if (first === undefined) continue;
    const { path, operator } = first;
    const isOneField = alternatives.every((one) => one?.path === path && one.operator === operator);
    const values = alternatives.map((one) => one?.value);
    if (isOneField && operator === '=') allowed.set(path, values);
    if (isOneField && operator === '!=' && values.length === 1)
      excluded.set(path, [...(excluded.get(path) ?? []), ...values]);
  }
  // Only a track call has the name of an event.
  if (allowed.has('event') && !allowed.has('type')) allowed.set('type', ['track']);
  return { allowed, excluded };
}

const allows = ({ allowed, excluded }: Bounds, path: string, value: unknown): boolean =>
  (allowed.get(path)?.includes(value) ?? true) && excluded.get(path)?.includes(value) !== true;
