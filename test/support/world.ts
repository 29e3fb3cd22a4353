// A Segment with the shipped bundle in it, and a TikTok that it can reach.
import { readFileSync } from 'node:fs';
import sha256 from 'crypto-js/sha256';
import { BUNDLE } from '../../scripts/cli/project';
import type { OptionalGlobal } from '../../scripts/local/segment/globals';
import { createRuntime, type BatchCall, type Call, type Runtime } from '../../scripts/local/segment/runtime';
import type { TikTokEvent } from '../../scripts/local/tiktok/rules';
import { HOST } from '../../scripts/local/tiktok/names';
import { startTikTok, type TikTok, type TikTokOptions } from '../../scripts/local/tiktok/server';
import { instrumentation } from './instrumentation';
import type { VirtualTime } from './virtual-time';

export const SETTINGS = {
  accessToken: 'token-for-the-tests-4f1c',
  eventSetId: '7000000000000000001',
} as const;

/**
 * The optional globals that are taken away from all worlds of this run, except from those that need them: test/runtimes.ts
 * runs the tests of the bundle without each of them.
 */
const MISSING = (process.env['MISSING_GLOBALS'] ?? '').split(',');

export interface World {
  readonly tiktok: TikTok;
  readonly segment: Runtime;
  /** Sends an event through Segment with the tests' settings and these. */
  readonly send: (event: unknown, settings?: object) => Promise<Call>;
  /** As {@link send}, to the batch handler. */
  readonly sendBatch: (events: readonly unknown[], settings?: object) => Promise<BatchCall>;
  /** Sends an event that must be delivered, and gives what TikTok received. */
  readonly deliver: (event: unknown, settings?: object) => Promise<TikTokEvent>;
  readonly close: () => Promise<void>;
}

export interface WorldOptions extends Partial<TikTokOptions> {
  /** Globals of Segment's runtime to take away (`undefined`) or to put another in the place of. */
  readonly globals?: Readonly<Record<string, unknown>>;
  /** The optional globals that the test is about. */
  readonly needs?: readonly OptionalGlobal[];
  /** Time that passes without waiting, in the place of the machine's. */
  readonly time?: VirtualTime;
}

export async function createWorld({
  globals = {},
  needs = [],
  time,
  ...options
}: WorldOptions = {}): Promise<World> {
  const tiktok = await startTikTok({
    ...(time && { clock: time.tiktokClock }),
    token: SETTINGS.accessToken,
    eventSetId: SETTINGS.eventSetId,
    ...options,
  });
  const code = readFileSync(BUNDLE, 'utf8');
  const missing = MISSING.filter((name) => !needs.some((needed) => needed === name));
  const segment = createRuntime({
    code,
    routes: { [HOST]: tiktok.route },
    globals: {
      ...instrumentation(),
      ...Object.fromEntries(missing.map((name) => [name, undefined])),
      ...globals,
    },
    ...(time && { clock: time.clock, wrap: time.wrap }),
  });
  const send = (event: unknown, settings: object = {}) => segment.send(event, { ...SETTINGS, ...settings });
  return {
    tiktok,
    segment,
    send,
    sendBatch: (events, settings = {}) => segment.sendBatch(events, { ...SETTINGS, ...settings }),
    async deliver(event, settings) {
      const before = tiktok.counted.length;
      const call = await send(event, settings);
      const counted = tiktok.counted[before];
      if (call.outcome !== 'Delivered' || counted === undefined) {
        throw new Error(`Not delivered: ${call.outcome}: ${call.error?.message ?? ''}`);
      }
      return counted.event;
    },
    async close() {
      await tiktok.close();
      time?.stop();
    },
  };
}

let events = 0;

/** A track call that is delivered as it is, changed by `change`. */
export function track(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  events += 1;
  return {
    type: 'track',
    event: 'Order Completed',
    messageId: `message-${events}`,
    timestamp: '2026-11-20T10:15:00.000Z',
    properties: { email: 'jane@example.com' },
    ...change,
  };
}

/** SHA-256 in lower-case hex, by a library that the function does not use. */
export const hash = (text: string): string => sha256(text).toString();
