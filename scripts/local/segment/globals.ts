// The globals of Segment's Functions runtime, with the real libraries behind them but without the vendors' SDKs;
// lib/runtime.d.ts declares the same names.
// Segment, "Functions Environment": https://segment.com/docs/connections/functions/environment/
import crypto from 'node:crypto';
import FormData from 'form-data';
import libphonenumberjs from 'libphonenumber-js';
import lodash from 'lodash';
import moment from 'moment-timezone';
import { Headers, Request, Response } from 'node-fetch';
import { createNetwork, type Network } from './network';

/** Segment, "Functions Environment", section "Caching": https://segment.com/docs/connections/functions/environment/#caching */
function createCache() {
  const entries = new Map<string, { readonly value: unknown; readonly expires: number }>();
  return {
    async load(key: string, ttlMs: number | undefined, load: () => Promise<unknown>): Promise<unknown> {
      const entry = entries.get(key);
      if (entry !== undefined && entry.expires > Date.now()) return entry.value;
      const value = await load();
      entries.set(key, {
        value,
        expires: ttlMs === undefined || ttlMs === -1 ? Infinity : Date.now() + ttlMs,
      });
      return value;
    },
    delete(key: string): void {
      entries.delete(key);
    },
  };
}

function errorClass(name: string) {
  return class extends Error {
    override name = name;
  };
}

/** Globals that only one of Segment's two descriptions has: a function must do without each of them. */
export const OPTIONAL_GLOBALS = {
  /** In the pages, not in the published shim. */
  pages: ['RetryError', 'https', 'cache', 'libphonenumberjslib'],
  /** In the published shim, not in the pages. */
  shim: [
    'Buffer',
    'URL',
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'Request',
    'Response',
    'Headers',
  ],
} as const satisfies Readonly<Record<string, readonly (keyof Globals)[]>>;
export type OptionalGlobal = (typeof OPTIONAL_GLOBALS)['pages' | 'shim'][number];

export type Globals = ReturnType<typeof createGlobals>;

/**
 * Makes the globals that a function sees besides ECMAScript.
 *
 * @param network cannot reach any host by default.
 * @param log takes what the function writes to its console.
 */
export function createGlobals(
  network: Pick<Network, 'fetch' | 'https'> = createNetwork(),
  log: (...values: unknown[]) => void = () => undefined,
) {
  return {
    console: { debug: log, error: log, info: log, log, warn: log },
    fetch: network.fetch,
    https: network.https,
    Request,
    Response,
    Headers,
    FormData,
    crypto,
    cache: createCache(),
    _: lodash,
    moment,
    libphonenumberjslib: { libphonenumberjs },
    Buffer,
    URL,
    URLSearchParams,
    btoa,
    atob,
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
    EventNotSupported: errorClass('EventNotSupported'),
    InvalidEventPayload: errorClass('InvalidEventPayload'),
    ValidationError: errorClass('ValidationError'),
    RetryError: errorClass('RetryError'),
  };
}
