// npm run tester -- --events FILE…: the events at hand, listed, searched and opened; or those of a file that was dropped.
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { NamedFile } from '../../../scripts/input/files';
import { ENDPOINTS, EventList, EventText, Problem, Sources } from '../../../scripts/tester/api';
import { pathsOf } from '../../../scripts/tester/workspace/paths';
import { summaryOf } from '../../../scripts/tester/workspace/summary';
import { createFileWriter } from './files';
import { openTester, order, type Tester } from './open-tester';

const write = createFileWriter();
let tester: Tester;
afterEach(() => tester.close());

async function open(...events: readonly NamedFile[]): Promise<void> {
  tester = await openTester(new Map(), { events });
}
async function list(search = '', from = 0): Promise<EventList> {
  const { body } = await tester.ask(`/api/events?search=${encodeURIComponent(search)}&from=${from}`);
  return EventList.parse(JSON.parse(body));
}
const read = async (index: number) => {
  const { json, at } = EventText.parse(JSON.parse((await tester.ask(`/api/events/one?index=${index}`)).body));
  const event: unknown = JSON.parse(json);
  return { at, event };
};
const lines = (count: number, from = 1): string =>
  Array.from({ length: count }, (_, index) =>
    JSON.stringify(
      order({ messageId: `m-${index + from}`, properties: { order_id: `Order ${index + from}` } }),
    ),
  ).join('\n');

test('files of any form are one list, in the order in which they were named', async () => {
  await open(
    write('a.ndjson.gz', gzipSync(lines(2))),
    write('b.json', JSON.stringify([order({ messageId: 'm-3' }), { type: 'identify', messageId: 'm-4' }])),
  );
  expect((await tester.readState()).events).toEqual({
    files: ['a.ndjson.gz', 'b.json'],
    isDropped: false,
    isSmall: true,
  });
  expect(await list()).toEqual({
    events: [
      { index: 0, at: 'a.ndjson.gz:1', name: 'Order Completed', about: 'Order 1', messageId: 'm-1' },
      { index: 1, at: 'a.ndjson.gz:2', name: 'Order Completed', about: 'Order 2', messageId: 'm-2' },
      { index: 2, at: 'b.json: event 1', name: 'Order Completed', about: '', messageId: 'm-3' },
      { index: 3, at: 'b.json: event 2', name: 'identify', about: '', messageId: 'm-4' },
    ],
    read: 4,
  });
});

test('a long list comes in parts, and goes on where it was', async () => {
  await open(write('long.ndjson', lines(120)));
  const parts: number[] = [];
  let from: number | undefined = 0;
  while (from !== undefined) {
    const part: EventList = await list('', from);
    parts.push(part.events.length);
    from = part.next;
  }
  expect(parts).toEqual([50, 50, 20]);
});

test('a search finds the words of an event, in any case and order', async () => {
  await open(write('long.ndjson', lines(120)));
  expect((await list('M-117  order')).events).toEqual([
    { index: 116, at: 'long.ndjson:117', name: 'Order Completed', about: 'Order 117', messageId: 'm-117' },
  ]);
  expect(await list('nothing like this')).toEqual({ events: [], read: 120 });
});

test('an event can be opened, in any order', async () => {
  await open(write('long.ndjson', lines(120)));
  for (const index of [100, 3, 4, 119])
    expect(await read(index)).toEqual({
      at: `long.ndjson:${index + 1}`,
      event: order({ messageId: `m-${index + 1}`, properties: { order_id: `Order ${index + 1}` } }),
    });
  const { status, body } = await tester.ask('/api/events/one?index=120');
  expect([status, Problem.parse(JSON.parse(body)).problem]).toEqual([
    400,
    'There is no event 121: the files have 120',
  ]);
});

test('what was added to a file is there the next time', async () => {
  const file = write('growing.ndjson', lines(1));
  await open(file);
  expect((await list()).events).toHaveLength(1);
  appendFileSync(file.path, `\n${lines(1, 2)}`);
  expect((await list()).events).toHaveLength(2);
  expect(await read(1)).toMatchObject({ event: { messageId: 'm-2' } });
});

test('the list is masked as the report is', async () => {
  const event = order({ event: 'Called +1 415 555 0100', messageId: 'jane@example.com' });
  await open(write('personal.json', JSON.stringify(event)));
  expect(JSON.stringify(await list())).not.toMatch(/415|jane/);
});

test('events before a mistake are listed, with the mistake', async () => {
  await open(write('cut.ndjson.gz', gzipSync(lines(60)).subarray(0, -12)));
  const { events, problem } = await list('', 0);
  const rest = await list('', 50);
  expect([events.length, problem]).toEqual([50, undefined]);
  expect(rest.problem).toBe('cut.ndjson.gz: the gzip data breaks off');
});

test('what cannot be read is passed over', async () => {
  await open(write('mixed.ndjson', `${lines(1)}\n{"type": }\n${lines(1, 3)}`));
  expect((await list()).events.map(({ at }) => at)).toEqual(['mixed.ndjson:1', 'mixed.ndjson:3']);
});

