// The bench: what it works out, its network, and what npm run bench prints.
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { billedHours, costOf, MONTHS } from '../../scripts/bench/cost';
import { BUNDLE, ROOT } from '../../scripts/cli/project';
import { partsOf, sharesOf, type PartOf } from '../../scripts/bench/parts';
import { startProxy, type Proxy } from '../../scripts/bench/proxy';
import { ratiosOf, spreadOf } from '../../scripts/bench/statistics';
import { costTable, profileTable, tablesOf, type Table } from '../../scripts/bench/tables';
import { runCommand } from '../support/command';

describe('statistics', () => {
  test('a spread is the value in the middle and the two at the ends, in whatever order they were measured', () => {
    expect(spreadOf([100, 9, 10])).toEqual({ median: 10, min: 9, max: 100 });
  });

  test('a round in which the machine was slow for both sides changes no ratio', () => {
    expect(ratiosOf([20, 2000, 20], [10, 1000, 10])).toEqual({ median: 2, min: 2, max: 2 });
  });
});

describe('cost', () => {
  test.each<[what: string, events: number, eventsPerCall: number, milliseconds: number, hours: number]>([
    ['a call for each event', 3_600_000, 1, 40, 40],
    ['twenty events in a call of the same length', 3_600_000, 20, 40, 2],
    ['a call that takes twice as long', 3_600_000, 20, 80, 4],
    ['a thousand times as many events', 3_600_000_000, 20, 40, 2000],
  ])('%s', (_, events, eventsPerCall, milliseconds, hours) => {
    expect(billedHours(events, eventsPerCall, milliseconds)).toBeCloseTo(hours, 9);
  });

  test('it is worked out of the median of the batches at the latency that is assumed, and of no others', () => {
    const milliseconds = { median: 72.04, min: 1, max: 1000 };
    expect(
      costOf([
        { latency: 0, events: 400, bad: 0, milliseconds },
        { latency: 20, events: 20, bad: 1, milliseconds },
      ]),
    ).toEqual([{ events: 20, bad: 1, milliseconds: 72, perEvent: 3.6, hours: [1, 100, 1000] }]);
  });
});

const CODE = readFileSync(BUNDLE, 'utf8');
const LINES = CODE.split('\n');
const lineOf = (text: string) => LINES.findIndex((line) => line.includes(text));
/** The files that the bundle is made of. */
const FILES = new Set(
  LINES.flatMap((line, lineNumber) =>
    /^ {2}(?:async )?(?:function|var) /.test(line)
      ? [partsOf(CODE)({ functionName: '', url: 'destination.js', lineNumber })]
      : [],
  ),
);

describe('the profile', () => {
  test('each function of the bundle is known by its file', () => {
    expect(FILES.size).toBeGreaterThan(20);
    for (const file of FILES) {
      expect(file).toMatch(/^(?:lib|functions)\/.+\.ts$/);
      expect(existsSync(path.join(ROOT, file ?? ''))).toBe(true);
    }
  });

  test.each<[what: string, functionName: string, url: string, lineNumber: number, part: string | undefined]>([
    ['at the top of a file', 'timeOf', 'destination.js', lineOf('function timeOf('), 'lib/values/time.ts'],
    ['within another one', 'runOne', 'destination.js', lineOf('function runOne('), 'lib/scheduler.ts'],
    [
      'that Segment calls',
      'onBatch',
      'destination.js',
      LINES.lastIndexOf('function onBatch(events, settings) {'),
      'functions/destination.ts',
    ],
    ['that the bench appends', 'onAlias', 'destination.js', LINES.length, 'the bench'],
    ['of the bench', 'run', '/project/scripts/bench/events.ts', 1, 'the bench'],
    ['that writes JSON', 'stringify', 'destination.js', 0, 'JSON.stringify'],
    ['that hashes', 'hash', 'node:internal/crypto/hash', 200, 'SHA-256'],
    ['that collects garbage', '(garbage collector)', '', -1, 'garbage collection'],
    ['of V8, as part of its caller', 'normalize', '', -1, undefined],
  ])('a function %s is known', (_, functionName, url, lineNumber, part) => {
    expect(partsOf(CODE)({ functionName, url, lineNumber })).toBe(part);
  });

  test('a pattern is part of what searches with it, and the bench is no part of the function', () => {
    const partOf: PartOf = ({ functionName, url }) =>
      url === 'destination.js' ? functionName : url === '' ? undefined : 'the bench';
    const node = (id: number, functionName: string, url: string, hitCount: number, children: number[]) => ({
      id,
      callFrame: { functionName, url, scriptId: '', lineNumber: 0, columnNumber: 0 },
      hitCount,
      children,
    });
    const nodes = [
      node(1, '(root)', '', 5, [2, 6]),
      node(2, 'run', 'events.ts', 50, [3]),
      node(3, 'reads', 'destination.js', 20, [4, 5]),
      node(4, 'RegExp: a', '', 10, []),
      node(5, 'sends', 'destination.js', 10, []),
      node(6, '(program)', '', 100, []),
    ];
    expect(sharesOf(nodes, partOf)).toEqual({ reads: 0.75, sends: 0.25 });
  });

  test('each part has its share of the time that was measured, the largest of the first event first', () => {
    const ratio = { median: 2, min: 1, max: 3 };
    const { head, rows } = profileTable(
      [
        { name: 'one', shares: { little: 0.25, much: 0.75 } },
        { name: 'two', shares: { much: 0.5, other: 0.5 } },
      ],
      [
        { name: 'two', microseconds: 40, ratio },
        { name: 'three', microseconds: 7, ratio },
        { name: 'one', microseconds: 20, ratio },
      ],
    );
    expect([head, ...rows]).toEqual([
      ['Part', 'one', 'two'],
      ['much', '15.0', '20.0'],
      ['little', '5.0', '0.0'],
      ['other', '0.0', '20.0'],
      ['all', '20.0', '40.0'],
      ['the floor', '10.0', '20.0'],
    ]);
  });
});

