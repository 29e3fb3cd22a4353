// npm run report -- --compare: what would change under other settings, and nothing else.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createFolder } from '../../support/command';
import { SETTINGS, track } from '../../support/world';
import { compare, compareAsJson, lines } from './commands';

let files: ReturnType<typeof createFolder>;
beforeAll(() => {
  files = createFolder();
});
afterAll(() => {
  files.remove();
});

/** Compares the tests' settings, changed by each of these, for some events. */
async function compareChanges(before: object, after: object, events: readonly unknown[]) {
  const settings = (name: string, change: object) =>
    files.file(name, JSON.stringify({ ...SETTINGS, ...change }));
  const name = files.file('events.ndjson', lines(events));
  const { comparison, ...rest } = await compareAsJson(
    [name],
    settings('before.json', before),
    settings('after.json', after),
  );
  const example = (line: number, messageId: string) => ({ at: `${name}:${line}`, messageId });
  return { ...rest, ...comparison, example };
}

const order = (messageId: string, properties: object = {}) =>
  track({ messageId, properties: { email: 'jane@example.com', ...properties } });
const eventMappings = (map: object) => ({ eventMappings: map });
const parameterMappings = (map: object) => ({ parameterMappings: map });

describe('an event that', () => {
  test.each<[what: string, before: object, after: object, change: object]>([
    [
      'becomes another conversion',
      {},
      eventMappings({ 'Order Completed': 'CompletePayment' }),
      {
        change: 'other_conversions',
        before: { fate: 'delivered', conversions: ['Purchase'] },
        after: { fate: 'delivered', conversions: ['CompletePayment'] },
      },
    ],
    [
      'becomes an additional conversion',
      {},
      eventMappings({ 'Order Completed': 'Purchase, first_purchase' }),
      {
        change: 'other_conversions',
        before: { fate: 'delivered', conversions: ['Purchase'] },
        after: { fate: 'delivered', conversions: ['Purchase', 'first_purchase'] },
      },
    ],
    [
      'becomes one conversion fewer',
      eventMappings({ 'Order Completed': 'Purchase, first_purchase' }),
      {},
      {
        change: 'other_conversions',
        before: { fate: 'delivered', conversions: ['Purchase', 'first_purchase'] },
        after: { fate: 'delivered', conversions: ['Purchase'] },
      },
    ],
    [
      'was not mapped is newly sent',
      eventMappings({ 'Order Completed': '' }),
      {},
      {
        change: 'newly_sent',
        before: { fate: 'unsupported', conversions: [] },
        after: { fate: 'delivered', conversions: ['Purchase'] },
      },
    ],
    [
      'was refused is newly sent',
      parameterMappings({ 'user.email': 'properties.mail' }),
      {},
      {
        change: 'newly_sent',
        before: { fate: 'discarded', conversions: [] },
        after: { fate: 'delivered', conversions: ['Purchase'] },
      },
    ],
    [
      'is no longer mapped is newly left out',
      {},
      eventMappings({ 'Order Completed': 'Purchase if properties.channel = "store"' }),
      {
        change: 'newly_left_out',
        before: { fate: 'delivered', conversions: ['Purchase'] },
        after: { fate: 'unsupported', conversions: [] },
      },
    ],
    [
      'is refused in part is newly refused, and says what is still sent',
      eventMappings({ Big: 'big_order if event = "Order Completed"' }),
      {
        ...eventMappings({ Big: 'big_order if event = "Order Completed"' }),
        ...parameterMappings({ 'Big: user.email': 'properties.mail' }),
      },
      {
        change: 'newly_refused',
        before: { fate: 'delivered', conversions: ['Purchase', 'big_order'] },
        after: { fate: 'discarded', conversions: ['Purchase'] },
      },
    ],
  ])('%s, with its name, their number and an example', async (_, before, after, change) => {
    const found = await compareChanges(before, after, [
      track({ event: 'Video Playback Started' }),
      order('first'),
      order('second'),
    ]);
    expect(found).toMatchObject({ status: 0, stderr: '', events: 3, changed: 2 });
    expect(found.outcomes).toEqual([
      { name: 'Order Completed', ...change, count: 2, example: found.example(2, 'first') },
    ]);
  });
});

