// The destinations behind the local Public API: their settings, their mappings, and how Segment shows and saves them.
import { check, DESTINATION_BODY, NO_QUERY, PAGE_QUERY, Refusal, type Order } from './forms';
import { showPage } from './pages';

/** A setting that destinations of a kind have. */
interface StoredOption {
  readonly name: string;
  readonly label: string;
  /** As in Segment's answers; the local API checks the values of STRING, BOOLEAN and TEXT_MAP. */
  readonly type: string;
  readonly required: boolean;
  /** Segment knows it, and does not say it in its answers. */
  readonly sensitive: boolean;
}
/** The kind of a destination. */
export interface StoredMetadata {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly options: readonly StoredOption[];
  readonly actions: readonly { readonly id: string; readonly slug: string; readonly name: string }[];
}
interface StoredSubscription {
  readonly id: string;
  readonly name: string;
  readonly actionId: string;
  readonly actionSlug: string;
  readonly enabled: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly trigger: string;
}
export interface StoredDestination {
  readonly id: string;
  readonly name: string | undefined;
  readonly enabled: boolean;
  readonly sourceId: string;
  readonly metadata: StoredMetadata;
  settings: Readonly<Record<string, unknown>>;
  readonly subscriptions: readonly StoredSubscription[];
}

/** What a new destination is made of; the rest has a default. */
export type GivenDestination = Partial<Omit<StoredDestination, 'subscriptions'>> & {
  readonly subscriptions?: readonly Partial<StoredSubscription>[];
};

/** What Segment's reference leaves open about destinations. */
export interface DestinationOptions {
  /** How many items a page has at most, whatever is asked for. */
  readonly pageLimit?: number;
  /** Whether a save keeps the settings that it does not name, or removes them. */
  readonly saves?: 'merge' | 'replace';
  /** How sensitive settings are shown: in clear, not at all, or masked up to their end in one of two ways. */
  readonly shows?: 'clear' | 'nothing' | 'bullets' | 'stars';
  /** Answers to a save as to any other, and saves nothing. */
  readonly ignoresSaves?: boolean;
  /** How many times a destination is read after a save before what it shows is not the state before it any more. */
  readonly readsUntilShown?: number;
  /** Leaves the kind's settings out of the answers. */
  readonly omitsOptions?: boolean;
}

export interface Destinations {
  readonly destinations: readonly StoredDestination[];
  readonly add: (given: GivenDestination) => StoredDestination;
  /**
   * Does what an order says.
   *
   * @returns the answer's `data`.
   * @throws Refusal
   */
  readonly carryOut: (order: Order<'destinations'>) => object;
}

/** What Segment shows of a sensitive value: as in the examples of its reference, or as many services do. */
const MASKS = { bullets: '••••••••••', stars: '****' } as const;
const VISIBLE_END = 4;
const MASKED = /[•*]{3}/;

const EMPTY_METADATA = { name: 'A destination', slug: 'a-destination', options: [], actions: [] } as const;

