// What TikTok makes of a request, and what it remembers: it counts an event once, and none of a request with a bad one.
// https://business-api.tiktok.com/portal/docs?id=1771100865818625
import { createKeys } from './keys';
import { readRequest, readValidEvents, type TikTokEvent } from './rules';

/** Milliseconds in which two events with the same `event` and `event_id` are one. */
const DEDUPLICATION = 48 * 3_600_000;

/** An event that counts. */
export interface CountedEvent {
  readonly event: TikTokEvent;
  /** In milliseconds. */
  readonly receivedAt: number;
  /** How often it came again and was not counted. */
  duplicates: number;
}

/** A request, as far as it matters. */
export interface Submission {
  /** The Access-Token. */
  readonly token: string;
  readonly contentType: string;
  readonly body: string;
}

export interface Verdict {
  readonly code: number;
  readonly message: string;
}

export interface Account {
  /** The token that is accepted. */
  readonly token: string;
  /** The event set that the token may send to. */
  readonly eventSetId: string;
  /** Events that are refused beside those that break a rule: TikTok has rules that nobody has written down. */
  readonly refuses?: (event: TikTokEvent) => boolean;
  /** Whether requests and events are kept, to be looked at; a million of them had better not be. */
  readonly remembers?: boolean;
}

export interface Ledger {
  /** Every event that counts, oldest first; none where nothing is remembered. */
  readonly counted: readonly CountedEvent[];
  /** How many events count. */
  readonly total: () => number;
  /** Says what is wrong with a request, code 0 if nothing is; counts nothing. */
  readonly judge: (submission: Submission) => Verdict;
  /**
   * Counts the good events of a request at a time in milliseconds: all of them, or, as in a partial success, the first
   * of them, the third and so on.
   */
  readonly count: (submission: Submission, now: number, which: 'all' | 'some') => void;
}

export function createLedger({
  token,
  eventSetId,
  refuses = () => false,
  remembers = true,
}: Account): Ledger {
  const counted: CountedEvent[] = [];
  const byId = new Map<string, CountedEvent>();
  /** Where nothing is remembered. That is not for longer than the two days. */
  const keys = createKeys();
  let total = 0;

  function countOne(event: TikTokEvent, now: number): void {
    const key = event.event_id === undefined ? undefined : JSON.stringify([event.event, event.event_id]);
    if (!remembers) {
      if (key === undefined || keys.add(key)) total += 1;
      return;
    }
    const known = key === undefined ? undefined : byId.get(key);
    if (known !== undefined && now - known.receivedAt < DEDUPLICATION) {
      known.duplicates += 1;
      return;
    }
    const one: CountedEvent = { event, receivedAt: now, duplicates: 0 };
    total += 1;
    counted.push(one);
    if (key !== undefined) byId.set(key, one);
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
      const request = readRequest(submission.body);
      if ('problem' in request) return { code: 40002, message: request.problem };
      if (request.event_source_id !== eventSetId) {
        return { code: 40001, message: 'event_source_id: no permission to operate this event set' };
      }
      const refused = request.data.findIndex(refuses);
      if (refused >= 0) return { code: 40000, message: `data[${refused}]: the event is not accepted` };
      return { code: 0, message: 'OK' };
    },
    count({ body }, now, which) {
      readValidEvents(body)
        .filter((event) => !refuses(event))
        .filter((_, index) => which === 'all' || index % 2 === 0)
        .forEach((event) => {
          countOne(event, now);
        });
    },
  };
}