test('an event that is newly refused comes with the reason', async () => {
  const found = await compareChanges({}, parameterMappings({ 'user.email': 'properties.mail' }), [
    order('first', { mail: 'not an address' }),
  ]);
  expect(found.outcomes).toMatchObject([{ change: 'newly_refused', count: 1 }]);
  expect(found.reasons).toMatchObject([
    {
      reason: 'no_contact',
      problem: 'TikTok needs a valid email address or phone number.',
      flaws: expect.arrayContaining([
        { parameter: 'user.email', source: 'properties.mail', flaw: 'not an email address', count: 1 },
      ]),
      example: found.example(1, 'first'),
    },
  ]);
});

const PRODUCTS = [
  { product_id: 'a', name: 'Jacket', price: 10, net: 8 },
  { product_id: 'b', name: 'Socks', price: 5, net: 4 },
];

describe('a parameter that', () => {
  test.each<[what: string, before: object, after: object, properties: object, changes: readonly object[]]>([
    [
      'is newly sent',
      {},
      parameterMappings({ 'properties.currency': 'properties.currency ?? "EUR"' }),
      {},
      [{ parameter: 'properties.currency', change: 'newly_sent', after: '"EUR"' }],
    ],
    [
      'comes from elsewhere',
      {},
      parameterMappings({ 'properties.value': 'properties.net ?? properties.total' }),
      { total: 12, net: 10 },
      [
        {
          parameter: 'properties.value',
          change: 'changed',
          before: 'properties.total',
          after: 'properties.net',
        },
      ],
    ],
    [
      'is no longer mapped',
      {},
      parameterMappings({ 'properties.value': '' }),
      { total: 12 },
      [
        {
          parameter: 'properties.value',
          change: 'newly_left_out',
          before: 'properties.total',
          flaw: 'not mapped',
        },
      ],
    ],
    [
      'is mapped to what is absent',
      {},
      parameterMappings({ 'properties.value': 'properties.net' }),
      { total: 12 },
      [
        {
          parameter: 'properties.value',
          change: 'newly_left_out',
          before: 'properties.total',
          flaw: '"properties.net" is absent',
        },
      ],
    ],
    [
      'is mapped to what cannot be sent',
      {},
      parameterMappings({ 'properties.value': 'properties.net' }),
      { total: 12, net: '1,250' },
      [
        {
          parameter: 'properties.value',
          change: 'newly_left_out',
          before: 'properties.total',
          flaw: '"properties.net" is an amount that could be read in two ways, such as "1,250"',
        },
      ],
    ],
    [
      'was not sent, and is newly mapped to what cannot be',
      {},
      parameterMappings({ 'user.ip': 'properties.address' }),
      { address: 'somewhere' },
      [
        {
          parameter: 'user.ip',
          change: 'newly_left_out',
          flaw: '"properties.address" is not an IP address',
        },
      ],
    ],
    [
      'has a source before it that is passed over',
      {},
      parameterMappings({ 'properties.value': 'properties.net ?? properties.total' }),
      { total: 12, net: 'n/a' },
      [
        {
          parameter: 'properties.value',
          change: 'newly_left_out',
          before: 'properties.total',
          after: 'properties.total',
          flaw: '"properties.net" is only a placeholder',
        },
      ],
    ],
    [
      'is read in another way from the same source',
      { defaultCountry: 'US' },
      { defaultCountry: 'CA', ...parameterMappings({ 'user.phone.country': '"GB"' }) },
      { phone: '020 7946 0958' },
      [{ parameter: 'user.phone', change: 'newly_sent', after: 'properties.phone' }],
    ],
    [
      'comes from a setting',
      {},
      { limitedDataUse: true },
      {},
      [{ parameter: 'limited_data_use', change: 'newly_sent', after: 'the setting Limited Data Use: true' }],
    ],
    [
      'comes from a setting that says something else',
      { limitedDataUse: false },
      { limitedDataUse: true },
      {},
      [
        {
          parameter: 'limited_data_use',
          change: 'changed',
          before: 'the setting Limited Data Use: false',
          after: 'the setting Limited Data Use: true',
        },
      ],
    ],
    [
      'no longer comes from a setting',
      { limitedDataUse: true },
      {},
      {},
      [
        {
          parameter: 'limited_data_use',
          change: 'newly_left_out',
          before: 'the setting Limited Data Use: true',
          flaw: '"properties.limited_data_use ?? the setting Limited Data Use" is absent',
        },
      ],
    ],
    [
      'is one of the products',
      {},
      parameterMappings({
        'properties.contents.price': 'net',
        'properties.contents.content_name': '',
        'properties.contents.brand': '"Example"',
      }),
      { products: PRODUCTS },
      [
        {
          parameter: 'properties.contents.content_name',
          change: 'newly_left_out',
          before: 'name',
          flaw: 'not mapped',
        },
        { parameter: 'properties.contents.price', change: 'changed', before: 'price', after: 'net' },
        { parameter: 'properties.contents.brand', change: 'newly_sent', after: '"Example"' },
      ],
    ],
    [
      'is a list of other products is one change, not one of each of their fields',
      {},
      parameterMappings({ 'properties.contents': 'properties.lines' }),
      { products: PRODUCTS, lines: PRODUCTS.slice(1) },
      [
        {
          parameter: 'properties.contents',
          change: 'changed',
          before: 'properties.products',
          after: 'properties.lines',
        },
      ],
    ],
    [
      'is of a conversion that is renamed, too',
      {},
      {
        ...eventMappings({ 'Order Completed': 'Lead' }),
        ...parameterMappings({ 'properties.currency': '"EUR"' }),
      },
      {},
      [{ conversion: 'Lead', parameter: 'properties.currency', change: 'newly_sent', after: '"EUR"' }],
    ],
  ])('%s', async (_, before, after, properties, changes) => {
    const found = await compareChanges(before, after, [
      track({ event: 'Video Playback Started' }),
      order('first', properties),
      order('second', properties),
    ]);
    expect(found).toMatchObject({ status: 0, stderr: '', changed: 2 });
    expect(found.parameters).toHaveLength(changes.length);
    expect(found.parameters).toEqual(
      expect.arrayContaining(
        changes.map((change) => ({
          conversion: 'Purchase',
          ...change,
          count: 2,
          example: found.example(2, 'first'),
        })),
      ),
    );
  });
});

