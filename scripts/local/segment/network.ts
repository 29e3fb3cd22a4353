// The network as a function sees it: node-fetch and https, whose connections to known hosts end at servers on this
// machine, unless they are let out, and to any other host nowhere. The function asks for TikTok's own host; TLS checks
// the certificate for it.
import https from 'node:https';
import type { Duplex } from 'node:stream';
import nodeFetch, { type RequestInfo, type RequestInit, type Response } from 'node-fetch';

/** Where the connections to a host go: to a server on this machine, or to the host itself. */
export type Route = LocalRoute | 'internet';
export interface LocalRoute {
  readonly port: number;
  /** The certificate that signed the server's, PEM. */
  readonly ca: string;
}

/** One request of a function and what came back, as the tester of Segment's editor shows them. */
export interface Trace {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  response?: { readonly status: number; readonly headers: Readonly<Record<string, string>>; body?: string };
  /** Why no answer came, or why it broke off. */
  error?: string;
}

export interface Network {
  readonly fetch: (url: RequestInfo, init?: RequestInit) => Promise<Response>;
  /** In the place of the Node.js module. */
  readonly https: { readonly Agent: typeof https.Agent };
  /** The connections opened so far. */
  readonly opened: () => number;
}

/**
 * @param routes by host name; without any, nothing can be reached.
 * @param traced is given each request when it is made; its answer is filled in when it comes.
 */
export function createNetwork(
  routes: Readonly<Record<string, Route>> = {},
  traced: (trace: Trace) => void = () => undefined,
): Network {
  let opened = 0;

  class RoutedAgent extends https.Agent {
    override createConnection(
      options: Parameters<https.Agent['createConnection']>[0],
      callback?: Parameters<https.Agent['createConnection']>[1],
    ): Duplex | null | undefined {
      const host = String(options.host);
      const route = Object.hasOwn(routes, host) ? routes[host] : undefined;
      if (route === undefined) {
        throw Object.assign(new Error(`This network has no host ${host}`), { code: 'ENOTFOUND' });
      }
      opened += 1;
      const local = route === 'internet' ? {} : { ...route, host: '127.0.0.1', servername: host };
      return super.createConnection({ ...options, ...local }, callback);
    }
  }

  return {
    https: { Agent: RoutedAgent },
    opened: () => opened,
    async fetch(url, init = {}) {
      const trace: Trace = {
        request: {
          method: init.method ?? 'GET',
          url: typeof url === 'string' ? url : 'href' in url ? url.href : url.url,
          headers: Object.fromEntries(new Map(Object.entries(init.headers ?? {}))),
          body: typeof init.body === 'string' ? init.body : '',
        },
      };
      traced(trace);
      try {
        // An agent of its own closes the connection, as node-fetch does without one.
        const response = await nodeFetch(url, {
          ...init,
          agent: init.agent ?? new RoutedAgent({ keepAlive: false }),
        });
        const answer: NonNullable<Trace['response']> = {
          status: response.status,
          headers: Object.fromEntries(response.headers),
        };
        trace.response = answer;
        const text = response.text.bind(response);
        response.text = async () => {
          try {
            return (answer.body = await text());
          } catch (error) {
            trace.error = String(error);
            throw error;
          }
        };
        return response;
      } catch (error) {
        trace.error = String(error);
        throw error;
      }
    },
  };
}
