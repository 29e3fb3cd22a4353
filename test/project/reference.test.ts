// The pages of the documentation say what the code does.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseExpression } from '../../lib/configuration/expression';
import { configure } from '../../lib/configuration/configure';
import { DEFINITIONS } from '../../lib/parameters/definitions';
import { scripts } from '../../package.json';
import type { Call } from '../../scripts/local/segment/runtime';
import type { Misbehaviour } from '../../scripts/local/tiktok/server';
import { runCommand } from '../support/command';
import { documentation, pages, table } from '../support/documentation';
import { createVirtualTime } from '../support/virtual-time';
import { createWorld, track, type World, type WorldOptions } from '../support/world';

/** As code, unless there is nothing. */
const code = (text: string): string => (text === '' ? '' : `\`${text}\``);

test('the README is short enough to be read: 10 KB at most', () => {
  expect(Buffer.byteLength(pages.get('README.md') ?? '')).toBeLessThanOrEqual(10_000);
});

describe('the documentation lists', () => {
  test("every field of the built-in destination's mapping, with our parameter, its default source and a way to change it", () => {
    const rows = table('Its field');
    expect(rows.map(([field = '']) => field.replaceAll('`', ''))).toEqual([
      ...['event', 'event_id', 'timestamp', 'phone_numbers', 'email_addresses', 'order_id', 'shop_id'],
      ...[
        'external_ids',
        'ttclid',
        'ttp',
        'lead_id',
        'locale',
        'url',
        'referrer',
        'ip',
        'user_agent',
        'contents',
      ],
      ...['price', 'quantity', 'content_category', 'content_id', 'content_name', 'brand'].map(
        (field) => `contents: ${field}`,
      ),
      ...['content_type', 'currency', 'value', 'description', 'query', 'limited_data_use', 'test_event_code'],
    ]);
    for (const [field = '', cell = '', defaultSource, change = ''] of rows) {
      const name = cell.replaceAll('`', '');
      if (field === '`event`' || field === '`test_event_code`') {
        expect(name).toMatch(/^\(/);
        continue;
      }
      const { from = 'no such parameter' } = DEFINITIONS.find((parameter) => parameter.name === name) ?? {};
      expect({ name, source: code(from) }).toEqual({ name, source: defaultSource });
      expect(change).toMatch(new RegExp(`^\`(?:[^\`]+: )?${name.replaceAll('.', '\\.')}\` → `));
    }
  });

  test('only entries and expressions that the function takes', () => {
    const entries = [...documentation.matchAll(/`([^`]+)` → (?:`([^`]+)`|\(empty\))/g)].map(
      ([, key = '', value = '']) => [key, value] as const,
    );
    expect(entries.length).toBeGreaterThan(40);
    const isParameter = ([key]: readonly [string, string]) =>
      /(?:^|: )(?:event_id|event_time|limited_data_use)$|\w\.\w/.test(key);
    for (const entry of entries) {
      const map = Object.fromEntries([entry]);
      const configuration = configure({
        accessToken: 'x',
        eventSetId: '1',
        ...(isParameter(entry) ? { parameterMappings: map } : { eventMappings: map }),
      });
      expect({ entry, configuration }).toEqual({
        entry,
        configuration: expect.objectContaining({ settings: expect.anything() }),
      });
    }
    expect(entries.filter((entry) => !isParameter(entry)).length).toBeGreaterThan(5);

    const expressions = table('Expression').flatMap(([cell = '']) => cell.split('`, `'));
    for (const text of expressions) {
      expect({ text, parsed: parseExpression(text.replaceAll('`', ''), 'event') }).toMatchObject({
        parsed: expect.any(Array),
      });
    }
  });

  test("every directive of Segment's mapping-kit, with how to say it here or why it is not needed", () => {
    const rows = table('Directive');
    expect(rows.map(([directive]) => directive)).toEqual([
      ...[
        '`@path`',
        '`@if` (exists)',
        '`@if` (blank)',
        '`@template`',
        '`@literal`',
        '`@arrayPath`',
        '`@case`',
      ],
      ...['`@replace`', '`@json`', '`@flatten`', '`@merge`', '`@liquid`', '`@excludeWhenNull`'],
    ]);
    for (const [directive, here = '', notes = ''] of rows) {
      expect({ directive, isExplained: notes.length > 20 }).toEqual({ directive, isExplained: true });
      const parsed = parseExpression(here.replaceAll('`', ''), 'event');
      // Without an expression, the notes say why none is needed.
      expect({ directive, parsed }).toEqual({
        directive,
        parsed: here === '' ? [] : [expect.anything(), ...(here.includes('??') ? [expect.anything()] : [])],
      });
      if (here === '') expect(notes).toMatch(/^Not needed: /);
    }
  });

  const withoutMarks = (row: readonly string[]) => row.map((cell) => cell.replaceAll('`', ''));
  test.each(['start', 'report', 'check', 'tester'])(
    'every option of %s, as its help does',
    async (name) => {
      const listed =
        name === 'tester'
          ? table('Option of the page').map(withoutMarks)
          : table('Option', 'Of')
              .map(withoutMarks)
              .filter(([, of = '']) => ['all', name].some((one) => of.split(', ').includes(one)));
      const { stdout } = await runCommand(name, ['--help']);
      const options = [...stdout.matchAll(/^ {2}(--[-\w]+(?: <[\w.]+>)?)/gm)].map(([, option]) => option);
      expect(options.length).toBeGreaterThan(2);
      expect(listed.map(([option]) => option)).toEqual(options);
    },
    30_000,
  );

  test('every command', () => {
    const listed = new Set([...documentation.matchAll(/`npm (?:run )?([\w:]+)`/g)].map(([, name]) => name));
    expect([...listed].sort()).toEqual(Object.keys(scripts).sort());
  });
});