test('of a lead ID, that a CRM event set has it in another place', async () => {
  const found = await compareChanges({}, { eventSource: 'crm' }, [order('first', { lead_id: 'lead-1' })]);
  expect(found.requests).toEqual([{ setting: 'Event Source', before: 'offline', after: 'crm' }]);
  expect(found.parameters).toMatchObject([
    { parameter: 'user.lead_id', change: 'newly_left_out' },
    { parameter: 'lead.lead_id', change: 'newly_sent' },
  ]);
});

test('what stands in every request', async () => {
  const found = await compareChanges({}, { eventSetId: '2', testEventCode: 'TEST1' }, [order('first')]);
  expect(found).toMatchObject({
    changed: 0,
    requests: [
      { setting: 'Event Set ID', before: SETTINGS.eventSetId, after: '2' },
      { setting: 'Test Event Code', before: '', after: 'TEST1' },
    ],
  });
});

test('nothing of what is the same: another token, another order of names, an entry that says what a default says', async () => {
  const name = files.file(
    'same.ndjson',
    lines([order('first'), track({ timestamp: undefined }), track({ properties: {} })]),
  );
  const { status, stdout } = await compare(
    [name],
    files.file(
      'a.json',
      JSON.stringify({ ...SETTINGS, ...eventMappings({ 'Order Completed': 'Purchase, extra' }) }),
    ),
    files.file(
      'b.json',
      JSON.stringify({
        ...SETTINGS,
        accessToken: 'another-token-of-the-tests',
        ...eventMappings({ 'order completed': 'extra, Purchase', 'Signed Up': 'CompleteRegistration' }),
      }),
    ),
  );
  expect(status).toBe(0);
  expect(stdout.trimEnd().split('\n').slice(2)).toEqual(['', 'Nothing would change for 3 events.']);
});

