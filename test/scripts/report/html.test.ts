// npm run report -- --html: the report as a page of its own.
import { existsSync, linkSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { visible } from '../../../scripts/cli/visible';
import { createFolder } from '../../support/command';
import { SETTINGS, track } from '../../support/world';
import { lines, readReport, report, tracks } from './commands';

let files: ReturnType<typeof createFolder>;
beforeAll(() => {
  files = createFolder();
});
afterAll(() => {
  files.remove();
});
const file = (name: string, content: string) => files.file(name, content);
const page = () => path.join(files.folder, 'report.html');

const EVENTS = [
  track({ properties: { email: 'jane@example.com', value: '1,250', currency: 'EUR' } }),
  track({ properties: { email: 'jane@example.com', phone: '(415) 555-0100' } }),
  track({ messageId: 'jane@example.com', properties: {} }),
  track({ event: 'Call from jane@example.com' }),
];

/** The page of some events. */
async function pageOf(events: readonly unknown[], settings: object = {}): Promise<string> {
  await report([file('page.ndjson', lines(events))], {
    html: page(),
    settings: file('page.json', JSON.stringify({ ...SETTINGS, ...settings })),
  });
  return readFileSync(page(), 'utf8');
}

/** The text of a page, without the style sheet. */
const textOf = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

describe('the page', () => {
  test('says what the report says, part by part', async () => {
    const text = textOf(await pageOf(EVENTS)).replace(/\s+/g, ' ');
    for (const part of [
      'What happens to 4 events',
      '✔ delivered 2 50.0 %',
      'Not delivered',
      'TikTok needs a valid email address or phone number.',
      'Outcomes over the file',
      'Order Completed 3 75.0 % Purchase',
      'TikTok can match on',
      'TikTok can optimise for',
      'Estimated match quality',
      "An estimate, not a score of TikTok's",
      '33.3 % have a national phone number: set Default Country.',
      'There, but not sent',
      'an amount that could be read in two ways',
    ])
      expect(text).toContain(part);
  });

  test('asks no host for anything and runs no script', async () => {
    const html = await pageOf(EVENTS);
    expect(html).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; `,
    );
    expect(html).not.toMatch(
      /<(?:script|link|img|iframe|object|embed|a|form|button)\b|\bon\w+=|url\(|@import|https?:/i,
    );
  });

  test('has nothing personal in it: no value of an event, no token, and of the files only their names', async () => {
    const name = file('events of jane@example.com 2026-11-27.ndjson', lines(EVENTS));
    const settings = file(
      'settings.json',
      JSON.stringify({ ...SETTINGS, accessToken: 'secret-access-token' }),
    );
    await report([name], { html: page(), settings });
    const html = readFileSync(page(), 'utf8');
    expect(html).not.toMatch(/jane|555|secret/);
    expect(html).not.toContain(files.folder);
    expect(textOf(html)).toContain(
      'events of [email] 2026-11-27.ndjson, with the settings of settings.json.',
    );
    expect(textOf(html)).toContain('for example events of [email] 2026-11-27.ndjson:3, message [email]');
  });

  test('leaves folders out where an entry is not an event, and where the file cannot be read further', async () => {
    const names = [file('broken.ndjson', `1\n${lines(EVENTS)}`), path.join(files.folder, 'missing.ndjson')];
    const { status } = await report(names, { html: page() });
    expect(status).toBe(2);
    const text = textOf(readFileSync(page(), 'utf8'));
    expect(text).not.toContain(files.folder);
    expect(text).toMatch(/1\s+entry is not an event, and was skipped:\s+broken\.ndjson:1: /);
    expect(text).toMatch(
      / missing\.ndjson: there is no such file\.\s+The report covers the events before that\./,
    );
  });

  test('says how much more there is, and names no command that its readers do not have', async () => {
    const events = Array.from({ length: 25 }, (_, index) => track({ event: `Event ${index}` }));
    const text = textOf(await pageOf(events));
    expect(text).toMatch(/… and\s+5\s+more\s*\./);
    expect(text).not.toContain('npm run');
  });

  test('has names as text, whatever is in them', async () => {
    const wild = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
      fc.string({
        unit: fc.constantFrom('<', '>', '&', '"', "'", '/', '!', '-', 'a', ';'),
        minLength: 1,
        maxLength: 30,
      }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '</style><img src=x onerror=alert(1)>',
        '"><b>',
        '&lt;i&gt;',
        '<!--',
        ']]>',
        '{{x}}',
      ),
    );
    const tags = (html: string) => html.replace(/<time [^>]*>/, '').match(/<[^>]*>/g);
    const made = (name: string) =>
      pageOf([track({ event: `x${name}`, type: 'track' })], {
        eventMappings: { mapped: 'Contact if type = "track"' },
      });
    const tame = tags(await made('y'));
    await fc.assert(
      fc.asyncProperty(wild, async (name) => {
        expect(tags(await made(name))).toEqual(tame);
      }),
      { numRuns: 30 },
    );
    expect(textOf(await made('<b>&lt;'))).toContain(visible('x<b>&lt;'));
  });
});

describe('the command', () => {
  test('says where the page is, and prints the report as ever', async () => {
    const { status, stdout, stderr } = await report([file('two.ndjson', lines(tracks(2)))], { html: page() });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('\n2 events: 2 delivered');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`The report as a page: ${page()}`);
  });

  test('writes the page beside the JSON and the requests', async () => {
    const out = path.join(files.folder, 'requests.ndjson');
    const { status, stdout } = await report([file('json.ndjson', lines(tracks(3)))], {
      html: page(),
      out,
      json: true,
    });
    expect(status).toBe(0);
    expect(readReport(stdout).delivered).toBe(3);
    expect(textOf(readFileSync(page(), 'utf8'))).toContain('What happens to 3 events');
    expect(readFileSync(out, 'utf8')).toMatch(/^\{"event_source"/);
  });

  test('replaces a page that exists, but not for nothing', async () => {
    file('report.html', 'from the last run');
    const name = file('one.ndjson', lines(tracks(1)));
    await report([name], { html: page(), settings: file('wrong.json', '{}') });
    await report(['no such file'], { html: page() });
    expect(readFileSync(page(), 'utf8')).toBe('from the last run');
    await report([name], { html: page() });
    expect(readFileSync(page(), 'utf8')).toMatch(/^<!doctype html>\n<html[^]*<\/html>\n$/);
  });

  test('a page that cannot be written, such as to a full disk, does not cost the report', async () => {
    const { status, stdout, stderr } = await report([file('full.ndjson', lines(tracks(2)))], {
      html: '/dev/full',
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: \/dev\/full: it cannot be used \(ENOSPC\)\n$/);
    expect(stdout).toContain('2 events: 2 delivered');
  });

  test('exits with 1 if an entry is not an event', async () => {
    const { status } = await report([file('skipped.ndjson', `1\n${lines(tracks(1))}`)], { html: page() });
    expect(status).toBe(1);
  });

  test.each<[what: string, html: (events: string) => string, out: string | undefined, line: RegExp]>([
    [
      'the events',
      (events) => events,
      undefined,
      /precious\.ndjson: --html would overwrite an input file\n$/,
    ],
    [
      'the events by a link',
      (events) => {
        const link = path.join(files.folder, 'link.html');
        if (!existsSync(link)) linkSync(events, link);
        return link;
      },
      undefined,
      /link\.html: --html would overwrite an input file\n$/,
    ],
    [
      'the file of --out',
      () => path.join(files.folder, 'same'),
      'same',
      /same: --out and --html name the same file\n$/,
    ],
    [
      'a folder that is not there',
      () => path.join(files.folder, 'none/report.html'),
      undefined,
      /none\/report\.html: there is no such folder\n$/,
    ],
  ])('never writes over or into: %s', async (_, html, out, line) => {
    const events = file('precious.ndjson', lines(tracks(1)));
    const { status, stdout, stderr } = await report([events], {
      html: html(events),
      ...(out !== undefined && { out: path.join(files.folder, out) }),
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(line);
    expect(readFileSync(events, 'utf8')).toMatch(/^\{"type":"track",.*\}\n$/);
  });
});