type Provocation = [what: string, send: () => Promise<Call>];

describe('the table of messages', () => {
  const rows = table("In Segment's Event Delivery").map(([outcome = '', cell = '']) => ({
    outcome,
    message: new RegExp(
      `^${cell
        .slice(1, -1)
        .split('…')
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*')}$`,
      's',
    ),
  }));
  const matched = new Set<object>();
  let world: World;
  beforeEach(async () => {
    world = await createWorld({ time: createVirtualTime() });
  });
  afterEach(() => world.close());

  test.each<Provocation>([
    ['an event that is not mapped', () => world.send(track({ event: 'Video Playback Started' }))],
    [
      'an event that only the built-in destination sends by default',
      () => world.send(track({ event: 'Order Placed' })),
    ],
    ['an identify call', () => world.send({ type: 'identify' })],
    ['a delete call', () => world.send({ type: 'delete' })],
    [
      'an event that a condition does not hold for',
      () => world.send(track(), { eventMappings: { 'Order Completed': 'Purchase if properties.x = 1' } }),
    ],
    ['a track call without a name', () => world.send({ type: 'track' })],
    ['an event without email and phone', () => world.send(track({ properties: {} }))],
    [
      'a CRM event without email, phone and lead ID',
      () => world.send(track({ properties: {} }), { eventSource: 'crm' }),
    ],
    ['an unreadable time', () => world.send(track({ timestamp: 'last Tuesday' }))],
    ['missing settings', () => world.segment.send(track(), {})],
    ['malformed mappings', () => world.send(track(), { parameterMappings: { x: 'y' } })],
    ['a wrong token', () => world.send(track(), { accessToken: 'another' })],
    ['another event set', () => world.send(track(), { eventSetId: '1' })],
    ['words that name a setting', () => answered({ code: 40002, message: 'event_source_id: not valid' })],
    ...[40002, 40099, 40100, 40102, 50000].map<Provocation>((code) => [
      `code ${code}`,
      () => answered({ code }),
    ]),
    ...[400, 401, 403, 413, 422, 429, 503].map<Provocation>((status) => [
      `HTTP ${status}`,
      () => answered({ status, body: '' }),
    ]),
    ['a closed connection', () => answered({ reset: 'unread' })],
    ['an answer that breaks off', () => inOwnWorld({ fetch: answerThatBreaksOff })],
    ['a slow answer', () => answered({ delay: 5000 })],
    ["a fault of the function's own", () => inOwnWorld({ crypto: undefined })],
    ['a call that runs out of time', () => inOwnWorld({ Date: DateOfALongCall })],
  ])(
    'has a row for %s',
    async (_, send) => {
      const { outcome, error } = await send();
      const fitting = rows.filter((row) => row.outcome === outcome && row.message.test(error?.message ?? ''));
      expect({ outcome, message: error?.message, rows: fitting.length }).toMatchObject({ rows: 1 });
      fitting.forEach((row) => matched.add(row));
    },
    10_000,
  );

  test('has no row for a message that never comes', () => {
    expect(rows.filter((row) => !matched.has(row))).toEqual([]);
  });

  function answered(misbehaviour: Misbehaviour): Promise<Call> {
    world.tiktok.misbehave(misbehaviour);
    return world.send(track());
  }

  /** Sends an event where the runtime has other globals. */
  async function inOwnWorld(globals: WorldOptions['globals'] & object): Promise<Call> {
    const own = await createWorld({ globals });
    const call = await own.send(track());
    await own.close();
    return call;
  }
});

/** As node-fetch has it since 2.6.8; 2.6.0 does not notice it. */
const answerThatBreaksOff = () =>
  Promise.resolve({
    status: 200,
    text: () =>
      Promise.reject(Object.assign(new Error('Premature close'), { code: 'ERR_STREAM_PREMATURE_CLOSE' })),
  });

/** Each look at the clock is three seconds later. */
class DateOfALongCall extends Date {
  static looks = 0;
  static override now(): number {
    DateOfALongCall.looks += 1;
    return super.now() + DateOfALongCall.looks * 3000;
  }
}
