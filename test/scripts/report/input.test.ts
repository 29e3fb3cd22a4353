// The files that npm start takes.
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createFolder } from '../../support/command';
import { track } from '../../support/world';
import { lines, start, startForReport, tracks } from './start';

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

describe('npm start takes a file with', () => {
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
  ])('%s, and says how many were delivered', async (_, name, text, count) => {
    const { status, stdout } = await start([file(name, text)]);
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
    ['an event of 9 MB', 'large.json', JSON.stringify(track({ padding: padding.repeat(300) })), 1],
  ])('%s', async (_, name, content, events) => {
    const { status, report } = await startForReport([file(name, content)]);
    expect({ status, events: report.events, delivered: report.delivered }).toEqual({
      status: 0,
      events,
      delivered: events,
    });
  });
});

describe('a mistake after events that are good: the report of those, then the mistake', () => {
  test('in the last of many lines of Windows', async () => {
    const name = file('windows.ndjson', `${lines(tracks(30)).replaceAll('\n', '\r\n')}{"type": "track`);
    const { status, stderr, report } = await startForReport([name]);
    expect({ status, events: report.events }).toEqual({ status: 2, events: 30 });
    expect(stderr).toMatch(/windows\.ndjson:31:\d+: bad JSON/);
  });

  test.each([
    [
      'lines',
      lines(many) + '{"type": }\n' + lines(two),
      /^error: .*broken-lines\.json:351:10: bad JSON: "}" was not expected here\n$/,
    ],
    [
      'array',
      `[${many.map((event) => JSON.stringify(event)).join()}, {"type": }]`,
      /^error: .*broken-array\.json:1:\d+: bad JSON: "}" was not expected here\n$/,
    ],
  ])('late in long %s', async (name, content, line) => {
    const { status, stderr, report } = await startForReport([file(`broken-${name}.json`, content)]);
    expect(status).toBe(2);
    expect(stderr).toMatch(line);
    expect(report).toMatchObject({ events: 350, delivered: 350 });
  });
});

describe('one clear line, and exit code 2:', () => {
  test.each<[what: string, name: string, content: string | Buffer, line: RegExp]>([
    ['an empty file', 'nothing.json', ' \n', /^error: .*nothing\.json: no event found\n$/],
    [
      'bad JSON',
      'bad.json',
      '[\n  {"type": "track"},\n  {"type": }\n]',
      /^error: .*bad\.json:3:\d+: bad JSON: [^\n]+\n$/,
    ],
    [
      'a tab in a string',
      'tab.json',
      '{\n  "type": "track",\n  "event": "a\tb"\n}',
      /^error: .*tab\.json:3:14: bad JSON: a tab, a line break or another control character within a string\n$/,
    ],
    [
      'JSON that breaks off',
      'short.json',
      '[\n  {"type": "track"}',
      /^error: .*short\.json:2:\d+: bad JSON: [^\n]+\n$/,
    ],
    [
      'a bad line',
      'bad.ndjson',
      `${lines(two.slice(0, 1))}{"type": }\n`,
      /^error: .*bad\.ndjson:2:\d+: bad JSON: [^\n]+\n$/,
    ],
    [
      'a line that is not an event',
      'text.ndjson',
      `${lines(two.slice(0, 1))}7\n`,
      /^error: .*text\.ndjson:2: expected a Segment event, a JSON object\n$/,
    ],
    ['an empty list', 'list.json', '[]', /^error: .*list\.json: no event found\n$/],
    [
      'a value that is not an event',
      'none.json',
      '7',
      /^error: .*none\.json: event 1: expected a Segment event, a JSON object\n$/,
    ],
    [
      'a damaged gzip',
      'damaged.gz',
      Buffer.concat([gzipSync('{}').subarray(0, 12), Buffer.alloc(20, 7)]),
      /^error: .*damaged\.gz: the gzip data is damaged\n$/,
    ],
    [
      'a gzip that breaks off',
      'short.gz',
      gzipSync(JSON.stringify(track()).repeat(9)).subarray(0, 60),
      /^error: .*short\.gz: the gzip data breaks off\n$/,
    ],
  ])('%s', async (_, name, content, line) => {
    const { status, stdout, stderr } = await start([file(name, content)]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(line);
  });

  test('a folder', async () => {
    const { status, stdout, stderr } = await start([files.folder]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .*: it is a folder\n$/);
  });
});
