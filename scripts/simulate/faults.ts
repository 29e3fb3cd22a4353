// The ways in which TikTok, or a gateway in front of it, fails.
import { PARTIAL_SUCCESS } from '../local/tiktok/names';

/** What goes wrong with a request. */
export interface Fault {
  readonly name: string;
  /** Which of the events TikTok counts nevertheless; none by default. */
  readonly counts?: 'all' | 'some';
  /** Milliseconds until the answer begins. */
  readonly wait?: number;
  /** Milliseconds from then until it ends. */
  readonly bodyWait?: number;
  /** HTTP status, 200 by default. */
  readonly status?: number;
  /** The code in TikTok's own answer; that of its ruling by default. */
  readonly code?: number;
  /** Its words; those of a usual answer by default. */
  readonly message?: string;
  /** Another body than TikTok's. */
  readonly body?: string;
  /** The code of the error that comes instead of an answer. */
  readonly error?: string;
  /** The answer breaks off before its end. */
  readonly breaksOff?: true;
  /** Happens only to requests with several events: for a single one it would be TikTok's ruling on that event. */
  readonly toSeveral?: true;
  /** Happens only on kept connections. */
  readonly toReused?: true;
}

const PAGE = '<html><body>Not now</body></html>';

/** Codes that keep an event: those that the function knows, and others. */
const CODES = [
  ...[40001, 40016, 40100, 40101, 40102, 40104, 40105, 40132, 40133],
  ...[40099, 40300, 50000, 60001, 12345, -1],
];

export const FAULTS: readonly Fault[] = [
  ...CODES.map((code) => ({ name: `code ${code}`, code })),
  { name: 'code 20001: some events are counted', code: PARTIAL_SUCCESS, counts: 'some' },
  ...[
    'data[0].event_id: not valid',
    'data.1: not valid',
    'index 399',
    'data: not valid',
    'event_source_id: not valid',
    'data[0].properties.search_string: not valid, got "event_source_id"',
  ].map((message) => ({
    name: `code 40000 for all of several events: ${message}`,
    code: 40000,
    message,
    toSeveral: true as const,
  })),
  ...[302, 401, 403, 404, 408, 429, 500, 502, 503, 504].map((status) => ({
    name: `HTTP ${status}`,
    status,
    body: PAGE,
  })),
  ...[400, 413, 422].map((status) => ({
    name: `HTTP ${status} for several events`,
    status,
    body: PAGE,
    toSeveral: true as const,
  })),
  { name: 'a page of HTML', body: PAGE },
  { name: 'an empty body', body: '', counts: 'all' },
  { name: 'half a body', body: '{"code":0,"mess', counts: 'all' },
  { name: 'an answer that breaks off', breaksOff: true, counts: 'all' },
  { name: 'an answer that never ends', bodyWait: 1_000_000, counts: 'all' },
  { name: 'a reset before the request was read', error: 'ECONNRESET' },
  { name: 'a reset after the request was read', error: 'ECONNRESET', counts: 'all' },
  { name: 'a reset on a kept connection', error: 'ECONNRESET', toReused: true },
  { name: 'a kept connection that was closed', error: 'EPIPE', toReused: true },
  { name: 'an answer after 4.4 s', wait: 4400, counts: 'all' },
  { name: 'an answer after 6 s', wait: 6000, counts: 'all' },
  { name: 'an answer a byte at a time', bodyWait: 10_000, counts: 'all' },
  { name: 'a certificate that is not valid', error: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
  { name: 'a refused connection', error: 'ECONNREFUSED' },
];
