// The tables of npm run bench: a caption, a head, and a row for each measurement.
import type { Comparison } from './compare';
import { ASSUMED_LATENCY, MONTHS, type Cost } from './cost';
import type { Loading } from './loading';
import type { Memory } from './memory';
import type { Network } from './network';
import type { Shares } from './parts';
import type { Profile } from './profile';
import type { Spread } from './statistics';

/** All that was measured. */
export interface Report {
  readonly events: readonly Comparison[];
  readonly profile: readonly Profile[];
  readonly loading: Loading;
  readonly network: Network;
  readonly cost: readonly Cost[];
  readonly memory: readonly Memory[];
}

export interface Table {
  readonly title: string;
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** In the order in which they are printed. */
export function tablesOf({ events, profile, loading, network, cost, memory }: Report): readonly Table[] {
  const [first] = memory;
  return [
    {
      title: 'An event, without the network',
      caption:
        'From the Segment event to the bytes of the request. The floor is three SHA-256 for each event and one JSON.stringify of the same request. Medians of interleaved rounds.',
      head: ['Event', 'µs an event', 'Times the floor', 'Range'],
      rows: events.map(({ name, microseconds, ratio }) => [
        name,
        show(microseconds),
        times(ratio),
        range(ratio),
      ]),
    },
    profileTable(profile, events),
    {
      title: 'Loading',
      caption: 'A fresh context with the function in it, against one with an empty function.',
      head: ['Loaded', 'Bytes', 'µs', 'Times the empty function'],
      rows: [
        ['an empty function', '', show(loading.emptyMicroseconds), ''],
        ['the bundle', show(loading.bytes, 0), show(loading.microseconds), times(loading.ratio)],
      ],
    },
    {
      title: 'Network',
      caption: 'onTrack, one call after the other, to the local TikTok over TLS.',
      head: ['Latency each way', 'Connections', 'Calls', 'Connections opened', 'ms a call', 'Range'],
      rows: network.calls.map(({ latency, isKept, calls, connections, milliseconds }) => [
        `${show(latency, 0)} ms`,
        isKept ? 'kept' : 'not kept',
        show(calls, 0),
        show(connections, 0),
        show(milliseconds.median),
        range(milliseconds),
      ]),
    },
    {
      title: 'Batches',
      caption:
        'What is billed for an event, in calls with as many events; 1 is onTrack. The local TikTok works in the same process: its time counts, too.',
      head: ['Latency each way', 'Events a call', 'Bad ones', 'ms a call', 'ms an event'],
      rows: network.batches.map(({ latency, events: count, bad, milliseconds }) => [
        `${show(latency, 0)} ms`,
        show(count, 0),
        show(bad, 0),
        show(milliseconds.median),
        show(milliseconds.median / count, 3),
      ]),
    },
    costTable(cost),
    {
      title: 'Memory',
      caption: 'The heap after collection, while events go through one environment in batches of 20.',
      head: ['Events so far', 'MB', 'Since the first'],
      rows: memory.map(({ events: count, heap }) => [
        show(count, 0),
        show(heap / 1e6, 2),
        `${show((heap - (first?.heap ?? heap)) / 1e3)} KB`,
      ]),
    },
  ];
}

/** The folder of lib/ that a file stands in; any other part as it is. */
const roomOf = (part: string): string => /^lib\/[^/]+(?=\/)/.exec(part)?.[0] ?? part;

/** The shares of the folders of lib/, which have those of their files. */
function byRoom(shares: Shares): Shares {
  const rooms: Record<string, number> = {};
  for (const [part, share] of Object.entries(shares))
    rooms[roomOf(part)] = (rooms[roomOf(part)] ?? 0) + share;
  return rooms;
}

/** The time of each event that was profiled, part by part; what takes most of the first one stands first. */
export function profileTable(profile: readonly Profile[], events: readonly Comparison[]): Table {
  const columns = profile.flatMap(({ name, shares }) =>
    events
      .filter((event) => event.name === name)
      .map(({ microseconds, ratio }) => ({
        name,
        shares: byRoom(shares),
        microseconds,
        floor: microseconds / ratio.median,
      })),
  );
  const parts = [...new Set(columns.flatMap(({ shares }) => Object.keys(shares)))];
  const [first] = columns;
  const size = (part: string) => first?.shares[part] ?? 0;
  return {
    title: 'Where the time of an event goes',
    caption:
      "µs an event, of those above: the shares of V8's profile. It is taken without inlining, which would hide one file in another. The floor hashes with createHash.",
    head: ['Part', ...columns.map(({ name }) => name)],
    rows: [
      ...parts
        .sort((one, other) => size(other) - size(one))
        .map((part) => [
          part,
          ...columns.map(({ shares, microseconds }) => show((shares[part] ?? 0) * microseconds)),
        ]),
      ['all', ...columns.map(({ microseconds }) => show(microseconds))],
      ['the floor', ...columns.map(({ floor }) => show(floor))],
    ],
  };
}

/** What a month of events costs. */
export const costTable = (cost: readonly Cost[]): Table => ({
  title: 'Cost',
  caption: `Billed hours a month, with ${show(ASSUMED_LATENCY, 0)} ms each way to TikTok: events ÷ events a call × ms a call.`,
  head: [
    'Events a call',
    'Bad ones',
    'ms a call',
    'ms an event',
    ...MONTHS.map((month) => `${show(month / 1e6, 0)} million events`),
  ],
  rows: cost.map(({ events: count, bad, milliseconds, perEvent, hours }) => [
    show(count, 0),
    show(bad, 0),
    show(milliseconds),
    show(perEvent, 3),
    ...hours.map((value) => `${show(value, value < 0.1 ? 2 : 1)} h`),
  ]),
});

const show = (value: number, digits = 1): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const times = ({ median }: Spread): string => `${show(median)} ×`;
const range = ({ min, max }: Spread): string => `${show(min)} to ${show(max)}`;
