// The files that npm start, npm run report and npm run check take.
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createFolder } from '../../support/command';
import { track } from '../../support/world';
import { lines, report, reportAsJson, show, tracks } from './commands';

let files: ReturnType<typeof createFolder>;
beforeAll(() => {
  files = createFolder();
});
afterAll(() => {
  files.remove();
});
const file = (name: string, content: string | Buffer) => files.file(name, content);

const two = tracks(2);
/** With 350 of these, a text is larger than what is read as a whole. */
const padding = 'x'.repeat(30_000);
const many = Array.from({ length: 350 }, () => track({ padding }));

describe('a file with', () => {
  test.each([
    ['one event', 'one.json', JSON.stringify(track(), undefined, 2), 1],
    ['an array', 'array.json', JSON.stringify(two), 2],
    ['one event a line', 'lines.ndjson', `${JSON.stringify(two[0])}\n\n${JSON.stringify(two[1])}\n`, 2],
    [
      'lines of Windows',
      'lines.jsonl',
      `\ufeff${JSON.stringify(two[0])}\r\n${JSON.stringify(two[1])}\r\n`,
      2,
    ],
  ])('%s is taken, and the summary says how many were delivered', async (_, name, text, count) => {
    const { status, stdout } = await show([file(name, text)]);
    expect(status).toBe(0);
    expect(stdout).toContain(`${count} event${count === 1 ? '' : 's'}: ${count} delivered`);
  });

  test.each<[what: string, name: string, content: string | Buffer, events: number]>([
    ['gzipped lines', 'lines.ndjson.gz', gzipSync(lines(two)), 2],
    [
      'gzipped lines in two members, as appended',
      'two.gz',
      Buffer.concat([gzipSync(lines(two)), gzipSync(lines(two))]),
      4,
    ],
    ['a gzipped array, whatever its name', 'zipped.json', gzipSync(JSON.stringify(two)), 2],
    ['a line separator within a line', 'separator.jsonl', lines([track({ note: 'a\u2028b' }), ...two]), 3],
    ['10 MB of lines', 'long.ndjson', lines(many), 350],
    ['an array of 10 MB', 'long.json', JSON.stringify(many), 350],
    ['a gzipped array of 10 MB', 'long.json.gz', gzipSync(JSON.stringify(many)), 350],
    [
      'lines of Windows, the first one short',
      'crlf.ndjson',
      `${JSON.stringify(two[0])}\r\n${JSON.stringify(two[1])}\r\n`,
      2,
    ],
    ['what Windows calls Unicode', 'utf16.json', Buffer.from(`\ufeff${JSON.stringify(two)}`, 'utf16le'), 2],
    [
      'events that are JSON in strings, a line each',
      'strings.ndjson',
      lines(two.map((one) => JSON.stringify(one))),
      2,
    ],
    ['an array of such strings', 'strings.json', JSON.stringify(two.map((one) => JSON.stringify(one))), 2],
    [
      'a character that somebody else could not read',
      'replaced.ndjson',
      lines([track({ note: 'a\ufffdb' })]),
      1,
    ],
    ['an event of 9 MB', 'large.json', JSON.stringify(track({ padding: padding.repeat(300) })), 1],
  ])('%s', async (_, name, content, events) => {
    const { status, report: found } = await reportAsJson([file(name, content)]);
    expect({ status, events: found.events, delivered: found.delivered }).toEqual({
      status: 0,
      events,
      delivered: events,
    });
  });
});

