// The local Public API refuses what Segment's refuses: otherwise the tests against it would prove nothing.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  startPublicApi,
  type LocalApi,
  type LocalApiOptions,
  type StoredDestination,
  type StoredFunction,
} from './public-api';
import type { WorkspaceOptions } from './public-api/workspace';

const V1 = 'application/vnd.segment.v1+json';
const ALPHA = 'application/vnd.segment.v1alpha+json';
const SETTING = {
  name: 'one',
  label: 'One',
  type: 'STRING',
  description: '',
  required: true,
  sensitive: false,
} as const;
const CREATED = { code: 'code', displayName: 'Name', resourceType: 'DESTINATION', settings: [SETTING] };

let api: LocalApi;
let there: StoredFunction;
let connected: StoredDestination;
beforeAll(async () => {
  api = await startPublicApi({ token: 'token' });
  there = api.add({ displayName: 'There' });
  connected = addConnected(api);
});
afterAll(() => api.close());

const OPTIONS = [
  { name: 'key', label: 'Key', type: 'STRING', required: true, sensitive: true },
  { name: 'map', label: 'Map', type: 'TEXT_MAP', required: false, sensitive: false },
  { name: 'on', label: 'On', type: 'BOOLEAN', required: false, sensitive: false },
];
const STORED = { key: '0123456789', map: { a: 'b' } };
const addConnected = ({ addDestination }: LocalApi) =>
  addDestination({
    metadata: { id: 'mtd_1', name: 'Kind', slug: 'kind', options: OPTIONS, actions: [] },
    settings: STORED,
    subscriptions: [{ name: 'One' }, { name: 'Two', enabled: false }],
  });

const ask = (method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) =>
  askAt(
    api.url,
    method,
    path
      .replace('DST', connected.id)
      .replace('ID', there.id)
      .replace('VERSION', there.versions[0]?.id ?? ''),
    body,
    headers,
  );