describe('the proxy', () => {
  const received: string[] = [];
  /** Notes what came and answers with it. */
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    let heard = '';
    socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
    socket.on('end', () => {
      received.push(heard);
      socket.end(heard);
    });
  });
  let near: Proxy;
  let far: Proxy;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = z.object({ port: z.number() }).parse(server.address()).port;
    near = await startProxy(port, 0);
    far = await startProxy(port, 200);
  });
  afterAll(async () => {
    await near.close();
    await far.close();
    server.close();
  });

  /** Sends pieces one after the other, and gives the answer. */
  async function send(proxy: Proxy, pieces: readonly string[]): Promise<string> {
    const socket = net.connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
    for (const piece of pieces) socket.write(piece);
    socket.end();
    return readText(socket);
  }

  test('what is sent far away first arrives after what is sent nearby later', async () => {
    await Promise.all([send(far, ['far']), send(near, ['near'])]);
    expect(received).toEqual(['near', 'far']);
  });

  test('all arrives, in order, both ways', async () => {
    const pieces = Array.from({ length: 500 }, (_, index) => `${index},`);
    await expect(send(near, pieces)).resolves.toBe(pieces.join(''));
  });
});

/** What the runtime does itself. */
const NATIVE = ['SHA-256', 'JSON.stringify', 'garbage collection'];

const SPREAD = z.strictObject({ median: z.number(), min: z.number(), max: z.number() });
const REPORT = z.strictObject({
  events: z.array(z.strictObject({ name: z.string(), microseconds: z.number().positive(), ratio: SPREAD })),
  profile: z.array(z.strictObject({ name: z.string(), shares: z.record(z.string(), z.number().positive()) })),
  loading: z.strictObject({
    bytes: z.number().positive(),
    microseconds: z.number().positive(),
    emptyMicroseconds: z.number().positive(),
    ratio: SPREAD,
  }),
  network: z.strictObject({
    calls: z.array(
      z.strictObject({
        latency: z.number(),
        isKept: z.boolean(),
        calls: z.number(),
        milliseconds: SPREAD,
        connections: z.number(),
      }),
    ),
    batches: z.array(
      z.strictObject({
        latency: z.number(),
        events: z.number(),
        bad: z.literal([0, 1]),
        milliseconds: SPREAD,
      }),
    ),
  }),
  cost: z.array(
    z.strictObject({
      events: z.number(),
      bad: z.literal([0, 1]),
      milliseconds: z.number(),
      perEvent: z.number(),
      hours: z.array(z.number()).length(MONTHS.length),
    }),
  ),
  memory: z.array(z.strictObject({ events: z.number(), heap: z.number().positive() })),
});

