// Counts what becomes of events, in memory that does not grow with them.
import { configure } from '../../lib/configuration/configure';
import { keyOf } from '../../lib/configuration/entries';
import { mappedName } from '../../lib/configuration/event-mappings';
import { readSettings } from '../../lib/configuration/settings';
import { notMapped } from '../../lib/conversion/convert';
import { isFailure } from '../../lib/result';
import { isAccepted } from '../../lib/tiktok/answer';
import { listOf, ownProperty, parseJson } from '../../lib/values/json';
import { nonEmpty, textOf } from '../../lib/values/text';
import type { Input } from '../input/events';
import type { Trace } from '../local/segment/network';
import type { OutcomeName } from '../local/segment/outcomes';
import type { Result } from '../local/segment/runtime';
import { ATTRIBUTION_WINDOW, RETIRING } from '../local/tiktok/names';
import { masked, printable } from '../cli/printable';

/** What became of an event. */
export const FATES = ['delivered', 'discarded', 'unsupported', 'retried'] as const;
export type Fate = (typeof FATES)[number];
export type Fates = Readonly<Record<Fate, number>>;

/** What became of events. Names and ids are masked where they may be personal data. */
export interface Report extends Fates {
  readonly events: number;
  /** Why events were not delivered, most frequent first. */
  readonly reasons: readonly Reason[];
  /** What the events' names became, most frequent first; nothing for a name without a mapping. */
  readonly names: readonly Name[];
  /** How many of the TikTok events that were accepted carry what TikTok can match on. */
  readonly identifiers: Identifiers;
  /** Of these, the ones that TikTok does not attribute any more: older than 28 days. */
  readonly old: number;
  /** Names among them that end or were renamed. */
  readonly retiring: readonly { readonly name: string; readonly count: number; readonly advice: string }[];
  readonly requests: number;
  /** Of all requests' bodies. */
  readonly bytes: number;
  /** The events in the order they came, in at most 50 parts of the same size; the last may be smaller. */
  readonly timeline: readonly Part[];
}

export interface Reason {
  readonly outcome: Exclude<Fate, 'delivered'>;
  readonly message: string;
  readonly count: number;
  /** One of the events: where it stands, and its id. */
  readonly example: { readonly at: string; readonly messageId?: string };
}

export interface Name {
  readonly name: string;
  readonly count: number;
  readonly becomes: readonly string[];
}

export interface Identifiers {
  readonly events: number;
  readonly email: number;
  readonly phone: number;
  readonly both: number;
  readonly externalId: number;
  readonly ttclid: number;
}

export interface Part extends Fates {
  readonly events: number;
}

/** Mutable, for counting. */
type Counts<T> = { -readonly [K in keyof T]: T[K] };

const FATE_OF: Readonly<Record<OutcomeName, Fate>> = {
  Delivered: 'delivered',
  'Message Rejected': 'discarded',
  'Bad Request': 'discarded',
  'Unsupported Event Type': 'unsupported',
  Retry: 'retried',
  Timeout: 'retried',
};

/** Different names or reasons that are told apart; the memory for them has to end somewhere. */
const KINDS = 1000;
const OTHERS = `(others: more than ${KINDS} different ones)`;
const PARTS = 50;

export interface Tally {
  /** Counts an event and what became of it. */
  readonly add: (input: Input, result: Result) => void;
  /** Counts a request, and what TikTok accepted by it. */
  readonly addRequest: (request: Trace) => void;
  readonly report: () => Report;
}

