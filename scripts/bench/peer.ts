// Segment's own destination for the same API, as it is published, beside this function: subscriptions, mapping,
// validation and the request, without the network. It is large, so it is installed separately, in `peer/`.
// segmentio/action-destinations, "packages/destination-actions/src/destinations/tiktok-offline-conversions"
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { InputError } from '../cli/command';
import { ROOT } from '../cli/project';
import { compare, type Comparison, type Effort, type Work } from './compare';
import { wholeCalls } from './events';
import { purchase, SETTINGS } from './workload';

const FOLDER = path.join('scripts', 'bench', 'peer');
/** What installs it. */
export const SET_UP = `npm ci --prefix ${FOLDER} --ignore-scripts`;

/** The events of this function and of the peer, alone and in a batch. */
export interface PeerTimes {
  /** The first one is this function's. */
  readonly alone: readonly Comparison[];
  /** Likewise; the peer sends each event of a batch on its own. */
  readonly inBatch: readonly Comparison[];
}

const PRESETS = z.array(
  z.object({ partnerAction: z.string(), subscribe: z.string(), mapping: z.record(z.string(), z.unknown()) }),
);
const DEFINITION = z.object({ default: z.looseObject({ presets: PRESETS }) });

/** What is called of `@segment/actions-core`. */
interface Destination {
  onEvent: (event: unknown, settings: unknown) => Promise<unknown>;
}
type DestinationClass = new (definition: unknown) => Destination;

/**
 * Measures both in the same interleaved rounds.
 *
 * @throws InputError if the peer is not installed.
 */
export async function measurePeer(code: string, effort: Effort): Promise<PeerTimes> {
  const [alone, inBatch] = wholeCalls(code);
  const peer = loadPeer();
  return {
    alone: await compare([alone, ...peer], effort),
    inBatch: await compare([inBatch, ...peer], effort),
  };
}

function loadPeer(): readonly Work[] {
  const folder = path.join(ROOT, FOLDER);
  if (!existsSync(path.join(folder, 'node_modules')))
    throw new InputError(`The destination to compare with is not installed: ${SET_UP}`);
  const requirePeer = createRequire(path.join(folder, 'package.json'));
  answerInstead(requirePeer);
  const core: unknown = requirePeer('@segment/actions-core');
  const published: unknown = requirePeer(
    '@segment/action-destinations/dist/destinations/tiktok-offline-conversions',
  );
  if (!hasDestination(core)) throw new Error('@segment/actions-core has no Destination');
  const definition = DEFINITION.parse(published).default;
  const destination = new core.Destination(definition);
  const subscriptions = definition.presets
    .filter(({ subscribe }) => subscribe !== '')
    .map((preset) => ({ ...preset, enabled: true }));
  const ofPurchases = subscriptions.filter(({ subscribe }) => subscribe.includes('"Order Completed"'));
  const work = (name: string, own: typeof subscriptions): Work => {
    const settings = {
      accessToken: SETTINGS.accessToken,
      eventSetID: SETTINGS.eventSetId,
      subscriptions: own,
    };
    const event = purchase(2);
    return { name, isAsync: true, run: () => destination.onEvent(event, settings) };
  };
  return [
    work('the built-in destination, with one subscription', ofPurchases),
    work('the built-in destination, with all presets', subscriptions),
  ];
}

/** Its requests are answered at once, as this function's are: it fetches through `cross-fetch`. */
function answerInstead(requirePeer: NodeJS.Require): void {
  const file = requirePeer.resolve('cross-fetch');
  const original: unknown = requirePeer('cross-fetch');
  if (!hasResponse(original)) throw new Error('cross-fetch has no Response');
  const headers = { 'content-type': 'application/json' };
  const fetch = () => Promise.resolve(new original.Response('{"code":0,"message":"OK"}', { headers }));
  const cached = requirePeer.cache[file];
  if (cached === undefined) throw new Error('cross-fetch is not kept');
  cached.exports = { ...original, default: fetch, fetch, __esModule: true };
}

const hasDestination = (value: unknown): value is { readonly Destination: DestinationClass } =>
  isFunctionOf(value, 'Destination');
const hasResponse = (value: unknown): value is { readonly Response: typeof Response } =>
  isFunctionOf(value, 'Response');

const isFunctionOf = (value: unknown, name: string): boolean =>
  (typeof value === 'object' || typeof value === 'function') &&
  value !== null &&
  typeof Reflect.get(value, name) === 'function';