describe('npm run bench', () => {
  let report: z.infer<typeof REPORT>;
  beforeAll(async () => {
    const { status, stdout, stderr } = await runCommand('bench', ['--smoke', '--json']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    report = REPORT.parse(JSON.parse(stdout));
  }, 180_000);

  test('measures events of every size, alone, with mappings and in a batch', () => {
    expect(new Set(report.events.map(({ name }) => name)).size).toBe(8);
  });

  test('looks into the time of a purchase, alone, with mappings and in a batch', () => {
    const names = report.events.map(({ name }) => name);
    expect(report.profile.map(({ name }) => name)).toEqual([names[0], names[2], names[3]]);
    for (const { shares } of report.profile) {
      for (const part of Object.keys(shares)) expect([...NATIVE, ...FILES]).toContain(part);
      expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    }
    expect(report.profile.flatMap(({ shares }) => Object.keys(shares))).toEqual(
      expect.arrayContaining(['SHA-256', 'JSON.stringify', 'lib/configuration/expression.ts']),
    );
  });

  test('one connection serves all calls where connections are kept, and each call opens its own where not', () => {
    expect(report.network.calls).toHaveLength(6);
    for (const { isKept, calls, connections } of report.network.calls)
      expect({ isKept, connections }).toEqual({ isKept, connections: isKept ? 1 : calls });
  });

  test('works the cost out of the batches that it measured', () => {
    expect(report.cost).toEqual(costOf(report.network.batches));
    expect(report.cost.map(({ events, bad }) => [events, bad])).toEqual([
      [1, 0],
      [20, 0],
      [20, 1],
      [400, 0],
      [400, 1],
    ]);
  });

  test('looks at the memory ten times', () => {
    expect(report.memory).toHaveLength(10);
  });

  test('an unknown option is told, and nothing is measured', async () => {
    const { status, stdout, stderr } = await runCommand('bench', ['--fast']);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining("unknown option '--fast'"),
    });
  }, 30_000);

  describe('as the README shows it', () => {
    const section = /\n## What it costs\n.*?\n## /s.exec(
      readFileSync(path.join(ROOT, 'README.md'), 'utf8'),
    )?.[0];
    /** The rows of the table with this head. */
    function shown({ head }: Pick<Table, 'head'>): readonly (readonly string[])[] {
      const rows = (section ?? '')
        .split('\n')
        .map((line) => (line.startsWith('|') ? line.slice(1, -1).split('|') : []))
        .map((cells) => cells.map((cell) => cell.trim()));
      const start = rows.findIndex((row) => row.join('|') === head.join('|'));
      expect({ head, isShown: start >= 0 }).toEqual({ head, isShown: true });
      const body = rows.slice(start + 2);
      return body.slice(
        0,
        body.findIndex((row) => row.length === 0),
      );
    }

    test.each<[title: string, columns: number]>([
      ['An event, without the network', 1],
      ['Network', 2],
      ['Cost', 2],
    ])('%s: the table has the rows that the command prints', (title, columns) => {
      const printed = tablesOf(report).find((table) => table.title === title);
      if (printed === undefined) throw new Error(`The command prints no table ${title}`);
      const keys = (rows: Table['rows']) => rows.map((row) => row.slice(0, columns));
      expect(keys(shown(printed))).toEqual(keys(printed.rows));
    });

    test('where the time of an event goes: its parts come to the time in the table above', () => {
      const { profile, events } = report;
      const rows = shown(profileTable(profile, events));
      const measured = shown({ head: ['Event', 'µs an event', 'Times the floor', 'Range'] });
      const parts = rows.slice(0, -2);
      const [all = [], floor = []] = rows.slice(-2);
      const shownParts = parts.map(([part = '']) => part);
      const rooms = ['lib/configuration', 'lib/conversion', 'lib/privacy', 'lib/tiktok', 'lib/values'];
      expect(shownParts).toEqual(expect.arrayContaining([...NATIVE, ...rooms, 'lib/delivery.ts']));
      for (const part of shownParts)
        expect(NATIVE.includes(part) || existsSync(path.join(ROOT, part))).toBe(true);
      expect([all[0], floor[0]]).toEqual(['all', 'the floor']);
      for (const [index, { name }] of profile.entries()) {
        const [, microseconds, times] = measured.find(([event]) => event === name) ?? [];
        const [time, least] = [Number(all[index + 1]), Number(floor[index + 1])];
        expect(all[index + 1]).toBe(microseconds);
        expect(Math.abs(time / least - parseFloat(times ?? ''))).toBeLessThan(0.1);
        const sum = parts.reduce((total, row) => total + Number(row[index + 1]), 0);
        expect(Math.abs(sum - time)).toBeLessThan(0.05 * (parts.length + 1));
      }
    });

    test('the cost is what the milliseconds beside it come to', () => {
      const rows = shown(costTable([]));
      const batches = rows.map(([events = '', bad, milliseconds = '']) => {
        const median = Number(milliseconds.replaceAll(',', ''));
        return {
          latency: 20,
          events: Number(events),
          bad: bad === '0' ? (0 as const) : (1 as const),
          milliseconds: { median, min: median, max: median },
        };
      });
      expect(rows).toEqual(costTable(costOf(batches)).rows);
    });
  });
});