export function createDestinations({
  pageLimit = 1000,
  saves = 'merge',
  shows = 'bullets',
  ignoresSaves = false,
  readsUntilShown = 0,
  omitsOptions = false,
}: DestinationOptions): Destinations {
  const destinations: StoredDestination[] = [];
  /** The settings that are shown of destinations whose last save is not shown yet, by their ID. */
  const late = new Map<string, { readonly settings: StoredDestination['settings']; reads: number }>();
  let ids = 0;
  const nextId = (prefix: string) => `${prefix}_${`${(ids += 1)}`.padStart(8, '0')}`;

  function add({ subscriptions = [], ...given }: GivenDestination): StoredDestination {
    const id = nextId('dst');
    const added: StoredDestination = {
      id,
      name: undefined,
      enabled: true,
      sourceId: 'src_00000001',
      metadata: { id: nextId('mtd'), ...EMPTY_METADATA },
      settings: {},
      ...given,
      subscriptions: subscriptions.map((subscription) => ({
        id: nextId('sub'),
        name: 'A mapping',
        actionId: 'act_1',
        actionSlug: 'an-action',
        enabled: true,
        settings: {},
        trigger: 'type = "track"',
        ...subscription,
      })),
    };
    destinations.push(added);
    return added;
  }

  function find(id: string): StoredDestination {
    const found = destinations.find((one) => one.id === id);
    if (found === undefined) throw new Refusal(404, `destination ${id} was not found`);
    return found;
  }

  /** Shows a destination once more, which brings it nearer to its real state. */
  function read(id: string): object {
    const found = find(id);
    const before = late.get(id);
    if (before === undefined) return show(found);
    before.reads -= 1;
    if (before.reads === 0) late.delete(id);
    return show({ ...found, settings: before.settings });
  }

  function showSettings({ metadata, settings }: StoredDestination): object {
    const isHidden = (name: string) =>
      shows !== 'clear' && metadata.options.some((option) => option.name === name && option.sensitive);
    return Object.fromEntries(
      Object.entries(settings).flatMap(([name, value]) => {
        if (!isHidden(name)) return [[name, value]];
        if (shows === 'clear' || shows === 'nothing') return [];
        return [[name, value === '' ? '' : `${MASKS[shows]}${String(value).slice(-VISIBLE_END)}`]];
      }),
    );
  }

  function show(shown: StoredDestination): object {
    const { id, enabled, sourceId, metadata, name } = shown;
    const { options, ...kind } = metadata;
    return {
      id,
      ...(name !== undefined && { name }),
      enabled,
      sourceId,
      settings: showSettings(shown),
      metadata: {
        ...kind,
        // Segment does not say here which settings are sensitive.
        options: omitsOptions
          ? []
          : options.map(({ name, label, type, required }) => ({
              ...{ name, label, type, required, description: '' },
              defaultValue: null,
            })),
        // Segment says more than any command reads.
        ...{ description: '', status: 'PUBLIC', previousNames: [], categories: [], presets: [] },
      },
      labels: [],
    };
  }

  /** What is stored after a save; refuses what cannot be stored. */
  function merge({ metadata, settings }: StoredDestination, changed: Readonly<Record<string, unknown>>) {
    const merged = saves === 'merge' ? { ...settings, ...changed } : changed;
    for (const [name, value] of Object.entries(changed)) {
      const option = metadata.options.find((one) => one.name === name);
      if (option === undefined)
        throw new Refusal(422, 'is not a setting of the destination', `settings.${name}`);
      if (!isOfType(option.type, value))
        throw new Refusal(422, `expected ${option.type}`, `settings.${name}`);
      if (typeof value === 'string' && MASKED.test(value)) {
        throw new Refusal(422, 'a masked value would be stored as it is', `settings.${name}`);
      }
    }
    for (const { name, required } of metadata.options) {
      if (required && (merged[name] ?? '') === '') throw new Refusal(422, 'is required', `settings.${name}`);
    }
    return merged;
  }

  function carryOut({ operation, id, query, body }: Order<'destinations'>): object {
    switch (operation) {
      case 'listDestinations': {
        const { items, pagination } = showPage(destinations.map(show), check(PAGE_QUERY, query), pageLimit);
        return { destinations: items, pagination };
      }
      case 'getDestination':
        check(NO_QUERY, query);
        return { destination: read(id) };
      case 'updateDestination': {
        check(NO_QUERY, query);
        const updated = find(id);
        const { settings } = check(DESTINATION_BODY, body);
        const merged = settings && merge(updated, settings);
        if (merged !== undefined && !ignoresSaves) {
          if (readsUntilShown > 0) late.set(id, { settings: updated.settings, reads: readsUntilShown });
          updated.settings = merged;
        }
        return { destination: show(updated) };
      }
      case 'listSubscriptions': {
        const shown = find(id).subscriptions.map((subscription) => ({
          ...subscription,
          destinationId: id,
          reverseETLSchedule: null,
        }));
        const { items, pagination } = showPage(shown, check(PAGE_QUERY, query), pageLimit);
        return { subscriptions: items, pagination };
      }
    }
  }

  return { destinations, add, carryOut };
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'STRING':
      return typeof value === 'string';
    case 'BOOLEAN':
      return typeof value === 'boolean';
    case 'TEXT_MAP':
      return (
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.values(value).every((one) => typeof one === 'string')
      );
    default:
      return true;
  }
}
