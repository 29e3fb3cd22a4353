// The network as a function sees it: node-fetch and https. Each known host has a route, to a server or a service on this
// machine or to the internet; any other host cannot be reached. The function connects to TikTok's own host name, and TLS
// checks the certificate for it.
import https from 'node:https';
import type { Duplex } from 'node:stream';
import nodeFetch, { Request, type RequestInfo, type RequestInit, type Response } from 'node-fetch';

/** Where requests to a host go: to a server on this machine, to a service of this process, or to the host itself. */
export type Route = LocalRoute | Service | 'internet';
/** Answers requests itself, without the work for a connection. */
export type Service = (request: Request) => Promise<Response>;
export interface LocalRoute {
  readonly port: number;
  /** The certificate that signed the server's, PEM. */
  readonly ca: string;
}

/** A request of a function and its answer, as the tester in Segment's editor shows them. */
export interface Trace {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  response?: { readonly status: number; readonly headers: Readonly<Record<string, string>>; body?: string };
  /** Why there is no answer, or why it broke off. */
  error?: string;
}

export interface Network {
  readonly fetch: (url: RequestInfo, init?: RequestInit) => Promise<Response>;
  /** Stands in for the Node.js module. */
  readonly https: { readonly Agent: typeof https.Agent };
  /** How many connections were opened so far. */
  readonly opened: () => number;
}

/**
 * Makes a network. Without routes, no host can be reached.
 *
 * @param routes by host name.
 * @param onRequest takes each request when it is made; its answer is filled in later.
 */
export function createNetwork(
  routes: Readonly<Record<string, Route>> = {},
  onRequest: (trace: Trace) => void = () => undefined,
): Network {
  let opened = 0;
  const routeTo = (host: string): Route | undefined =>
    Object.hasOwn(routes, host) ? routes[host] : undefined;

  class RoutedAgent extends https.Agent {
    override createConnection(
      options: Parameters<https.Agent['createConnection']>[0],
      callback?: Parameters<https.Agent['createConnection']>[1],
    ): Duplex | null | undefined {
      const host = String(options.host);
      const route = routeTo(host);
      if (route === undefined || typeof route === 'function') {
        throw Object.assign(new Error(`This network has no host ${host}`), { code: 'ENOTFOUND' });
      }
      opened += 1;
      const local = route === 'internet' ? {} : { ...route, host: '127.0.0.1', servername: host };
      return super.createConnection({ ...options, ...local }, callback);
    }
  }

  /** The service that answers requests to a URL, if one does. */
  function serviceAt(url: string): Service | undefined {
    const route = URL.canParse(url) ? routeTo(new URL(url).hostname) : undefined;
    return typeof route === 'function' ? route : undefined;
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
      onRequest(trace);
      try {
        const service = serviceAt(trace.request.url);
        // Without an agent of the function's own, node-fetch closes the connection after the answer.
        const agent = init.agent ?? new RoutedAgent({ keepAlive: false });
        const response = await (service?.(new Request(url, init)) ?? nodeFetch(url, { ...init, agent }));
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