describe('what is not an event is skipped with its place, the others are reported, and the exit code is 1:', () => {
  test.each<[what: string, name: string, content: string | Buffer, events: number, problem: RegExp]>([
    [
      'a line in the middle',
      'middle.ndjson',
      `${lines(two)}{"type": }\n${lines(two)}`,
      4,
      /^\S*middle\.ndjson:3:10: bad JSON: "\}" was not expected here$/,
    ],
    [
      'the first line',
      'first.ndjson',
      `{"type": }\n${lines(two)}`,
      2,
      /^\S*first\.ndjson:1:10: bad JSON: "\}" was not expected here$/,
    ],
    [
      'the first line, whose beginning is cut off',
      'cut.ndjson',
      `${JSON.stringify(two[0]).slice(9)}\n${lines(two)}`,
      2,
      /^\S*cut\.ndjson:1:1: bad JSON: "t" was not expected here$/,
    ],
    [
      'the first and the last line',
      'ends.ndjson',
      `{"type": }\n${lines(two)}{"type": "track`,
      2,
      /^\S*ends\.ndjson:1:10: bad JSON/,
    ],
    [
      'a line that is a number',
      'number.ndjson',
      `${lines(two)}7\n`,
      2,
      /^\S*number\.ndjson:3: expected a Segment event, a JSON object$/,
    ],
    [
      'a line that is not in UTF-8',
      'latin.ndjson',
      Buffer.concat([
        Buffer.from(lines(two)),
        Buffer.from(lines([track({ email: 'jos\u00e9@example.com' })]), 'latin1'),
      ]),
      2,
      /^\S*latin\.ndjson:3:\d+: bad JSON: a character that is not in UTF-8$/,
    ],
    [
      "a line that is a request to Segment's HTTP API",
      'batch.ndjson',
      `${lines(two)}{"batch":[{"type":"track"}],"sentAt":""}\n`,
      2,
      /^\S*batch\.ndjson:3: expected a Segment event, whose "type" is track, page, screen, identify, group, alias or delete; jq -c '\.batch\[\]' writes those in "batch" one a line$/,
    ],
    [
      'a line that has an event in a field',
      'payload.ndjson',
      `${lines(two)}{"payload":{"type":"track"}}\n`,
      2,
      /^\S*payload\.ndjson:3: .* or delete; jq -c '\.payload' writes those in "payload" one a line$/,
    ],
    [
      'a line that is a row of a warehouse',
      'row.ndjson',
      `${lines(two)}{"event":"order_completed","user_id":"u1"}\n`,
      2,
      /^\S*row\.ndjson:3: expected a Segment event, whose "type" is track, page, screen, identify, group, alias or delete$/,
    ],
    [
      'a line whose type is not that of a call',
      'type.ndjson',
      `${lines(two)}{"type":"Track"}\n`,
      2,
      /^\S*type\.ndjson:3: expected a Segment event, whose "type" is track/,
    ],
    [
      'the last of many lines of Windows',
      'windows.ndjson',
      `${lines(tracks(30)).replaceAll('\n', '\r\n')}{"type": "track`,
      30,
      /^\S*windows\.ndjson:31:\d+: bad JSON/,
    ],
    [
      'a line late in a long file',
      'late.ndjson',
      `${lines(many)}{"type": }\n${lines(two)}`,
      352,
      /^\S*late\.ndjson:351:10: bad JSON: "\}" was not expected here$/,
    ],
    [
      'an element of an array',
      'element.json',
      '[\n  {"type": "identify"},\n  {"type": },\n  {"type": "identify"}\n]',
      2,
      /^\S*element\.json:3:12: bad JSON: "\}" was not expected here$/,
    ],
    [
      'an element late in a long array',
      'late.json',
      `[${many.map((event) => JSON.stringify(event)).join()}, {"type": }, {"type": "identify"}]`,
      351,
      /^\S*late\.json:1:\d+: bad JSON: "\}" was not expected here$/,
    ],
    [
      'a tab in a string',
      'tab.ndjson',
      `${lines(two)}{"type": "track", "event": "a\tb"}\n`,
      2,
      /^\S*tab\.ndjson:3:30: bad JSON: a tab, a line break or another control character within a string$/,
    ],
  ])('%s', async (_, name, content, events, problem) => {
    const { status, stderr, report: found } = await reportAsJson([file(name, content)]);
    expect({ status, stderr, events: found.events }).toEqual({ status: 1, stderr: '', events });
    expect(found.skipped.problems[0]).toMatch(problem);
    expect(found.skipped.count).toBe(found.skipped.problems.length);
  });

  test('of many of them, the first 20 and how many more there are', async () => {
    const name = file('many.ndjson', `${lines(tracks(2))}${'{"type": }\n'.repeat(1500)}`);
    const { status, stdout } = await report([name]);
    expect(status).toBe(1);
    expect(stdout).toContain('1,500 entries are not events, and were skipped\n');
    expect(stdout.match(/many\.ndjson:\d+:10: bad JSON/g)).toHaveLength(20);
    expect(stdout).toContain('    … and 1,480 more\n');
  });
});

test('a mistake between the elements of an array ends it: the report of those before, then the mistake', async () => {
  const {
    status,
    stderr,
    report: found,
  } = await reportAsJson([file('short.json', '[\n  {"type": "identify"},\n  {"type": "identify"')]);
  expect({ status, events: found.events }).toEqual({ status: 2, events: 1 });
  expect(stderr).toMatch(
    /^error: \S*short\.json:3:\d+: bad JSON: the end of the text was not expected here\n$/,
  );
});

