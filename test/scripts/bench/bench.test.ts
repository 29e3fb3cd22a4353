// What npm run bench prints.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { costOf, MONTHS } from '../../../scripts/bench/cost';
import { CLASSES, PLACES, tooSteep } from '../../../scripts/bench/growth';
import { costTable, profileTable, tablesOf, type Table } from '../../../scripts/bench/tables';
import { ROOT } from '../../../scripts/cli/project';
import { runCommand } from '../../support/command';
import { table } from '../../support/documentation';
import { FILES } from './files';

/** The parts that are the runtime's own work. */
const NATIVE = ['SHA-256', 'JSON.stringify', 'garbage collection'];

const SPREAD = z.strictObject({ median: z.number(), min: z.number(), max: z.number() });
const BAD = z.literal(['none', '1, named', '1, not named']);
const COMPARISON = z.strictObject({ name: z.string(), microseconds: z.number().positive(), ratio: SPREAD });
const REPORT = z.strictObject({
  note: z.string(),
  events: z.array(COMPARISON),
  unsent: z.array(COMPARISON),
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
        bad: BAD,
        requests: z.number(),
        milliseconds: SPREAD,
      }),
    ),
  }),
  cost: z.array(
    z.strictObject({
      events: z.number(),
      bad: BAD,
      milliseconds: z.number(),
      perEvent: z.number(),
      hours: z.array(z.number()).length(MONTHS.length),
    }),
  ),
  memory: z.array(z.strictObject({ events: z.number(), heap: z.number().positive() })),
  growth: z.array(
    z.strictObject({
      place: z.string(),
      characters: z.string(),
      microseconds: z.number().positive(),
      ratio: z.number().positive(),
    }),
  ),
});

describe('npm run bench', () => {
  let report: z.infer<typeof REPORT>;
  beforeAll(async () => {
    const { status, stdout, stderr } = await runCommand('bench', ['--smoke', '--json']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    report = REPORT.parse(JSON.parse(stdout));
  });

  test('measures events of every size, alone, with mappings and in a batch', () => {
    expect(new Set(report.events.map(({ name }) => name)).size).toBe(11);
  });

  test('looks into the time of a purchase, alone, with mappings and in a batch', () => {
    const names = report.events.map(({ name }) => name);
    const profiled = [
      'a purchase with two products',
      '… and twenty parameter mappings',
      '… in a batch of 400',
    ];
    expect(report.profile.map(({ name }) => name)).toEqual(profiled);
    expect(names).toEqual(expect.arrayContaining(profiled));
    for (const { shares } of report.profile) {
      for (const part of Object.keys(shares)) expect([...NATIVE, ...FILES]).toContain(part);
      expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    }
    expect(report.profile.flatMap(({ shares }) => Object.keys(shares))).toEqual(
      expect.arrayContaining(['SHA-256', 'JSON.stringify', 'lib/configuration/read-source.ts']),
    );
  });

  test('one connection serves all calls if connections are kept; otherwise each call opens its own', () => {
    expect(report.network.calls).toHaveLength(6);
    for (const { isKept, calls, connections } of report.network.calls)
      expect({ isKept, connections }).toEqual({ isKept, connections: isKept ? 1 : calls });
  });

  test('computes the cost from the batches that it measured', () => {
    expect(report.cost).toEqual(costOf(report.network.batches));
    expect(report.cost.map(({ events, bad }) => [events, bad])).toEqual([
      [1, 'none'],
      [20, 'none'],
      [20, '1, named'],
      [20, '1, not named'],
      [400, 'none'],
      [400, '1, named'],
      [400, '1, not named'],
    ]);
  });

  test('one bad event costs two requests more if TikTok names it, otherwise a request for each part', () => {
    const requests = { none: 1, '1, named': 3 };
    for (const { events, bad, requests: count } of report.network.batches)
      expect(count).toBe(bad === '1, not named' ? { 20: 12, 400: 24 }[events] : requests[bad]);
  });

  test('says that numbers of a smoke test mean nothing', () => {
    expect(report.note).toBe(
      'With --smoke everything is measured as briefly as possible: these numbers mean nothing.',
    );
  });

  test('measures the memory ten times', () => {
    expect(report.memory).toHaveLength(10);
  });

  test('a text of any characters in any place costs at most 2.5 times as much if it is twice as long', () => {
    expect(report.growth).toHaveLength(Object.keys(CLASSES).length * Object.keys(PLACES).length);
    expect(tooSteep(report.growth)).toEqual([]);
    const growth = tablesOf(report).find(({ title }) => title === 'Growth');
    expect(growth?.rows).toHaveLength(Object.keys(CLASSES).length);
    expect(growth?.head).toEqual(['Characters', 'an event', 'a settings text', "TikTok's answer"]);
  });

  test('an unknown option is one clear line, and nothing is measured', async () => {
    const { status, stdout, stderr } = await runCommand('bench', ['--fast']);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining("unknown option '--fast'"),
    });
  });

  describe('as the documentation shows it', () => {
    const shown = ({ head }: Pick<Table, 'head'>) => table(...head);

    test.each<[title: string, columns: number]>([
      ['An event, without the network', 1],
      ['Network', 2],
      ['Cost', 2],
    ])('%s: the table has the rows that the command prints', (title, columns) => {
      const printed = tablesOf(report).find((one) => one.title === title);
      if (printed === undefined) throw new Error(`The command prints no table ${title}`);
      const keys = (rows: Table['rows']) => rows.map((row) => row.slice(0, columns));
      expect(keys(shown(printed))).toEqual(keys(printed.rows));
    });

    test('where the time of an event goes: its parts add up to the time in the table above', () => {
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

    test('the cost follows from the milliseconds beside it', () => {
      const rows = shown(costTable([]));
      const batches = rows.map(([events = '', bad, milliseconds = '']) => {
        const median = Number(milliseconds.replaceAll(',', ''));
        return {
          latency: 20,
          events: Number(events),
          bad: BAD.parse(bad),
          requests: 1,
          milliseconds: { median, min: median, max: median },
        };
      });
      expect(rows).toEqual(costTable(costOf(batches)).rows);
    });
  });
});
