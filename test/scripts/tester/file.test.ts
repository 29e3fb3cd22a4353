// The report on the events at hand: the terminal's, with the events behind each number, and the rejected ones to keep.
import { appendFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { EventsBehind, FieldValues, FileReport, Problem } from '../../../scripts/tester/api';
import { createFileWriter } from './files';
import { openTester, order, type Tester } from './open-tester';

const write = createFileWriter();
let tester: Tester;
beforeEach(async () => {
  tester = await openTester();
});
afterEach(() => tester.close());

const drop = (body: string | Buffer, name = 'month.ndjson') =>
  tester.ask(`/api/events?name=${encodeURIComponent(name)}`, { method: 'PUT', body });
const askReport = () => tester.ask('/api/report', { method: 'POST' });
const report = async () => FileReport.parse(JSON.parse((await askReport()).body));
const behind = async (number: string) =>
  EventsBehind.parse(JSON.parse((await tester.ask(`/api/report/events?of=${number}`)).body));
const placesBehind = async (number: string) => (await behind(number)).map(({ at }) => at);
const problemOf = ({ body }: { readonly body: string }) => Problem.parse(JSON.parse(body)).problem;
const linesOf = (events: readonly object[]) => events.map((event) => JSON.stringify(event)).join('\n');

const MONTH = [
  order({ messageId: 'm-1', properties: { email: 'jane@example.com', value: 5, currency: 'EUR' } }),
  order({ messageId: 'm-2', properties: { email: 'nobody' } }),
  order({ event: 'Video Playback Started' }),
  order({ properties: { email: 'jane@example.com', value: '1,250', currency: 'EUR' } }),
  order({ properties: {} }),
];

test.each([
  ['one event a line', (lines: string) => lines],
  ['one event a line, gzipped', (lines: string) => gzipSync(lines)],
])('a file with %s gives the report of the terminal', async (_, pack) => {
  await drop(pack(linesOf(MONTH)));
  expect(await report()).toMatchObject({
    files: ['month.ndjson'],
    isOutdated: false,
    report: { events: 5, delivered: 2, discarded: 2, unsupported: 1, requests: 1 },
  });
});

test('the files that were named are reported on without being dropped', async () => {
  await tester.close();
  tester = await openTester(new Map(), {
    events: [write('a.ndjson', linesOf(MONTH)), write('b.json', '{"type":"page"}')],
  });
  expect(await report()).toMatchObject({ files: ['a.ndjson', 'b.json'], report: { events: 6 } });
});

test('the report is there after the page is reloaded', async () => {
  await drop(linesOf(MONTH));
  const made = await report();
  expect((await tester.readState()).report).toEqual(made);
});

test('the pages learn how far a long file is, and that it has ended; its events count in no total', async () => {
  const surveyed: number[] = [];
  const end = tester.workspace.watch((update) => {
    if (update.surveyed !== undefined) surveyed.push(update.surveyed);
  });
  await drop(linesOf(Array.from({ length: 2100 }, () => order({ event: 'Video Playback Started' }))));
  const before = (await tester.readState()).totals;
  await report();
  end();
  expect(surveyed).toEqual([0, 1000, 2000, 0]);
  expect((await tester.readState()).totals).toEqual(before);
});

describe('a long file, which several threads share', () => {
  /** Every tenth is discarded. */
  const LONG = Array.from({ length: 1600 }, (_, index) =>
    order({
      messageId: `m-${index}`,
      properties: { ...(index % 10 > 0 && { email: 'jane@example.com' }), note: 'long '.repeat(1000) },
    }),
  );
  const tenths = (count: number) => Array.from({ length: count }, (_, index) => 10 * index);

  test('gives the same numbers, the events behind them, and the rejected ones to keep', async () => {
    await drop(linesOf(LONG));
    expect((await report()).report).toMatchObject({ events: 1600, delivered: 1440, discarded: 160 });
    expect((await behind('discarded')).map(({ index, at, messageId }) => [index, at, messageId])).toEqual(
      tenths(100).map((index) => [index, `month.ndjson:${index + 1}`, `m-${index}`]),
    );
    const { body } = await tester.ask('/api/report/rejected');
    expect(body).toBe(`${linesOf(LONG.filter((_, index) => index % 10 === 0))}\n`);
  });

  /** Begins a report, and waits until some of its events have gone through. */
  async function begin(): Promise<Promise<FileReport>[]> {
    await drop(linesOf([...LONG, ...LONG]));
    const surveyed = new Promise<void>((resolve) => {
      tester.workspace.watch((update) => {
        if ((update.surveyed ?? 0) > 0) resolve();
      });
    });
    const made = tester.workspace.report();
    await surveyed;
    return [made];
  }

  test('can be stopped: the report is one of the events until then, and says so', async () => {
    const [made] = await begin();
    await tester.ask('/api/report', { method: 'DELETE' });
    const stopped = await made;
    expect(stopped?.report.events).toBeLessThan(3200);
    expect(stopped?.report.skipped.count).toBe(0);
    expect(stopped?.problem).toBe('The report was stopped');
    expect((await tester.readState()).isReporting).toBe(false);
  });

  test('is not read to its end if the tester is closed', async () => {
    const [made] = await begin();
    await tester.close();
    expect((await made)?.report.events).toBeLessThan(3200);
    tester = await openTester();
  });
});

describe('the report is said to be old', () => {
  const isOutdated = async () => (await tester.readState()).report?.isOutdated;
  beforeEach(async () => {
    await drop(linesOf(MONTH));
    await report();
    expect(await isOutdated()).toBe(false);
  });

  test('after a change of the settings, until it is made again', async () => {
    await tester.workspace.settings.save({ eventMappings: { 'Video Playback Started': 'ViewContent' } });
    expect(await isOutdated()).toBe(true);
    expect(await report()).toMatchObject({ isOutdated: false, report: { unsupported: 0, delivered: 3 } });
  });

  test('after a change of the function', async () => {
    tester.workspace.setBundle('function onTrack() {}');
    expect(await isOutdated()).toBe(true);
  });

  test('and it is forgotten with its events', async () => {
    await drop(linesOf(MONTH), 'other.ndjson');
    expect((await tester.readState()).report).toBeNull();
    expect(await behind('discarded')).toEqual([]);
  });
});

describe('the events behind each number', () => {
  beforeEach(async () => {
    await drop(linesOf(MONTH));
  });

  test('are those that were counted', async () => {
    const { report: made } = await report();
    expect(await placesBehind('delivered')).toEqual(['month.ndjson:1', 'month.ndjson:4']);
    expect(await placesBehind('discarded')).toEqual(['month.ndjson:2', 'month.ndjson:5']);
    expect(await placesBehind('unsupported')).toEqual(['month.ndjson:3']);
    expect(await placesBehind('retried')).toEqual([]);
    expect(await placesBehind('identifiers.email')).toEqual(['month.ndjson:1', 'month.ndjson:4']);
    expect(await placesBehind('essentials.purchases')).toEqual(['month.ndjson:1', 'month.ndjson:4']);
    expect(await placesBehind('essentials.pricedPurchases')).toEqual(['month.ndjson:1']);
    expect(made.leftOut.map(({ parameter }) => parameter)).toEqual(['properties.value']);
    expect(await placesBehind('leftOut.0')).toEqual(['month.ndjson:4']);
  });

  test('are as many as the number says, for every entry of every list', async () => {
    const { report: made } = await report();
    const entries = [
      ...made.reasons.map(({ count }, index) => ({ number: `reasons.${index}`, count })),
      ...made.reasons.flatMap(({ flaws }, index) =>
        flaws.map(({ count }, flaw) => ({ number: `reasons.${index}.flaws.${flaw}`, count })),
      ),
      ...made.reasons.flatMap(({ advice }, index) =>
        advice.map(({ count }, place) => ({ number: `reasons.${index}.advice.${place}`, count })),
      ),
      ...made.leftOut.map(({ count }, index) => ({ number: `leftOut.${index}`, count })),
      ...made.sent.map(({ count }, index) => ({ number: `sent.${index}`, count })),
      ...made.sent.map(({ withoutId }, index) => ({ number: `sent.withoutId.${index}`, count: withoutId })),
      ...made.sent.flatMap(({ currencies }, index) =>
        currencies.map(({ count }, place) => ({ number: `sent.${index}.currencies.${place}`, count })),
      ),
      ...made.names.map(({ count }, index) => ({ number: `names.${index}`, count })),
      ...made.warnings.map(({ count }, index) => ({ number: `warnings.${index}`, count })),
      ...made.matchQuality.conversions.map(({ count }, index) => ({
        number: `matchQuality.conversions.${index}`,
        count,
      })),
      ...made.matchQuality.advice.map(({ count }, index) => ({
        number: `matchQuality.advice.${index}`,
        count,
      })),
    ];
    const found = [];
    for (const { number } of entries) found.push({ number, count: (await behind(number)).length });
    expect(found).toEqual(entries);
    expect(entries.length).toBeGreaterThan(11);
  });

  test('are all that have the same ID, the first one too', async () => {
    const again = { ...MONTH[0], messageId: 'again' };
    await drop(linesOf([again, MONTH[3] ?? {}, again, again]));
    const { report: made } = await report();
    expect(made.repeats.ids).toEqual([
      {
        name: 'Purchase',
        id: 'again',
        count: 2,
        places: ['month.ndjson:1', 'month.ndjson:3', 'month.ndjson:4'],
      },
    ]);
    expect(await placesBehind('repeats.ids.0')).toEqual([
      'month.ndjson:1',
      'month.ndjson:3',
      'month.ndjson:4',
    ]);
  });

  test('are those that have come to another end since the report before, on the same files only', async () => {
    expect((await report()).changes).toEqual([]);
    const { values } = (await tester.readState()).settings;
    await tester.ask('/api/settings', {
      method: 'PATCH',
      body: JSON.stringify({
        values: { eventMappings: { 'Order Completed': 'Purchase if properties.currency = "EUR"' } },
      }),
    });
    const { changes } = await report();
    expect(changes).toEqual([{ before: 'discarded', after: 'unsupported', count: 2 }]);
    expect(await placesBehind('changes.0')).toEqual(['month.ndjson:2', 'month.ndjson:5']);
    expect((await report()).changes).toEqual([]);
    await tester.ask('/api/settings', { method: 'PATCH', body: JSON.stringify({ values }) });
    await drop(linesOf(MONTH));
    expect((await report()).changes).toEqual([]);
  });

  test('are masked, and can be opened as they came in', async () => {
    await drop(linesOf([order({ event: 'Call of +1 415 555 0100', messageId: 'jane@example.com' })]));
    await report();
    const [event] = await behind('unsupported');
    expect(JSON.stringify(event)).not.toMatch(/415|jane/);
    const { body } = await tester.ask(`/api/events/one?index=${event?.index ?? ''}`);
    expect(body).toContain('Call of +1 415 555 0100');
  });

  test('are the first hundred', async () => {
    await drop(linesOf(Array.from({ length: 130 }, () => order({ properties: {} }))));
    expect((await report()).report.discarded).toBe(130);
    expect((await behind('discarded')).map(({ index }) => index)).toEqual(
      Array.from({ length: 100 }, (_, i) => i),
    );
  });
});

describe('the values of a field', () => {
  const values = async (path: string) => tester.ask(`/api/report/values?of=${encodeURIComponent(path)}`);
  const count = async (path: string) => FieldValues.parse(JSON.parse((await values(path)).body));

  test('are counted, most frequent first and masked, and lead to their events', async () => {
    await drop(linesOf(MONTH));
    await report();
    expect(await count('properties.email')).toEqual({
      path: 'properties.email',
      values: [
        { value: '[email]', delivered: 2, others: 1 },
        { value: 'nobody', delivered: 0, others: 1 },
        { delivered: 0, others: 1 },
      ],
      rest: 0,
    });
    expect(await placesBehind('values.delivered.0')).toEqual(['month.ndjson:1', 'month.ndjson:4']);
    expect(await placesBehind('values.others.1')).toEqual(['month.ndjson:2']);
    // The report's own numbers stay.
    expect(await placesBehind('delivered')).toEqual(['month.ndjson:1', 'month.ndjson:4']);
  });

  test('are no more than twenty', async () => {
    await drop(linesOf(Array.from({ length: 25 }, (_, index) => order({ properties: { store: index } }))));
    await report();
    const { values: found, rest } = await count('properties.store');
    expect([found.length, rest]).toEqual([20, 5]);
  });

  test('need a report, and a path', async () => {
    expect(problemOf(await values('properties.email'))).toBe('There is no report yet');
    await drop(linesOf(MONTH));
    await report();
    expect(problemOf(await values('properties..email'))).toBe(
      'properties..email: expected a path, such as properties.currency',
    );
  });
});

describe('the rejected events', () => {
  const rejected = () => tester.ask('/api/report/rejected');
  const BAD =
    '{"type":"track",  "event":"Order Completed", "properties":{"total":1.0,"order":12345678901234567890}}';

  test('are saved as they came in, byte for byte, whatever is around them', async () => {
    const cr = `  ${BAD}\r`;
    await drop(
      gzipSync(
        [JSON.stringify(MONTH[0]), BAD, '{"type": }', '', cr, JSON.stringify(MONTH[2]), BAD].join('\n'),
      ),
    );
    await report();
    const { status, headers, body } = await rejected();
    expect({ status, body }).toEqual({ status: 200, body: `${BAD}\n${cr}\n${BAD}\n` });
    expect(headers['content-disposition']).toBe('attachment; filename="rejected.ndjson"');
  });

  test('of an array are lines, with the values as they came in', async () => {
    await drop(
      `[\n  ${JSON.stringify(MONTH[0])},\n  ${BAD.replace('"properties"', '\n    "properties"')}\n]`,
    );
    await report();
    expect((await rejected()).body).toBe(`${BAD}\n`);
  });

  test('are those that TikTok may take later as well', async () => {
    tester.workspace.setBundle(
      'async function onBatch(events) { return events.map(() => ({ status: 500, errormessage: "later" })); }',
    );
    await drop(linesOf(MONTH));
    expect((await report()).report.retried).toBe(5);
    expect((await rejected()).body).toBe(`${linesOf(MONTH)}\n`);
  });

  test('can be run again after a change of the settings', async () => {
    await drop(linesOf([order({ properties: { mail: 'jane@example.com' } }), order(), order()]));
    expect((await report()).report).toMatchObject({ delivered: 2, discarded: 1 });
    const kept = (await rejected()).body;
    await tester.workspace.settings.save({ parameterMappings: { 'user.email': 'properties.mail' } });
    await drop(kept, 'rejected.ndjson');
    expect((await report()).report).toMatchObject({ events: 1, delivered: 1, discarded: 0 });
  });

  test('are refused if a file has changed since the report', async () => {
    const file = write('changing.ndjson', linesOf(MONTH));
    await tester.close();
    tester = await openTester(new Map(), { events: [file] });
    expect(problemOf(await rejected())).toBe('There is no report yet');
    await report();
    appendFileSync(file.path, '\n{"type":"page"}');
    expect(problemOf(await rejected())).toBe('The files have changed since the report: make it again');
  });

  test('of a file that breaks off are those before that', async () => {
    const text = linesOf(
      Array.from({ length: 200 }, () => order({ properties: { note: crypto.randomUUID() } })),
    );
    await drop(gzipSync(text).subarray(0, -500));
    const { report: made, problem } = await report();
    expect(problem).toBe('month.ndjson: the gzip data breaks off');
    const { body } = await rejected();
    expect(made.discarded).toBeGreaterThan(0);
    expect(body.split('\n')).toHaveLength(made.discarded + 1);
    expect(text.startsWith(body.trimEnd())).toBe(true);
  });
});

test.each<[what: string, file: string, settings: object, problem: string]>([
  [
    'settings that cannot work',
    linesOf(MONTH),
    { eventSetId: '' },
    'Fix the settings first: Event Set ID is missing',
  ],
  ['a file without events', '\n', {}, 'month.ndjson: no event found'],
  [
    'a file that is a table',
    'email,total\njane,5\n',
    {},
    'month.ndjson: this looks like CSV. Events must be JSON: one event, an array, or one event a line',
  ],
])('%s: no report, but why', async (_, file, settings, problem) => {
  await tester.workspace.settings.save({ ...settings });
  await drop(file);
  const answer = await askReport();
  expect({ status: answer.status, problem: problemOf(answer) }).toEqual({ status: 400, problem });
  expect((await tester.readState()).isReporting).toBe(false);
});

test('without events, the page says where to get them from', async () => {
  expect(problemOf(await askReport())).toBe('There are no events: drop a file, or name one with --events');
});

test('there is one report at a time', async () => {
  await drop(linesOf(Array.from({ length: 500 }, () => order())));
  const [first, second] = await Promise.all([askReport(), askReport()]);
  expect([first.status, second.status].toSorted()).toEqual([200, 400]);
});
