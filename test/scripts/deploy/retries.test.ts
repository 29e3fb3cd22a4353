// Requests that fail and may pass: how long the command waits, how often it tries again, and when it gives up.
import { expect, jest, test } from '@jest/globals';
import { createPublicApi } from '../../../scripts/deploy/api';
import { built, earlier, inWorkspace, outdated, running, saved, TOKEN } from '../../support/deploy';

test("rate limits and Segment's own trouble are waited for, as long as Segment asks", () =>
  inWorkspace(async ({ api, deploy, waits, savesDeploy }) => {
    const there = api.add(outdated);
    const limited = JSON.stringify({
      errors: [{ type: 'RequestError', message: 'Too many requests', data: { msBeforeNext: 7020 } }],
    });
    api.misbehave(
      { on: 'list', status: 429, body: limited },
      { on: 'get', status: 503, headers: { 'Retry-After': '1' }, body: '<html>' },
      { on: 'update', status: 502, isDone: true, headers: { 'Retry-After': new Date(0).toUTCString() } },
      { on: 'deploy', status: 429, headers: { 'Retry-After': '120' } },
    );
    const { status, stderr } = await deploy();
    expect([status, running(there), there.versions.length]).toEqual([0, built, 2]);
    // Where a save deploys, there is no call to deploy.
    expect(waits).toEqual([7020, 1000, 0, 120_000].slice(0, savesDeploy ? 3 : 4));
    expect(stderr.trimEnd().split('\n')).toEqual(
      [
        'Segment did not list the functions: HTTP 429: Too many requests. Trying again in 7.0 s (attempt 2 of 5) …',
        'Segment did not read the function: HTTP 503. Trying again in 1.0 s (attempt 2 of 5) …',
        'Segment did not save the function: HTTP 502: as instructed, for [token]. Trying again in 0.0 s (attempt 2 of 5) …',
        'Segment did not deploy the function: HTTP 429: as instructed, for [token]. Trying again in 120.0 s (attempt 2 of 5) …',
      ].slice(0, waits.length),
    );
  }));

test('a save whose answer is lost is not repeated', () =>
  inWorkspace(async ({ api, deploy }) => {
    const there = api.add(outdated);
    api.misbehave({ on: 'update', isDone: true, isCut: true });
    expect([(await deploy()).status, running(there)]).toEqual([0, built]);
    expect([api.count('update'), there.versions.length]).toEqual([1, 2]);
  }));

test('after five attempts, each reported with its number, it gives up, and changes nothing', () =>
  inWorkspace(async ({ api, deploy }) => {
    const there = api.add(outdated);
    api.misbehave(...Array.from({ length: 5 }, () => ({ on: 'update', status: 500 }) as const));
    const { status, stderr } = await deploy();
    expect([status, api.count('update'), saved(there)]).toEqual([1, 5, earlier]);
    expect(stderr.match(/attempt \d of \d/g)).toEqual(
      [2, 3, 4, 5].map((attempt) => `attempt ${attempt} of 5`),
    );
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(
      'error: Segment did not save the function: HTTP 500: as instructed, for [token]. Run it again.',
    );
  }));

test('if Segment asks to wait for longer than two minutes, it says for how long, and ends', () =>
  inWorkspace(async ({ api, deploy, waits }) => {
    api.misbehave({ on: 'list', status: 429, headers: { 'Retry-After': '600' } });
    const { status, stderr } = await deploy();
    expect({ status, stderr, waits }).toEqual({
      status: 1,
      stderr:
        'error: Segment did not list the functions: HTTP 429: as instructed, for [token]. Run it again in 10 minutes.\n',
      waits: [],
    });
  }));

test.each([
  ['ENOTFOUND', 1, 0],
  ['EAI_AGAIN', 5, 4],
  ['ECONNREFUSED', 5, 4],
])('a host that is out of reach with %s is tried %d times', async (code, attempts, waits) => {
  const fetch = jest
    .spyOn(globalThis, 'fetch')
    .mockRejectedValue(
      new TypeError('fetch failed', { cause: Object.assign(new Error('getaddrinfo'), { code }) }),
    );
  const notices: string[] = [];
  const api = createPublicApi(
    { base: 'https://api.example.com', token: TOKEN },
    (notice) => notices.push(notice),
    () => Promise.resolve(),
  );
  const error = await api.getFunction('dfn_1').catch((reason: unknown) => reason);
  expect([fetch.mock.calls.length, notices.length]).toEqual([attempts, waits]);
  fetch.mockRestore();
  expect(error).toMatchObject({
    message:
      code === 'ENOTFOUND'
        ? 'The name api.example.com cannot be resolved (ENOTFOUND). Check the network, and SEGMENT_PUBLIC_API_URL if it is set.'
        : `https://api.example.com did not answer (${code}). Check the network, and run it again.`,
  });
});
