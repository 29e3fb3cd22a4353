// Destinations as the commands read them from the Public API.
import { expect, test } from '@jest/globals';
import { createPublicApi } from '../../../scripts/deploy/api';
import { startPublicApi, type LocalApiOptions, type Operation } from '../../support/public-api';

async function withApi(
  options: Partial<LocalApiOptions>,
  act: (
    api: Awaited<ReturnType<typeof startPublicApi>>,
    client: ReturnType<typeof createPublicApi>,
  ) => Promise<void>,
): Promise<void> {
  const api = await startPublicApi({ token: 'token', ...options });
  const client = createPublicApi(
    { base: api.url, token: 'token' },
    () => undefined,
    () => Promise.resolve(),
  );
  try {
    await act(api, client);
  } finally {
    await api.close();
  }
}

test('all pages of destinations and of mappings are read', () =>
  withApi({ pageLimit: 2 }, async (api, client) => {
    const names = ['One', 'Two', 'Three', 'Four', 'Five'];
    for (const name of names)
      api.addDestination({ name, subscriptions: names.map((one) => ({ name: one })) });
    const listed = await client.listDestinations();
    expect(listed.map(({ name }) => name)).toEqual(names);
    const [{ id } = { id: '' }] = listed;
    expect((await client.listSubscriptions(id)).map(({ name }) => name)).toEqual(names);
    expect([api.count('listDestinations'), api.count('listSubscriptions')]).toEqual([3, 3]);
  }));

test('an answer may leave out what is not needed, and hold more than is known', () =>
  withApi({}, async (api, client) => {
    const destination = {
      id: 'dst_1',
      enabled: true,
      sourceId: 'src_1',
      settings: { key: 1 },
      metadata: { id: 'mtd_1', name: 'Kind', options: null, news: true },
      news: true,
    };
    api.misbehave({ on: 'getDestination', body: JSON.stringify({ data: { destination } }), status: 200 });
    expect(await client.getDestination('dst_1')).toEqual({
      id: 'dst_1',
      enabled: true,
      sourceId: 'src_1',
      settings: { key: 1 },
      metadata: { id: 'mtd_1', name: 'Kind', options: [], actions: [] },
    });
  }));

test.each<[what: string, forbids: readonly Operation[], words: string]>([
  ['read', ['getDestination'], 'read the destination: HTTP 403: Insufficient permissions.'],
  ['list', ['listDestinations'], 'list the destinations: HTTP 403: Insufficient permissions.'],
])('a token that may not %s destinations: the message says which role it needs', (_, forbids, words) =>
  withApi({ forbids }, async (api, client) => {
    const { id } = api.addDestination({});
    const asked = forbids.includes('getDestination') ? client.getDestination(id) : client.listDestinations();
    await expect(asked).rejects.toThrow(
      `Segment did not ${words} The token in SEGMENT_PUBLIC_API_TOKEN may not do that: expected a token of this workspace with the role Workspace Owner, or Source Read-only or Source Admin.`,
    );
  }),
);

test('of an unknown destination the message says what to check', () =>
  withApi({}, async (_, client) => {
    await expect(client.getDestination('dst_none')).rejects.toThrow(
      'HTTP 404: destination dst_none was not found. Check the ID, and that the token is for the workspace that the destination is in.',
    );
  }));