async function askAt(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly answer: unknown }> {
  const response = await fetch(url + path, {
    method,
    headers: {
      Authorization: 'Bearer token',
      Accept: V1,
      ...(body !== undefined && { 'Content-Type': V1 }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, answer: await response.json() };
}

const LIST = '/functions?resourceType=DESTINATION&pagination.count=10';
const SUBSCRIPTIONS = '/destinations/DST/subscriptions?pagination.count=10';
const alpha = { Accept: ALPHA, 'Content-Type': ALPHA };

test.each<[what: string, request: Parameters<typeof ask>, status: number, field: string | undefined]>([
  ['another token', ['GET', LIST, undefined, { Authorization: 'Bearer other' }], 401, undefined],
  ['a token without its scheme', ['GET', LIST, undefined, { Authorization: 'token' }], 401, undefined],
  ['another path', ['GET', '/function'], 404, undefined],
  ['another method', ['PUT', '/functions/ID'], 404, undefined],
  ['an unknown function', ['GET', '/functions/dfn_none'], 404, undefined],
  ['an unknown version', ['GET', '/functions/ID/versions/none', undefined, alpha], 404, undefined],
  ['an alpha operation without its media type', ['GET', '/functions/ID/versions/VERSION'], 406, undefined],
  [
    'a body of another type',
    ['POST', '/functions', CREATED, { 'Content-Type': 'text/plain' }],
    415,
    undefined,
  ],
  [
    'a body of an alpha operation with another type',
    ['POST', '/functions/ID/versions', {}, { ...alpha, 'Content-Type': V1 }],
    415,
    undefined,
  ],
  ['a body that is not JSON', ['POST', '/functions', '{'], 422, undefined],
  ['a body for an operation that takes none', ['POST', '/functions/ID/deploy', {}], 422, undefined],
  ['a missing field', ['POST', '/functions', { ...CREATED, code: undefined }], 422, 'code'],
  [
    'an unknown resource type',
    ['POST', '/functions', { ...CREATED, resourceType: 'OTHER' }],
    422,
    'resourceType',
  ],
  ['an unknown field', ['POST', '/functions', { ...CREATED, id: 'dfn_1' }], 422, ''],
  ['an unknown field in an update', ['PATCH', '/functions/ID', { resourceType: 'DESTINATION' }], 422, ''],
  [
    'an unknown field of a setting',
    ['PATCH', '/functions/ID', { settings: [{ ...SETTING, value: 1 }] }],
    422,
    'settings.0',
  ],
  [
    'an unknown type of a setting',
    ['PATCH', '/functions/ID', { settings: [{ ...SETTING, type: 'MAP' }] }],
    422,
    'settings.0.type',
  ],
  ['a restore without a version', ['POST', '/functions/ID/versions', {}, alpha], 422, 'versionId'],
  ['a list without a resource type', ['GET', '/functions?pagination.count=10'], 422, 'resourceType'],
  ['a list without a count', ['GET', '/functions?resourceType=DESTINATION'], 422, 'pagination.count'],
  ['too large a page', ['GET', `${LIST}00000`], 422, 'pagination.count'],
  ['a cursor that was not given out', ['GET', `${LIST}&pagination.cursor=x`], 422, 'pagination.cursor'],
  ['an unknown parameter', ['GET', `${LIST}&page=2`], 422, ''],
  ['an unknown destination', ['GET', '/destinations/dst_none'], 404, undefined],
  ['destinations without a count', ['GET', '/destinations'], 422, 'pagination.count'],
  ['mappings without their media type', ['GET', SUBSCRIPTIONS], 406, undefined],
  [
    'mappings of no destination',
    ['GET', '/destinations/dst_none/subscriptions', undefined, alpha],
    404,
    undefined,
  ],
  ['an unknown field of a destination', ['PATCH', '/destinations/DST', { sourceId: 'src_2' }], 422, ''],
  ['settings as a list', ['PATCH', '/destinations/DST', { settings: [] }], 422, 'settings'],
  [
    'an unknown setting',
    ['PATCH', '/destinations/DST', { settings: { ...STORED, other: '1' } }],
    422,
    'settings.other',
  ],
  [
    'a text in place of a map',
    ['PATCH', '/destinations/DST', { settings: { ...STORED, map: 'a' } }],
    422,
    'settings.map',
  ],
  [
    'a text in place of yes or no',
    ['PATCH', '/destinations/DST', { settings: { ...STORED, on: 'true' } }],
    422,
    'settings.on',
  ],
  [
    'an empty required setting',
    ['PATCH', '/destinations/DST', { settings: { key: '' } }],
    422,
    'settings.key',
  ],
  [
    'a masked value',
    ['PATCH', '/destinations/DST', { settings: { key: '••••••••••6789' } }],
    422,
    'settings.key',
  ],
])('%s is refused', async (_, request, status, field) => {
  const stored = () => JSON.stringify([api.functions, api.destinations]);
  const before = stored();
  expect(await ask(...request)).toEqual({
    status,
    answer: {
      errors: [{ type: 'bad-request', message: expect.any(String), ...(field !== undefined && { field }) }],
    },
  });
  expect(stored()).toBe(before);
});

/** A workspace of its own in which Segment behaves in one of its ways. */
async function inWay(
  way: WorkspaceOptions,
  act: (
    ask: (method: string, path: string, body?: object) => Promise<unknown>,
    shows: (state: object) => Promise<void>,
  ) => Promise<void>,
): Promise<void> {
  const own = await startPublicApi({ token: 'token', ...way });
  const { id, versions } = own.add({ displayName: 'There', code: 'first' });
  const askHere = async (method: string, path: string, body?: object) => {
    const answered = await askAt(
      own.url,
      method,
      path.replace('ID', id),
      body && JSON.parse(JSON.stringify(body).replace('VERSION', versions[0]?.id ?? '')),
      path.includes('versions') ? alpha : {},
    );
    return answered.answer;
  };
  await act(askHere, async (state) => {
    expect(await askHere('GET', '/functions/ID')).toMatchObject({ data: { function: state } });
  });
  await own.close();
}

test('where a call deploys, a save and a restore make a version that is not deployed, and the call deploys the latest', () =>
  inWay({ deploysOn: 'call' }, async (ask, shows) => {
    await ask('PATCH', '/functions/ID', { code: 'second' });
    await shows({ code: 'second', isLatestVersion: false });
    await ask('POST', '/functions/ID/deploy');
    await shows({ code: 'second', isLatestVersion: true });
    await ask('PATCH', '/functions/ID', { settings: [SETTING] });
    await shows({ isLatestVersion: true });
    await ask('PATCH', '/functions/ID', { code: 'second', settings: [] });
    await shows({ code: 'second', isLatestVersion: false });
    await ask('POST', '/functions/ID/versions', { versionId: 'VERSION' });
    await shows({ code: 'first', isLatestVersion: false });
    expect(await ask('GET', '/functions/ID/versions?pagination.count=10')).toMatchObject({
      data: {
        versions: [
          { code: 'first', isDeployed: false },
          { code: 'second', isDeployed: true },
          { code: 'second', isDeployed: false },
          { code: 'first', isDeployed: false },
        ],
      },
    });
    const created = await ask('POST', '/functions', CREATED);
    expect(created).toMatchObject({ data: { function: { deployedAt: null, isLatestVersion: false } } });
  }));

test('where a save deploys, so do a restore and a create, and the call is refused', () =>
  inWay({ deploysOn: 'save' }, async (ask, shows) => {
    await shows({ deployedAt: '2026-11-20T10:02:00.000Z' });
    await ask('PATCH', '/functions/ID', { code: 'second' });
    await shows({ code: 'second', isLatestVersion: true, deployedAt: '2026-11-20T10:04:00.000Z' });
    await ask('POST', '/functions/ID/versions', { versionId: 'VERSION' });
    await shows({ code: 'first', isLatestVersion: true, deployedAt: '2026-11-20T10:06:00.000Z' });
    expect(await ask('POST', '/functions/ID/deploy')).toEqual({
      errors: [{ type: 'bad-request', message: 'only applicable to Source Function instances' }],
    });
    const created = await ask('POST', '/functions', CREATED);
    expect(created).toMatchObject({ data: { function: { isLatestVersion: true } } });
  }));

test.each(['save', 'call'] as const)(
  'a %s that deploys may be shown as such two readings late',
  (deploysOn) =>
    inWay({ deploysOn, readsUntilShown: 2 }, async (ask, shows) => {
      await ask('PATCH', '/functions/ID', { code: 'second' });
      if (deploysOn === 'call') await ask('POST', '/functions/ID/deploy');
      const before = { code: 'second', isLatestVersion: false, deployedAt: '2026-11-20T10:02:00.000Z' };
      await shows(before);
      expect(await ask('GET', '/functions/ID/versions?pagination.count=10')).toMatchObject({
        data: { versions: [{ isDeployed: true }, { isDeployed: false }] },
      });
      await shows(before);
      await shows({ isLatestVersion: true, deployedAt: '2026-11-20T10:04:00.000Z' });
    }),
);

test("the workspace's name is appended to a Destination Function's name", async () => {
  const { answer } = await ask('POST', '/functions', CREATED);
  expect(answer).toMatchObject({ data: { function: { displayName: 'Name (Example)' } } });
  expect((await ask('GET', '/')).answer).toMatchObject({ data: { workspace: { name: 'Example' } } });
});

/** Asks about a destination in a workspace of its own in which Segment behaves in one of its ways. */
async function atDestination(
  way: Omit<LocalApiOptions, 'token'>,
  act: (
    ask: (method: string, path: string, body?: object) => ReturnType<typeof askAt>,
    connected: StoredDestination,
  ) => Promise<void>,
): Promise<void> {
  const own = await startPublicApi({ token: 'token', ...way });
  const there = addConnected(own);
  await act(
    (method, path, body) =>
      askAt(
        own.url,
        method,
        path.replace('DST', there.id),
        body,
        path.includes('subscriptions') ? alpha : {},
      ),
    there,
  );
  await own.close();
}

test.each([
  ['merge', { key: '0123456789', map: { a: 'b' }, on: true }],
  ['replace', { key: '0123456789', on: true }],
] as const)('a save of settings may %s them', (saves, stored) =>
  atDestination({ saves }, async (ask, connected) => {
    const settings = { key: '0123456789', on: true };
    expect((await ask('PATCH', '/destinations/DST', { settings })).status).toBe(200);
    expect(connected.settings).toEqual(stored);
  }),
);

test('a save may be answered like any other, and save nothing', () =>
  atDestination({ ignoresSaves: true }, async (ask, connected) => {
    const settings = { key: 'other' };
    expect((await ask('PATCH', '/destinations/DST', { settings })).status).toBe(200);
    expect(connected.settings).toEqual(STORED);
  }));

test.each([
  ['clear', { key: '0123456789', map: { a: 'b' } }],
  ['nothing', { map: { a: 'b' } }],
  ['bullets', { key: '••••••••••6789', map: { a: 'b' } }],
  ['stars', { key: '****6789', map: { a: 'b' } }],
] as const)('a sensitive setting may be shown as %s', (shows, settings) =>
  atDestination({ shows }, async (ask) => {
    const { answer } = await ask('GET', '/destinations/DST');
    expect(answer).toHaveProperty('data.destination.settings', settings);
  }),
);

test.each([
  ['getDestination', 'GET', '/destinations/DST'],
  ['updateDestination', 'PATCH', '/destinations/DST'],
  ['listSubscriptions', 'GET', SUBSCRIPTIONS],
] as const)('a token that may not do it is refused: %s', (operation, method, path) =>
  atDestination({ forbids: [operation] }, async (ask, connected) => {
    const body = method === 'PATCH' ? { settings: {} } : undefined;
    expect((await ask(method, path, body)).status).toBe(403);
    expect(connected.settings).toEqual(STORED);
  }),
);

test('destinations and their mappings come in pages', () =>
  atDestination({ pageLimit: 1 }, async (ask) => {
    const { answer } = await ask('GET', SUBSCRIPTIONS);
    expect(answer).toMatchObject({
      data: {
        subscriptions: [{ name: 'One', enabled: true }],
        pagination: { next: 'MQ==', totalEntries: 2 },
      },
    });
    const last = await ask('GET', `${SUBSCRIPTIONS}&pagination.cursor=MQ==`);
    expect(last.answer).toMatchObject({
      data: { subscriptions: [{ name: 'Two', enabled: false }], pagination: { totalEntries: 2 } },
    });
    expect((await ask('GET', '/destinations?pagination.count=10')).answer).toMatchObject({
      data: { destinations: [{ sourceId: 'src_00000001', metadata: { name: 'Kind' } }] },
    });
  }));