test('the sources and names in the events, most frequent first', async () => {
  await open(
    write(
      'sources.json',
      JSON.stringify([
        {
          type: 'track',
          event: 'Order Completed',
          properties: { total: 1, products: [{ sku: 'a' }, { sku: 'b' }] },
        },
        { type: 'track', event: 'Order Completed', properties: { total: 2, 'net amount': 1 } },
        { type: 'identify', traits: { email: 'jane@example.com' } },
      ]),
    ),
  );
  const { body } = await tester.ask('/api/events/sources');
  expect(Sources.parse(JSON.parse(body))).toEqual({
    paths: [
      { value: 'type', count: 3 },
      { value: 'event', count: 2 },
      { value: 'properties.total', count: 2 },
      { value: 'properties.products[].sku', count: 1 },
      { value: 'properties["net amount"]', count: 1 },
      { value: 'traits.email', count: 1 },
    ],
    names: [{ value: 'Order Completed', count: 2 }],
    read: 3,
  });
});

test('the values at a path of a condition, most frequent first, without what may be personal', async () => {
  const channels = ['store', 'web', 'store', 'jane@example.com', 5, true, null, { of: 'x' }, "it's"];
  await open(
    write('values.json', JSON.stringify(channels.map((channel) => order({ properties: { channel } })))),
  );
  const valuesOf = async (path: string) => {
    const { body } = await tester.ask(`/api/events/values?of=${encodeURIComponent(path)}`);
    return ENDPOINTS.values.answer.parse(JSON.parse(body)).map(({ value, count }) => `${count} ${value}`);
  };
  expect(await valuesOf('properties.channel')).toEqual(['2 "store"', '1 "web"', '1 5', '1 true', `1 "it's"`]);
  expect(await valuesOf('properties.none')).toEqual([]);
  expect(await valuesOf('not a path = (')).toEqual([]);
  await tester.close();
  await open();
  // Without events at hand, the examples are.
  expect(await valuesOf('type')).toContain('1 "page"');
});

test.each<[about: string, event: object]>([
  ['10011 · 49.9 USD · store', { order_number: 10011, total: 49.9, currency: 'USD', channel: 'store' }],
  ['a-1 · 5', { order_id: 'a-1', product_id: 'p-1', value: 5, currency: ' ' }],
  ['[email] · web', { id: 'jane@example.com', channel: 'web' }],
  ['', {}],
])('%j distinguishes an event from others of its name', (about, properties) => {
  expect(summaryOf({ type: 'track', properties })).toBe(about);
});

test('the paths of an event end somewhere, however deep or wide it is', () => {
  const deep = z.looseObject({}).parse(JSON.parse('{"properties":'.repeat(50) + '1' + '}'.repeat(50)));
  expect([...pathsOf(deep)]).toEqual([Array.from({ length: 8 }, () => 'properties').join('.')]);
  const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`p${index}`, 1]));
  expect(pathsOf(wide).size).toBe(200);
});

/** How many copies of a text there are in all folders of testers; other tests have theirs there too. */
const copiesOf = (text: string): number =>
  readdirSync(tmpdir(), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^tester-[^f]/.test(entry.name))
    .flatMap(({ name }) => {
      const folder = path.join(tmpdir(), name);
      // It may be gone by now.
      return existsSync(folder) ? readdirSync(folder).map((file) => path.join(folder, file)) : [];
    })
    .filter((file) => existsSync(file) && readFileSync(file, 'utf8') === text).length;

test('a file that is dropped takes the place of the others, and its copy goes with the tester', async () => {
  const [first, second] = [lines(2), lines(3, Date.now())];
  await open(write('named.ndjson', lines(1)));
  const drop = (name: string, body: string) =>
    tester.ask(`/api/events?name=${name}`, { method: 'PUT', body });
  await drop('../first.ndjson', first);
  await drop('second.ndjson', second);
  expect((await tester.readState()).events).toEqual({
    files: ['second.ndjson'],
    isDropped: true,
    isSmall: true,
  });
  expect((await list()).events).toHaveLength(3);
  expect(copiesOf(second)).toBe(1);
  await tester.close();
  expect(copiesOf(second)).toBe(0);
  await open();
});

test('without any events the list says so', async () => {
  await open();
  expect(await list()).toEqual({ events: [], read: 0 });
  expect((await tester.readState()).events).toEqual({ files: [], isDropped: false, isSmall: true });
});

test.each<[what: string, file: NamedFile, problem: string]>([
  ['is not there', { name: 'none.json', path: '/none/none.json' }, 'none.json: there is no such file'],
  ['is a folder', { name: 'folder', path: tmpdir() }, 'folder: expected a file'],
])('a file that %s is refused at the start', async (_, file, problem) => {
  await open();
  await expect(openTester(new Map(), { events: [file] })).rejects.toThrow(problem);
  expect(existsSync(file.path)).toBe(file.name === 'folder');
});
