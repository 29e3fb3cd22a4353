// The part of Segment's Public API that is about destinations: a function that is connected to a source is one of them.
// Segment Public API, "Destinations": https://docs.segmentapis.com/tag/Destinations
import { z } from 'zod';
import { OPERATIONS } from '../operations';
import type { Caller, Recheck } from '../request';
import { PAGINATION, readPages } from './pages';

/** A list that an answer may leave out. */
const listOf = <Item>(item: z.ZodType<Item>) =>
  z
    .array(item)
    .readonly()
    .nullish()
    .transform((items) => items ?? []);

/** A setting that destinations of a kind have. Which ones are sensitive is not in the API's reference. */
const OPTION = z.object({
  name: z.string(),
  type: z.string().nullish(),
  label: z.string().nullish(),
});
const ACTION = z.object({ id: z.string(), slug: z.string(), name: z.string() });
/** The kind of a destination, as the catalog has it. */
const METADATA = z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string().nullish(),
  options: listOf(OPTION),
  /** What a destination with mappings can do; a function has none. */
  actions: listOf(ACTION),
});
const DESTINATION = z.object({
  id: z.string(),
  name: z.string().nullish(),
  enabled: z.boolean(),
  sourceId: z.string(),
  metadata: METADATA,
  /** Values by the settings' names; sensitive ones may be masked or left out. */
  settings: z.record(z.string(), z.unknown()),
});
/** A mapping of a destination: when it runs, and what it sends. */
const SUBSCRIPTION = z.object({
  id: z.string(),
  name: z.string(),
  actionId: z.string(),
  actionSlug: z.string(),
  enabled: z.boolean(),
  /** The fields' names, and the directives that fill them. */
  settings: z.record(z.string(), z.unknown()),
  /** A condition in FQL. */
  trigger: z.string(),
  modelId: z.string().nullish(),
});

const DESTINATION_DATA = z.object({ destination: DESTINATION }).transform((data) => data.destination);
const DESTINATIONS_DATA = z
  .object({ destinations: z.array(DESTINATION), pagination: PAGINATION })
  .transform((data) => ({ items: data.destinations, next: data.pagination.next ?? undefined }));
const SUBSCRIPTIONS_DATA = z
  .object({ subscriptions: z.array(SUBSCRIPTION), pagination: PAGINATION })
  .transform((data) => ({ items: data.subscriptions, next: data.pagination.next ?? undefined }));

export type Destination = Readonly<z.infer<typeof DESTINATION>>;
export type Subscription = Readonly<z.infer<typeof SUBSCRIPTION>>;
/** Values by the settings' names. */
export type SettingValues = Readonly<Record<string, unknown>>;

export interface DestinationsApi {
  /** All destinations of the workspace, of every kind. */
  readonly listDestinations: () => Promise<readonly Destination[]>;
  readonly getDestination: (id: string) => Promise<Destination>;
  /** @param settings all of them: whether Segment keeps or removes those that are left out is not known. */
  readonly updateDestination: (
    id: string,
    settings: SettingValues,
    recheck: Recheck<Destination>,
  ) => Promise<Destination>;
  /** All mappings of a destination, those that are switched off too. */
  readonly listSubscriptions: (id: string) => Promise<readonly Subscription[]>;
}

export const createDestinationsApi = (call: Caller): DestinationsApi => ({
  listDestinations: () => readPages(call, OPERATIONS.listDestinations, ['destinations'], DESTINATIONS_DATA),
  getDestination: (id) => call(OPERATIONS.getDestination, ['destinations', id], DESTINATION_DATA),
  updateDestination: (id, settings, recheck) =>
    call(OPERATIONS.updateDestination, ['destinations', id], DESTINATION_DATA, {
      body: { settings },
      recheck,
    }),
  listSubscriptions: (id) =>
    readPages(call, OPERATIONS.listSubscriptions, ['destinations', id, 'subscriptions'], SUBSCRIPTIONS_DATA),
});
