// What the options of npm start and npm run report change.
import { linkSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { EXAMPLES } from '../../../scripts/cli/project';
import { createFolder } from '../../support/command';
import { SETTINGS, track } from '../../support/world';
import { check, lines, report, reportAsJson, show, tracks } from './commands';

let files: ReturnType<typeof createFolder>;
beforeAll(() => {
  files = createFolder();
});
afterAll(() => {
  files.remove();
});
const file = (name: string, content: string) => files.file(name, content);

describe('--batch', () => {
  test.each<[options: { readonly batch?: number }, events: number, requests: number]>([
    [{}, 45, 3],
    [{ batch: 400 }, 45, 1],
    [{ batch: 7 }, 45, 7],
    [{ batch: 1 }, 45, 45],
    [{}, 12, 1],
  ])('with %j, %i events go in %i requests', async (options, events, requests) => {
    const { report: found } = await reportAsJson([file('sent.ndjson', lines(tracks(events)))], options);
    expect([found.events, found.delivered, found.requests]).toEqual([events, events, requests]);
  });
});

describe('--out', () => {
  test('keeps each request as it went out, one a line, without clear-text personal data or the token', async () => {
    const out = path.join(files.folder, 'out.ndjson');
    const { report: found } = await reportAsJson([file('kept.ndjson', lines(tracks(45)))], { out });
    const text = readFileSync(out, 'utf8');
    const requests = z.array(z.object({ event_source: z.literal('offline'), data: z.array(z.unknown()) }));
    const kept = requests.parse(
      text
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    );
    expect(kept.map(({ data }) => data.length)).toEqual([20, 20, 5]);
    expect(Buffer.byteLength(text) - kept.length).toBe(found.bytes);
    expect(text).not.toMatch(/jane@|example-access-token/);
  });

  test('a file that exists is emptied only if there is something to write', async () => {
    const out = file('kept.out', 'from the last run');
    const event = file('one.json', lines(tracks(1)));
    await report([event], { out, settings: file('wrong.json', '{}') });
    await report(['no such file'], { out });
    expect(readFileSync(out, 'utf8')).toBe('from the last run');
    await report([event], { out });
    expect(readFileSync(out, 'utf8')).toMatch(/^\{"event_source":"offline"/);
  });

  test('that cannot be written, such as to a full disk, does not cost the report', async () => {
    const { status, stdout, stderr } = await report([file('six.ndjson', lines(tracks(6)))], {
      out: '/dev/full',
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: \/dev\/full: it cannot be used \(ENOSPC\)\n$/);
    expect(stdout).toContain('6 events: 6 delivered');
  });

  test('a folder that does not exist is one clear line', async () => {
    const examples = [path.join(EXAMPLES, 'events.json')];
    const { status, stderr } = await report(examples, { out: path.join(files.folder, 'none/out.ndjson') });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: .*none\/out\.ndjson: there is no such folder\n$/);
  });

  test('a folder is one clear line, before the events are read', async () => {
    const { status, stdout, stderr } = await report([file('one.json', lines(tracks(1)))], {
      html: files.folder,
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .*: it is a folder\n$/);
  });

  test('the file of the events is one clear line', async () => {
    const own = file('mine.json', lines(tracks(1)));
    const { status, stdout, stderr } = await report([own], { out: own });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .*mine\.json: --out would overwrite an input file\n$/);
  });

  test.each(['the events by a link', 'the settings'])('never overwrites %s', async (what) => {
    const name = file('precious.ndjson', lines(tracks(2)));
    const settings = file('precious.json', JSON.stringify(SETTINGS));
    const link = path.join(files.folder, `link-${what.length}`);
    linkSync(what === 'the settings' ? settings : name, link);
    const { status, stderr } = await report([name], { settings, out: link });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: \S+: --out would overwrite an input file\n$/);
    expect(readFileSync(name, 'utf8').split('\n')).toHaveLength(3);
    expect(readFileSync(settings, 'utf8')).toBe(JSON.stringify(SETTINGS));
  });
});

describe('--settings', () => {
  test('takes settings, their names in any case', async () => {
    const settings = file(
      'settings.json',
      JSON.stringify({
        AccessToken: 'own',
        eventSetID: '1',
        eventMappings: { 'Order Completed': 'my_event' },
      }),
    );
    const { stdout } = await show([file('own.json', lines(tracks(1)))], { settings });
    expect(stdout).toContain('✔ Order Completed → my_event');
  });

  test.each<[what: string, settings: object, line: RegExp]>([
    ['missing ones', {}, /^error: \S*wrong\.json: Access Token is missing; Event Set ID is missing\n$/],
    [
      'a missing one, with the mistyped name that it may stand under',
      { acessToken: 'own', eventSetId: '1' },
      /^error: \S*wrong\.json: Access Token is missing; "acessToken" is not a setting, so it is ignored; did you mean accessToken\?\n$/,
    ],
    [
      'no source of contact data',
      { ...SETTINGS, parameterMappings: { 'user.email': '', 'Signed Up: user.phone': '' } },
      /^error: \S*wrong\.json: Parameter Mappings must not leave both user\.email and user\.phone empty\n$/,
    ],
    [
      'malformed mappings, with the nearest name',
      { ...SETTINGS, eventMappings: { '': 'A' }, parameterMappings: { 'user.mail': 'properties.mail' } },
      /^error: \S*wrong\.json: Event Mappings, entry "": expected an event name; Parameter Mappings, entry "user\.mail": expected a TikTok parameter, alone or after "Segment event: "; did you mean user\.email\?\n$/,
    ],
  ])('that cannot work end with one message, before anything else: %s', async (_, given, line) => {
    const settings = file('wrong.json', JSON.stringify(given));
    for (const command of [show, report]) {
      const { status, stdout, stderr } = await command(['there is no such file'], { settings });
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(line);
    }
  });

  test('names that are probably mistyped are warnings, apart from the report', async () => {
    const settings = file(
      'mistyped.json',
      JSON.stringify({
        ...SETTINGS,
        paramterMappings: {},
        something: 1,
        EVENTSETID: SETTINGS.eventSetId,
        eventMappings: {
          'Order Completed → Purchase': '',
          'In-Store Visit': '',
          'Order Complete': '',
          'Page Viewed': '',
          'Signed Up': '',
          'product added': '',
          identify: 'Lead',
          Page: 'PageView if properties.a = 1',
          Screen: 'ViewContent if type = "screen"',
          group: '',
        },
        parameterMappings: {
          'properties.vaule': 'properties.net',
          'Signed Up: properties.currrency': '"EUR"',
          'properties.store_value': 'properties.x',
          'order complted: properties.order_id': '"1"',
          ' order COMPLETED : properties.shop_id': '"1"',
          'Signed\u00a0Up: properties.shop_id': '"1"',
        },
      }),
    );
    const { stderr, status } = await reportAsJson([file('event.json', lines(tracks(1)))], { settings });
    expect(status).toBe(0);
    expect(stderr.split('\n').map((line) => line.replace(/^warning: \S+mistyped\.json: /, ''))).toEqual([
      '"paramterMappings" is not a setting, so it is ignored; did you mean parameterMappings?',
      '"something" is not a setting, so it is ignored',
      '"eventSetId" and "EVENTSETID" are the same setting: only the last one counts',
      '"properties.vaule" is sent as a property of your own; did you mean properties.value?',
      '"properties.currrency" is sent as a property of your own; did you mean properties.currency?',
      '"order complted: properties.order_id" is not used: Event Mappings has no entry of that name; did you mean Order Completed?',
      'Event Mappings, entry "Order Completed → Purchase", has an empty right side, but is not sent by default anyway',
      'Event Mappings, entry "Order Complete", has an empty right side, but is not sent by default anyway; did you mean Order Completed?',
      'Event Mappings, entry "identify", is for track calls of this name; for identify calls, an entry needs the condition type = "identify"',
      'Event Mappings, entry "Page", is for track calls of this name; for page calls, an entry needs the condition type = "page"',
      '',
    ]);
  });

  test.each([
    ['show', show],
    ['report', report],
    ['check', check],
  ])('may name a variable in the place of the token, which need not be set: %s', async (_, command) => {
    const settings = file(
      'variable.json',
      JSON.stringify({ ...SETTINGS, accessToken: { env: 'NO_SUCH_VARIABLE' } }),
    );
    const { status, stderr } = await command([file('event.json', lines(tracks(1)))], { settings });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('--live needs the variable that stands for the token, and names it', async () => {
    const settings = file(
      'live.json',
      JSON.stringify({ ...SETTINGS, testEventCode: 'TEST1', accessToken: { env: 'NO_SUCH_VARIABLE' } }),
    );
    const { status, stderr } = await show([file('event.json', lines(tracks(1)))], { settings, live: true });
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^error: \S*live\.json: accessToken: the environment variable NO_SUCH_VARIABLE is not set, or is empty\n$/,
    );
  });

  test('a file that holds no settings is one clear line', async () => {
    const settings = file('list.json', '[]');
    const { status, stdout, stderr } = await show([file('event.json', lines(tracks(1)))], { settings });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .*list\.json: expected a JSON object of settings\n$/);
  });
});

test('--live without a Test Event Code is one clear line', async () => {
  const { status, stdout, stderr } = await show([file('event.json', lines(tracks(1)))], { live: true });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(
    /^error: examples\/settings\.json: --live needs a testEventCode in the settings, so that TikTok shows the events under Test Events\n$/,
  );
});

test('--name is the name by which an event turns the function on and off', async () => {
  const own = (integrations: object) => track({ integrations });
  const name = file(
    'own.ndjson',
    lines([
      own({ 'Offline (Berlin)': false }),
      own({ 'Offline (Paris)': false }),
      own({ All: false, 'Offline (Paris)': {} }),
    ]),
  );
  const withheld = async (functionName: string) =>
    (await reportAsJson([name], { name: functionName })).report.notHandedOver;
  expect(await withheld('Offline')).toBe(2);
  expect(await withheld('Offline (Berlin)')).toBe(2);
  expect(await withheld('Offline (Paris)')).toBe(1);
  expect(await withheld('Another')).toBe(1);
});