describe('to a person', () => {
  const EVENTS = [
    order('first', { total: 12, currency: 'EUR' }),
    track({ event: 'Store Visit' }),
    track({ event: 'Signed Up', messageId: 'jane@example.com' }),
  ];
  const AFTER = {
    ...eventMappings({ 'Store Visit': 'FindLocation' }),
    ...parameterMappings({
      'properties.value': 'properties.net ?? "7"',
      'Signed Up: user.email': 'properties.mail',
    }),
  };

  test('the tables, the reasons and one line, and nothing personal', async () => {
    const before = files.file('before.json', JSON.stringify(SETTINGS));
    const after = files.file('after.json', JSON.stringify({ ...SETTINGS, ...AFTER, eventSetId: '2' }));
    const name = files.file('person.ndjson', lines(EVENTS));
    const { status, stdout, stderr } = await compare([name], before, after);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(
      `${name}: before with the settings of ${before}, after with those of ${after}.\n`,
    );
    expect(stdout).toMatch(/\| Event Set ID +\| 7000000000000000001 +\| 2 +\|/);
    expect(stdout).toMatch(
      /\| Store Visit +\| newly sent +\| +1 \| unsupported +\| FindLocation +\| \S+:2 +\|/,
    );
    expect(stdout).toMatch(
      /\| Signed Up +\| newly refused +\| +1 \| CompleteRegistration +\| discarded +\| \S+:3 +\|/,
    );
    expect(stdout).toMatch(/\n1 newly discarded\n {4}TikTok needs a valid email address or phone number\./);
    expect(stdout).toContain('message [email]');
    expect(stdout).toMatch(
      /\| Purchase +\| properties\.value +\| changed +\| +1 \| properties\.total +\| "7" +\| \S+:1 +\|/,
    );
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('3 of 3 events would change.');
    expect(stdout).not.toContain('jane@');
  });

  test('only what stands in every request', async () => {
    const before = files.file('before.json', JSON.stringify(SETTINGS));
    const after = files.file('after.json', JSON.stringify({ ...SETTINGS, eventSetId: '2' }));
    const { stdout } = await compare([files.file('person.ndjson', lines(EVENTS))], before, after);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      'Only what stands in every request would change, for 3 events.',
    );
  });
});

