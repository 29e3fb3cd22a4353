// Segment's Functions runtime as its pages and its published shim describe it: these globals, ECMAScript's
// own, and nothing else. The vendors' SDKs (AWS and a score of others) are left out: this function uses none.
// Segment, "Functions Environment": https://segment.com/docs/connections/functions/environment/

interface Console {
  debug(...values: unknown[]): void;
  error(...values: unknown[]): void;
  info(...values: unknown[]): void;
  log(...values: unknown[]): void;
  warn(...values: unknown[]): void;
}
declare const console: Console;

/** The Node.js module, as far as it is needed. A hash of it is the one way to make a {@link Sha256}. */
declare const crypto: {
  createHash(algorithm: 'sha256'): {
    update(text: string): { digest(encoding: 'hex'): Sha256 };
  };
  /** Since Node.js 20.12; gives hex. */
  readonly hash?: (algorithm: 'sha256', text: string) => Sha256;
};
/** A SHA-256 in lower-case hex: its own type, so that clear text cannot stand where a hash must. */
type Sha256 = string & { readonly [sha256]: true };
declare const sha256: unique symbol;

/** node-fetch 2, "README", section "Options": https://github.com/node-fetch/node-fetch/tree/2.x#fetchurl-options */
declare function fetch(url: string, options?: FetchOptions): Promise<FetchResponse>;
interface FetchOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly redirect?: 'follow' | 'manual' | 'error';
  /** Milliseconds for the answer to begin, and as many again for its body; 0 means no timeout. */
  readonly timeout?: number;
  /** Bytes of the body, unpacked; a longer one is an error of the type `max-size`. */
  readonly size?: number;
  readonly agent?: HttpsAgent | undefined;
}
interface FetchResponse {
  readonly status: number;
  text(): Promise<string>;
}
declare const Request: unknown;
declare const Response: unknown;
declare const Headers: unknown;
declare const FormData: unknown;

/** The Node.js module; documented, but not in the published shim. */
declare const https:
  { readonly Agent: new (options: { readonly keepAlive: boolean }) => HttpsAgent } | undefined;
/** Node.js 20, "HTTP", section "Class: http.Agent": https://nodejs.org/docs/latest-v20.x/api/http.html#class-httpagent */
interface HttpsAgent {
  /** The connections that are open and not in use, by host. */
  readonly freeSockets: Readonly<Record<string, readonly Connection[]>>;
  /** The connections that are in use, likewise. */
  readonly sockets: Readonly<Record<string, readonly Connection[]>>;
  /** Closes every connection, those in use too. */
  destroy(): void;
}

/** Node.js 20, "Net", section "Class: net.Socket": https://nodejs.org/docs/latest-v20.x/api/net.html#class-netsocket */
interface Connection {
  destroy(): void;
  once(event: 'close', listener: () => void): unknown;
  removeListener(event: 'close', listener: () => void): unknown;
}

/** libphonenumber-js; documented, but not in the published shim, and its version is not stated. */
declare const libphonenumberjslib:
  | {
      readonly libphonenumberjs: {
        parsePhoneNumberFromString?(text: string, defaultCountry?: string): PhoneNumber | undefined;
        isSupportedCountry?(country: string): boolean;
      };
    }
  | undefined;
interface PhoneNumber {
  /** E.164. */
  readonly number: string;
  /** ISO 3166-1; `undefined` if several countries have the calling code and the number tells none. */
  readonly country?: string;
  isValid(): boolean;
  /** Whether its country has numbers as long as this one. */
  isPossible?(): boolean;
}

/** Kept by one environment, for as long as it lives. */
declare const cache:
  | {
      load(key: string, ttlMs: number, load: () => Promise<unknown>): Promise<unknown>;
      delete(key: string): void;
    }
  | undefined;

/** lodash 4.17 */
declare const _: unknown;
/** moment-timezone */
declare const moment: unknown;

declare const Buffer: unknown;
declare const URL: unknown;
declare const URLSearchParams: unknown;
declare function btoa(text: string): string;
declare function atob(base64: string): string;

interface Timer {
  readonly timer: never;
}
/** Timers stand in the published shim, but not in the pages. */
declare const setTimeout: (<T>(run: (value: T) => void, ms: number, value: T) => Timer) | undefined;
declare const clearTimeout: ((timer: Timer | undefined) => void) | undefined;
declare function setInterval(run: () => void, ms: number): Timer;
declare function clearInterval(timer: Timer | undefined): void;

/** Discards the event as "Unsupported Event Type". */
declare const EventNotSupported: ErrorClass;
/** Discards the event as "Message Rejected". */
declare const InvalidEventPayload: ErrorClass;
/** Discards the event as "Message Rejected". */
declare const ValidationError: ErrorClass;
/** Has the event tried again for 4 hours; documented, but not in the published shim. */
declare const RetryError: ErrorClass | undefined;
type ErrorClass = new (message: string) => Error;