describe('one clear line, and exit code 2:', () => {
  test.each<[what: string, name: string, content: string | Buffer, line: RegExp]>([
    ['an empty file', 'nothing.json', ' \n', /^error: \S*nothing\.json: no event found\n$/],
    ['an empty list', 'list.json', '[]', /^error: \S*list\.json: no event found\n$/],
    [
      'nothing but a bad event',
      'bad.json',
      '{\n  "type": "track",\n  "event": "a\tb"\n}',
      /^error: \S*bad\.json:3:14: bad JSON: a tab, a line break or another control character within a string\n$/,
    ],
    [
      'nothing but bad lines',
      'bad.ndjson',
      'one\ntwo\nthree\n',
      /^error: \S*bad\.ndjson:1:1: bad JSON: "o" was not expected here\n$/,
    ],
    [
      'nothing but values that are not events',
      'none.json',
      '[7, 8, "x"]',
      /^error: \S*none\.json: event 1: expected a Segment event, a JSON object, and 2 more like this\n$/,
    ],
    [
      'CSV',
      'orders.txt',
      'order_id,email,value\n1,jane@example.com,12.50\n',
      /^error: \S*orders\.txt: this looks like CSV\. Events must be JSON: one event, an array, or one event a line\n$/,
    ],
    ['CSV of Germany', 'orders.dat', '"Bestellung";"Wert"\r\n1;"12,50"\r\n', /: this looks like CSV/],
    ['CSV with a comma in a field', 'names.txt', 'name,value\n"Doe, Jane",5\n', /: this looks like CSV/],
    ['a table with tabs', 'orders', 'id\tvalue\n1\t12.50\n', /: this looks like CSV/],
    [
      'what is called CSV, with one column',
      'emails.csv',
      'email\njane@example.com\n',
      /: this looks like CSV/,
    ],
    ['likewise, gzipped', 'emails.csv.gz', gzipSync('email\njane@example.com\n'), /: this looks like CSV/],
    ['a Parquet file', 'orders.parquet', 'PAR1\u0015', /: this is a Parquet file\. Events must be JSON: /],
    ['an Avro file', 'orders.avro', 'Obj\u0001', /: this is an Avro file\. /],
    ['a spreadsheet', 'orders.xlsx', 'PK\u0003\u0004', /: this is a zip archive or a spreadsheet\. /],
    [
      'what zstd made',
      'lines.zst',
      Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]),
      /: this is compressed with zstd\. /,
    ],
    ['what was gzipped twice', 'twice.gz', gzipSync(gzipSync(lines(two))), /: this is gzipped twice\. /],
    [
      'lines of an old Mac',
      'mac.json',
      '{"type":"track"}\r{"type":"track"}',
      /^error: \S*mac\.json:2:1: bad JSON: "\{" was not expected here\n$/,
    ],
    ['a long CSV', 'long.csv', 'id,value\n'.repeat(1_200_000), /: this looks like CSV/],
    [
      'a line of 20 MB',
      'line.ndjson',
      `${lines(two)}{"type": "${'x'.repeat(20e6)}"}`,
      /^error: \S*line\.ndjson:3: longer than 16 MB\. This is not a Segment event: Segment takes up to 32 KB\n$/,
    ],
    [
      'an element of 20 MB',
      'element.json',
      `[${JSON.stringify(two[0])},\n{"type": "${'x'.repeat(20e6)}"}]`,
      /^error: \S*element\.json:1: longer than 16 MB\./,
    ],
    [
      'a gzip of a line without end',
      'bomb.gz',
      gzipSync(Buffer.alloc(200e6, '{')),
      /^error: \S*bomb\.gz:1: longer than 16 MB\./,
    ],
    [
      'a damaged gzip',
      'damaged.gz',
      Buffer.concat([gzipSync('{}').subarray(0, 12), Buffer.alloc(20, 7)]),
      /^error: \S*damaged\.gz: the gzip data is damaged\n$/,
    ],
    [
      'a gzip that breaks off',
      'short.gz',
      gzipSync(JSON.stringify(track()).repeat(9)).subarray(0, 60),
      /^error: \S*short\.gz: the gzip data breaks off\n$/,
    ],
  ])('%s', async (_, name, content, line) => {
    const { status, stderr } = await show([file(name, content)]);
    expect(status).toBe(2);
    expect(stderr).toMatch(line);
  });

  test('a folder', async () => {
    const { status, stdout, stderr } = await show([files.folder]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: \S*: it is a folder\n$/);
  });
});