describe('what is wrong', () => {
  test('with both settings is said at once, with the file, before any event is read', async () => {
    const before = files.file('before.json', JSON.stringify({ accessToken: 'x' }));
    const after = files.file(
      'after.json',
      JSON.stringify({ ...SETTINGS, ...eventMappings({ Visit: 'Purchase if' }) }),
    );
    const { status, stdout, stderr } = await compare(['no-such-file'], before, after);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      /^error: \S*before\.json: Event Set ID is missing; \S*after\.json: Event Mappings, entry "Visit": .*\n$/,
    );
  });

  test.each([
    ['before', 0],
    ['after', 1],
  ])('with the settings %s alone names only those', async (_, wrong) => {
    const settings = [0, 1].map((index) =>
      files.file(`${index}.json`, JSON.stringify(index === wrong ? {} : SETTINGS)),
    );
    const [before = '', after = ''] = settings;
    const { stderr } = await compare(['no-such-file'], before, after);
    expect(stderr).toMatch(
      new RegExp(`^error: \\S*/${wrong}\\.json: Access Token is missing; Event Set ID is missing\\n$`),
    );
  });

  test('and works is a warning that names the file', async () => {
    const good = files.file('good.json', JSON.stringify(SETTINGS));
    const odd = files.file('odd.json', JSON.stringify({ ...SETTINGS, defaultCountri: 'US' }));
    const name = files.file('one.ndjson', lines([order('first')]));
    const warning =
      /^warning: \S*odd\.json: "defaultCountri" is not a setting, so it is ignored; did you mean defaultCountry\?\n$/;
    expect((await compare([name], good, odd)).stderr).toMatch(warning);
    expect((await compare([name], odd, good)).stderr).toMatch(warning);
  });

  test('with an entry of a file is reported with its place, and the exit code is 1', async () => {
    const settings = files.file('good.json', JSON.stringify(SETTINGS));
    const name = files.file('bad.ndjson', `${lines([order('first')])}{"type": }\n`);
    const { status, stdout } = await compare([name], settings, settings);
    expect(status).toBe(1);
    expect(stdout).toMatch(/1 entry is not an event, and was skipped\n {4}\S*bad\.ndjson:2:10: bad JSON/);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('Nothing would change for 1 event.');
  });

  test('with the rest of a file: what would change for the events before it, and exit code 2', async () => {
    const before = files.file('before.json', JSON.stringify(SETTINGS));
    const after = files.file('after.json', JSON.stringify({ ...SETTINGS, limitedDataUse: true }));
    const name = files.file('cut.json', JSON.stringify([order('first'), order('second')]).slice(0, -1));
    const { status, stdout, stderr } = await compare([name], before, after);
    expect(status).toBe(2);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('2 of 2 events would change.');
    expect(stderr).toMatch(/^error: \S*cut\.json:1:\d+: bad JSON/);
  });
});

test('of very many changes it shows the first, and which command shows all', async () => {
  const names = Array.from({ length: 21 }, (_, index) => `Visit ${index}`);
  const mappings = eventMappings(Object.fromEntries(names.map((name) => [name, 'FindLocation'])));
  const { stdout } = await compare(
    [files.file('many.ndjson', lines(names.map((event) => track({ event }))))],
    files.file('before.json', JSON.stringify(SETTINGS)),
    files.file('after.json', JSON.stringify({ ...SETTINGS, ...mappings })),
  );
  expect(stdout.match(/newly sent/g)).toHaveLength(20);
  expect(stdout).toContain('\n… and 1 more, which npm run report -- --json shows.\n');
});

test.each([1, 3, 20])('in batches of %i it is the same', async (batch) => {
  const before = files.file('before.json', JSON.stringify(SETTINGS));
  const after = files.file(
    'after.json',
    JSON.stringify({ ...SETTINGS, ...parameterMappings({ 'user.email': 'properties.mail' }) }),
  );
  const events = [
    order('1'),
    order('2', { mail: 'joe@example.com' }),
    track({ event: 'X' }),
    track({ integrations: { All: false } }),
    order('3', { phone: '+1 415 555 0100' }),
  ];
  const { stdout } = await compare([files.file('batch.ndjson', lines(events))], before, after, { batch });
  expect(stdout).toMatch(/\| Order Completed \| newly refused \| +1 \| Purchase \| discarded \| \S+:1 \|/);
  expect(stdout).toMatch(
    /\| Purchase +\| user\.email +\| changed +\| +1 \| properties\.email \| properties\.mail \| \S+:2 +\|/,
  );
  expect(stdout).toMatch(
    /\| Purchase +\| user\.email +\| newly left out: "properties\.mail" is absent +\| +1 \|/,
  );
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('3 of 5 events would change.');
});