/** @param givenSettings as Segment hands them to the function. */
export function createTally(givenSettings: object): Tally {
  const configuration = configure(givenSettings);
  const token = tokenOf(givenSettings);

  const fates = noFates();
  const identifiers: Counts<Identifiers> = {
    events: 0,
    email: 0,
    phone: 0,
    both: 0,
    externalId: 0,
    ttclid: 0,
  };
  let [old, requests, bytes] = [0, 0, 0];
  const reasons = new Map<string, Counts<Reason>>();
  const names = new Map<string, Counts<Name>>();
  const sent = new Map<string, number>();
  const timeline = createTimeline();

  /** A text of the event's own, as it may be shown. The function's messages may be as they are. */
  const show = (text: string): string => masked(text, token);

  function addReason(outcome: Reason['outcome'], error: string, { event, at }: Input): void {
    // Each answer of TikTok's has an id of its own.
    const message = error.replace(/request_id [^)]*/, 'request_id …');
    const key = keyFor(reasons, `${outcome} ${message}`);
    const messageId = showId(textOf(ownProperty(event, 'messageId')), show);
    const reason = reasons.get(key) ?? {
      outcome,
      // An unsupported event's message may come from Segment itself and quote the event.
      message: key === OTHERS ? OTHERS : outcome === 'unsupported' ? show(message) : printable(message),
      count: 0,
      example: { at, ...(messageId !== '' && { messageId }) },
    };
    reason.count += 1;
    reasons.set(key, reason);
  }

  function addName(name: string, becomes: readonly string[]): void {
    const key = keyFor(names, keyOf(name));
    const entry =
      names.get(key) ??
      (key === OTHERS ? { name: OTHERS, count: 0, becomes: [] } : { name: show(name), count: 0, becomes });
    entry.count += 1;
    names.set(key, entry);
  }

  function addConversion(conversion: unknown): void {
    const user = ownProperty(conversion, 'user');
    const has = (identifier: string) => ownProperty(user, identifier) !== undefined;
    identifiers.events += 1;
    if (has('email')) identifiers.email += 1;
    if (has('phone')) identifiers.phone += 1;
    if (has('email') && has('phone')) identifiers.both += 1;
    if (has('external_id')) identifiers.externalId += 1;
    if (has('ttclid')) identifiers.ttclid += 1;
    if (Number(ownProperty(conversion, 'event_time')) < Date.now() / 1000 - ATTRIBUTION_WINDOW) old += 1;
    const name = textOf(ownProperty(conversion, 'event'));
    if (Object.hasOwn(RETIRING, name)) sent.set(name, (sent.get(name) ?? 0) + 1);
  }

  return {
    add(input, { outcome, error }) {
      const name = mappedName(input.event);
      const becomes = isFailure(configuration) ? undefined : configuration.planFor(name).names;
      const isNotMapped = becomes?.length === 0;
      if (becomes !== undefined) addName(describeName(input.event), becomes);
      // A batch has one status for what is discarded.
      const fate = isNotMapped && FATE_OF[outcome] === 'discarded' ? 'unsupported' : FATE_OF[outcome];
      fates[fate] += 1;
      timeline.add(fate);
      if (fate === 'delivered') return;
      // The names have a table of their own.
      const hasUnmappedName = isNotMapped && name !== '';
      addReason(fate, hasUnmappedName ? notMapped('its name') : (error?.message ?? ''), input);
    },
    addRequest({ request, response }) {
      requests += 1;
      bytes += Buffer.byteLength(request.body);
      const code = ownProperty(parseJson(response?.body ?? ''), 'code');
      if (isAccepted(code)) listOf(ownProperty(parseJson(request.body), 'data')).forEach(addConversion);
    },
    report: () => ({
      events: FATES.reduce((sum, fate) => sum + fates[fate], 0),
      ...fates,
      reasons: mostFrequent(reasons.values()),
      names: mostFrequent(names.values()),
      identifiers,
      old,
      retiring: mostFrequent(
        [...sent].map(([name, count]) => ({ name, count, advice: RETIRING[name] ?? '' })),
      ),
      requests,
      bytes,
      timeline: timeline.parts(),
    }),
  };
}

const noFates = (): Counts<Fates> => ({ delivered: 0, discarded: 0, unsupported: 0, retried: 0 });

/** The key of an entry that is counted by itself, or with others. */
const keyFor = (entries: ReadonlyMap<string, unknown>, key: string): string =>
  entries.has(key) || entries.size < KINDS ? key : OTHERS;

const mostFrequent = <T extends { readonly count: number }>(entries: Iterable<T>): readonly T[] =>
  [...entries].sort((one, other) => other.count - one.count);

/** The token of settings that may be wrong otherwise; '' if there is none. */
function tokenOf(givenSettings: object): string {
  const settings = readSettings(givenSettings);
  return isFailure(settings) ? '' : settings.accessToken;
}

/** The name that an event is mapped under, or its type if it has none. */
const describeName = (event: object): string =>
  nonEmpty(mappedName(event)) ?? `(${textOf(ownProperty(event, 'type'))} call)`;

const UUID = /((?:ajs-next-\d{13}-)?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})/i;

/** An id as it may be shown: a UUID is nobody's number, and so is the time that analytics.js puts before one. */
const showId = (id: string, show: (text: string) => string): string =>
  id
    .split(UUID)
    .map((part, index) => (index % 2 === 1 ? part : show(part)))
    .join('');

/** Counts in parts whose size doubles whenever there would be more than {@link PARTS}. */
function createTimeline() {
  let parts: Counts<Part>[] = [];
  let size = 1;

  const merge = (one: Part, other: Part | undefined): Counts<Part> => {
    const sum: Counts<Part> = { ...one };
    if (other === undefined) return sum;
    for (const key of ['events', ...FATES] as const) sum[key] += other[key];
    return sum;
  };

  return {
    add(fate: Fate): void {
      let last = parts.at(-1);
      if (last === undefined || last.events === size) {
        if (parts.length === PARTS) {
          parts = parts.flatMap((part, index) => (index % 2 === 0 ? [merge(part, parts[index + 1])] : []));
          size *= 2;
        }
        last = { events: 0, ...noFates() };
        parts.push(last);
      }
      last.events += 1;
      last[fate] += 1;
    },
    parts: (): readonly Part[] => parts,
  };
}
