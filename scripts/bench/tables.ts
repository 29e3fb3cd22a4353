// The tables of npm run bench: each has a caption, a head, and a row for each measurement.
import { formatCount } from '../report/count';
import type { Comparison } from './compare';
import { ASSUMED_LATENCY, MONTHS, type Cost } from './cost';
import { MAX_RATIO, PLACES, type Growth } from './growth';
import type { Loading } from './loading';
import type { Memory } from './memory';
import type { NetworkTimes } from './network';
import type { Shares } from './parts';
import type { PeerTimes } from './peer';
import type { Profile } from './profile';
import type { Spread } from './statistics';

/** Everything that was measured. */
export interface BenchReport {
  readonly events: readonly Comparison[];
  /** The first one is a purchase. */
  readonly unsent: readonly Comparison[];
  readonly peer?: PeerTimes;
  readonly profile: readonly Profile[];
  readonly loading: Loading;
  readonly network: NetworkTimes;
  readonly cost: readonly Cost[];
  readonly memory: readonly Memory[];
  readonly growth: readonly Growth[];
}

export interface Table {
  readonly title: string;
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Makes the tables, in the order in which they are printed. */
export function tablesOf(report: BenchReport): readonly Table[] {
  const { events, unsent, peer, profile, loading, network, cost, memory, growth } = report;
  const [first] = memory;
  return [
    {
      title: 'An event, without the network',
      caption:
        "From the Segment event to the bytes of the request; a whole call has timers, TikTok's answer and its verdict, too. The floor is three SHA-256 for each event and one JSON.stringify of the same request. Medians of interleaved rounds.",
      head: ['Event', 'µs an event', 'Times the floor', 'Range'],
      rows: events.map(comparisonRow),
    },
    {
      title: 'Calls that are not sent',
      caption: 'A whole call to which nothing is mapped, compared with a purchase that TikTok accepts.',
      head: ['Call', 'µs a call', 'Times a purchase', 'Range'],
      rows: unsent.map(comparisonRow),
    },
    ...(peer === undefined ? [] : [peerTable(peer)]),
    profileTable(profile, events),
    {
      title: 'Loading',
      caption: 'A fresh context with the function, compared with one with an empty function.',
      head: ['Loaded', 'Bytes', 'µs', 'Times the empty function'],
      rows: [
        ['an empty function', '', formatNumber(loading.emptyMicroseconds), ''],
        [
          'the bundle',
          formatCount(loading.bytes),
          formatNumber(loading.microseconds),
          formatTimes(loading.ratio),
        ],
      ],
    },
    {
      title: 'Network',
      caption: 'onTrack, one call after the other, to the local TikTok over TLS.',
      head: ['Latency each way', 'Connections', 'Calls', 'Connections opened', 'ms a call', 'Range'],
      rows: network.calls.map(({ latency, isKept, calls, connections, milliseconds }) => [
        `${formatCount(latency)} ms`,
        isKept ? 'kept' : 'not kept',
        formatCount(calls),
        formatCount(connections),
        formatNumber(milliseconds.median),
        formatRange(milliseconds),
      ]),
    },
    {
      title: 'Batches',
      caption:
        'The time that is billed for an event, by the events in its call; 1 is onTrack. A bad one is refused by TikTok, whose words name its index or do not. The local TikTok works in the same process, so its time counts too.',
      head: ['Latency each way', 'Events a call', 'Bad ones', 'Requests', 'ms a call', 'ms an event'],
      rows: network.batches.map(({ latency, events: count, bad, requests, milliseconds }) => [
        `${formatCount(latency)} ms`,
        formatCount(count),
        bad,
        formatCount(requests),
        formatNumber(milliseconds.median),
        formatNumber(milliseconds.median / count, 3),
      ]),
    },
    costTable(cost),
    {
      title: 'Memory',
      caption: 'The heap after garbage collection, while events go through one environment in batches of 20.',
      head: ['Events so far', 'MB', 'Since the first'],
      rows: memory.map(({ events: count, heap }) => [
        formatCount(count),
        formatNumber(heap / 1e6, 2),
        `${formatNumber((heap - (first?.heap ?? heap)) / 1e3)} KB`,
      ]),
    },
    growthTable(growth),
  ];
}

const comparisonRow = ({ name, microseconds, ratio }: Comparison): readonly string[] => [
  name,
  formatNumber(microseconds),
  formatTimes(ratio),
  formatRange(ratio),
];

/** Makes the table of Segment's own destination beside this function. */
const peerTable = ({ alone, inBatch }: PeerTimes): Table => ({
  title: "Beside Segment's own destination",
  caption:
    'Whole calls for a purchase with two products, without the network, in the same process and rounds.',
  head: ['Destination', 'µs an event', 'Times the first', 'Range'],
  rows: [...alone, ...inBatch].map(comparisonRow),
});

/** Makes the table of what a doubling of each class of characters costs in each place. */
function growthTable(growth: readonly Growth[]): Table {
  const places = Object.keys(PLACES);
  const classes = [...new Set(growth.map(({ characters }) => characters))];
  const ratioOf = (characters: string, place: string) =>
    growth.find((one) => one.characters === characters && one.place === place)?.ratio ?? NaN;
  return {
    title: 'Growth',
    caption: `What a text costs if it is twice as long, by what it consists of and where it comes from; at most ${MAX_RATIO} times as much. The least times of the processor in interleaved rounds.`,
    head: ['Characters', ...places],
    rows: classes.map((characters) => [
      characters,
      ...places.map((place) => `${formatNumber(ratioOf(characters, place))} ×`),
    ]),
  };
}

/** The folder of lib/ that a file is in; any other part as it is. */
const folderOf = (part: string): string => /^lib\/[^/]+(?=\/)/.exec(part)?.[0] ?? part;

/** Adds up the shares of the files in each folder of lib/. */
function byFolder(shares: Shares): Shares {
  const folders: Record<string, number> = {};
  for (const [part, share] of Object.entries(shares))
    folders[folderOf(part)] = (folders[folderOf(part)] ?? 0) + share;
  return folders;
}

/** Makes the table of the parts of each profiled event's time; the largest part of the first event comes first. */
export function profileTable(profile: readonly Profile[], events: readonly Comparison[]): Table {
  const columns = profile.flatMap(({ name, shares }) =>
    events
      .filter((event) => event.name === name)
      .map(({ microseconds, ratio }) => ({
        name,
        shares: byFolder(shares),
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
      "µs an event: the times above, divided by the shares in V8's profile, which is taken without inlining. The floor hashes with createHash.",
    head: ['Part', ...columns.map(({ name }) => name)],
    rows: [
      ...parts
        .sort((one, other) => size(other) - size(one))
        .map((part) => [
          part,
          ...columns.map(({ shares, microseconds }) => formatNumber((shares[part] ?? 0) * microseconds)),
        ]),
      ['all', ...columns.map(({ microseconds }) => formatNumber(microseconds))],
      ['the floor', ...columns.map(({ floor }) => formatNumber(floor))],
    ],
  };
}

/** Makes the table of what a month of events costs. */
export const costTable = (cost: readonly Cost[]): Table => ({
  title: 'Cost',
  caption: `Billed hours a month, with ${formatCount(ASSUMED_LATENCY)} ms each way to TikTok: events ÷ events a call × ms a call.`,
  head: [
    'Events a call',
    'Bad ones',
    'ms a call',
    'ms an event',
    ...MONTHS.map((month) => `${formatInWords(month)} events`),
  ],
  rows: cost.map(({ events: count, bad, milliseconds, perEvent, hours }) => [
    formatCount(count),
    bad,
    formatNumber(milliseconds),
    formatNumber(perEvent, 3),
    ...hours.map((value) => `${formatNumber(value, value < 0.1 ? 2 : 1)} h`),
  ]),
});

/** A round number as people say it: 1 million, 100 million, 1 billion. */
const formatInWords = (number: number): string =>
  number.toLocaleString('en', { notation: 'compact', compactDisplay: 'long' });

/** A number that was measured; counts have no decimals. */
const formatNumber = (value: number, digits = 1): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const formatTimes = ({ median }: Spread): string => `${formatNumber(median)} ×`;
const formatRange = ({ min, max }: Spread): string => `${formatNumber(min)} to ${formatNumber(max)}`;
