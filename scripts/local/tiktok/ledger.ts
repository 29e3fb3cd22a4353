// How TikTok judges a request, and what it remembers: it counts an event once, and no event of a request with a bad one.
// TikTok, "Events API 2.0": https://business-api.tiktok.com/portal/docs?id=1771100865818625
import { randomUUID } from 'node:crypto';
import { createKeys, hashKey, type Keys } from './keys';
import { readRequest, readValidEvents, type EventSource, type ReadRequest, type TikTokEvent } from './rules';
import { WORDINGS, type Wording } from './wordings';

/** Milliseconds in which TikTok counts events with the same `event` and `event_id` once. */
const DEDUPLICATION = 48 * 3_600_000;

/** An event that TikTok has counted. */
export interface CountedEvent {
  readonly event: TikTokEvent;
  /** In milliseconds. */
  readonly receivedAt: number;
  /** How many times it came again, and was not counted. */
  duplicates: number;
}

/** The parts of a request that TikTok judges. */
export interface Submission {
  /** The Access-Token. */
  readonly token: string;
  readonly contentType: string;
  readonly body: string;
}

/** TikTok's answer to a request. */
export interface Ruling {
  /** 0 if the request is accepted. */
  readonly code: number;
  readonly message: string;
}

/** The body of TikTok's answer. */
export const printRuling = (ruling: Ruling): string =>
  JSON.stringify({ ...ruling, request_id: randomUUID().replaceAll('-', ''), data: {} });

export interface Account {
  /** The access token that is accepted. */
  readonly token: string;
  /** The event set that the token may send to. */
  readonly eventSetId: string;
  /** The kind of the event set; offline by default. */
  readonly eventSource?: EventSource;
  /** Whether an event is refused although it keeps all documented rules, as TikTok sometimes does. */
  readonly refuses?: (event: TikTokEvent) => boolean;
  /** How the refusal of an event is worded; with `data[3].event_id` by default. */
  readonly wording?: Wording;
  /** Whether requests and events are kept, which costs memory; true by default. */
  readonly remembers?: boolean;
  /** Tells by what is left of them which events were counted, if `remembers` is false; empty by default. */
  readonly keys?: Keys;
}

export interface Ledger {
  /** Every counted event, oldest first; empty if `remembers` is false. */
  readonly counted: readonly CountedEvent[];
  /** How many events were counted. */
  readonly total: () => number;
  /** Judges a request without counting its events. */
  readonly judge: (submission: Submission) => Ruling;
  /**
   * Counts the valid events of a request: all of them or, as in a partial success, every other one.
   *
   * @param now the time in milliseconds.
   */
  readonly count: (submission: Submission, now: number, which: 'all' | 'some') => void;
}

export function createLedger({
  token,
  eventSetId,
  eventSource = 'offline',
  refuses = () => false,
  wording = WORDINGS['data[3].event_id'],
  remembers = true,
  keys = createKeys(),
}: Account): Ledger {
  const counted: CountedEvent[] = [];
  const byId = new Map<string, CountedEvent>();
  let total = 0;
  /** The request that was read last: one is judged and then counted, and reading it takes longer than both. */
  let last = { body: '', read: readRequest('') };

  function read(body: string): ReadRequest {
    if (body !== last.body) last = { body, read: readRequest(body) };
    return last.read;
  }

  function countOne(event: TikTokEvent, now: number): void {
    const key = event.event_id === undefined ? undefined : JSON.stringify([event.event, event.event_id]);
    if (!remembers) {
      // Such a run is shorter than {@link DEDUPLICATION}.
      if (key === undefined || keys.add(hashKey(key))) total += 1;
      return;
    }
    const known = key === undefined ? undefined : byId.get(key);
    if (known !== undefined && now - known.receivedAt < DEDUPLICATION) {
      known.duplicates += 1;
      return;
    }
    const countedEvent: CountedEvent = { event, receivedAt: now, duplicates: 0 };
    total += 1;
    counted.push(countedEvent);
    if (key !== undefined) byId.set(key, countedEvent);
  }

  return {
    counted,
    total: () => total,
    judge(submission) {
      if (submission.token === '') {
        return { code: 40104, message: 'Access-Token: the access token is empty' };
      }
      if (submission.token !== token) {
        return { code: 40105, message: 'Access-Token: the access token is incorrect or has been revoked' };
      }
      if (submission.contentType !== 'application/json') {
        return { code: 40002, message: 'Content-Type: expected application/json' };
      }
      const request = read(submission.body);
      if (!request.isValid) {
        const { refusal, problem } = request;
        return { code: 40002, message: refusal === undefined ? problem : wording(refusal) };
      }
      if (request.event_source_id !== eventSetId) {
        return { code: 40001, message: 'event_source_id: no permission to operate this event set' };
      }
      if (request.event_source !== eventSource) {
        return { code: 40002, message: `event_source: the event set is of the kind ${eventSource}` };
      }
      const index = request.data.findIndex(refuses);
      if (index < 0) return { code: 0, message: 'OK' };
      const events = request.data.length;
      const value = request.data[index]?.properties;
      const problem = 'the event is not accepted';
      return { code: 40000, message: wording({ index, events, field: '', value, problem }) };
    },
    count({ body }, now, which) {
      readValidEvents(body, read(body))
        .filter((event) => !refuses(event))
        .filter((_, index) => which === 'all' || index % 2 === 0)
        .forEach((event) => {
          countOne(event, now);
        });
    },
  };
}
