// What a deploy would change, and the small readings around it.
import { describe, expect, test } from '@jest/globals';
import { describeBuild, isSameCode, readBuild, stamp, title } from '../../../scripts/bundle/build-id';
import type { Setting } from '../../../scripts/deploy/api';
import { readConnection } from '../../../scripts/deploy/connection';
import { isDeployed, isLatestDeployed, planUpdate, withName } from '../../../scripts/deploy/plan';
import { readRetryAfter } from '../../../scripts/deploy/retry';

const setting = (name: string, change: Partial<Setting> = {}): Setting => ({
  name,
  label: name.toUpperCase(),
  type: 'STRING',
  description: 'What it is.',
  required: false,
  sensitive: false,
  ...change,
});
const [a, b, c] = [setting('a'), setting('b'), setting('c')];
const DEPLOYED = { deployedAt: '2026-11-20T10:15:00Z', isLatestVersion: true };

interface Given {
  readonly code?: string;
  readonly settings?: readonly Setting[];
  readonly removeSettings?: boolean;
  readonly isLatestVersion?: boolean;
}
interface Expected {
  readonly added?: readonly string[];
  readonly changed?: readonly string[];
  readonly removed?: readonly string[];
  readonly kept?: readonly string[];
  readonly change?: object;
  readonly isToDeploy?: boolean;
}

test.each<[what: string, there: Given, wanted: Given, expected: Expected]>([
  ['the same: nothing', {}, {}, {}],
  ['other line ends: nothing', { code: 'one\r\ntwo\r\n\n' }, { code: 'one\ntwo' }, {}],
  ['another order of settings: nothing', { settings: [b, a] }, { settings: [a, b] }, {}],
  [
    'another code: saved alone',
    { code: 'one' },
    { code: 'two' },
    { change: { code: 'two' }, isToDeploy: true },
  ],
  ['saved, never deployed: deployed', { isLatestVersion: false }, {}, { isToDeploy: true }],
  [
    'a new setting: all are saved, in the order of the code',
    { settings: [b] },
    { settings: [a, b] },
    { added: ['a'], change: { code: 'code', settings: [a, b] }, isToDeploy: true },
  ],
  ...(['label', 'type', 'description'] as const).map((part): [string, Given, Given, Expected] => [
    `another ${part}: saved`,
    { settings: [a, { ...b, [part]: 'BOOLEAN' }] },
    { settings: [a, b] },
    { changed: ['b'], change: { code: 'code', settings: [a, b] }, isToDeploy: true },
  ]),
  ...(['required', 'sensitive'] as const).map((part): [string, Given, Given, Expected] => [
    `no longer ${part}: saved`,
    { settings: [{ ...a, [part]: true }] },
    { settings: [a] },
    { changed: ['a'], change: { code: 'code', settings: [a] }, isToDeploy: true },
  ]),
  ['a setting that is not in the code: kept', { settings: [c, a] }, { settings: [a] }, { kept: ['c'] }],
  [
    'kept ones are saved with the others, because those left out would be removed',
    { settings: [c, a] },
    { settings: [a, b] },
    { added: ['b'], kept: ['c'], change: { code: 'code', settings: [a, b, c] }, isToDeploy: true },
  ],
  [
    'a setting that is not in the code, and is to go: removed',
    { settings: [c, a] },
    { settings: [a], removeSettings: true },
    { removed: ['c'], change: { code: 'code', settings: [a] }, isToDeploy: true },
  ],
  [
    'a name in another case: the same setting, under the name that the values hang on',
    { settings: [{ ...a, name: 'A', label: 'x' }] },
    { settings: [a, b], removeSettings: true },
    {
      added: ['b'],
      changed: ['A'],
      change: { code: 'code', settings: [{ ...a, name: 'A' }, b] },
      isToDeploy: true,
    },
  ],
  [
    'names that differ only in case: the exact one is meant, wherever it stands, and the other is kept',
    { settings: [{ ...a, name: 'A', label: 'x' }, a, b] },
    {},
    { kept: ['A'] },
  ],
  [
    'names that differ only in case, and what is not in the code is to go: the exact one stays',
    { settings: [{ ...a, name: 'A' }, a, b] },
    { removeSettings: true },
    { removed: ['A'], change: { code: 'code', settings: [a, b] }, isToDeploy: true },
  ],
  [
    'two names in another case: one is meant, the other is kept',
    {
      settings: [
        { ...a, name: 'aA' },
        { ...a, name: 'AA' },
      ],
    },
    { settings: [{ ...a, name: 'aa' }] },
    { kept: ['AA'] },
  ],
  [
    'a setting whose exact name is there leaves another case to the setting that has no other',
    { settings: [{ ...a, name: 'A' }, a] },
    { settings: [{ ...a, name: 'A' }, a] },
    {},
  ],
])('%s', (_, there, { removeSettings = false, ...wanted }, expected) => {
  const same = { code: 'code', settings: [a, b] };
  const plan = planUpdate({ ...same, ...DEPLOYED, ...there }, { ...same, ...wanted }, { removeSettings });
  const names = (settings: readonly Setting[]) => settings.map(({ name }) => name);
  expect({
    added: names(plan.added),
    changed: names(plan.changed.map(({ before }) => before)),
    removed: names(plan.removed),
    kept: names(plan.kept),
    change: plan.change,
    isToDeploy: plan.isToDeploy,
  }).toEqual({
    added: [],
    changed: [],
    removed: [],
    kept: [],
    change: undefined,
    isToDeploy: false,
    ...expected,
  });
});

test.each([
  ['deployed, and the latest', DEPLOYED, true],
  ['deployed, and Segment does not say of what', { deployedAt: DEPLOYED.deployedAt }, true],
  ['deployed, and saved since', { ...DEPLOYED, isLatestVersion: false }, false],
  ['never deployed', { deployedAt: null, isLatestVersion: true }, false],
  ['no word of it', {}, false],
])('%s: runs what is saved is %j → %s', (_, state, expected) => {
  expect(isDeployed({ deployedAt: undefined, isLatestVersion: undefined, ...state })).toBe(expected);
});

test.each<
  [what: string, versions: readonly (readonly [string, boolean?, string?])[], latest: boolean | undefined]
>([
  ['no versions', [], undefined],
  ['no version that says so', [['code'], ['old', false]], undefined],
  [
    'the saved code',
    [
      ['old', false],
      ['code', true],
    ],
    true,
  ],
  [
    'another code',
    [
      ['code', false],
      ['old', true],
    ],
    false,
  ],
  ['the saved code in other line ends', [['code\r\n', true]], true],
  [
    'the saved code, saved again since',
    [
      ['code', false, '10:02'],
      ['code', true, '10:01'],
    ],
    false,
  ],
  [
    'the saved code, saved again before',
    [
      ['code', true, '10:02'],
      ['code', false, '10:01'],
    ],
    true,
  ],
])('by its versions, a function that runs %s', (_, given, latest) => {
  const versions = given.map(([code, isDeployed, time], index) => ({
    id: String(index),
    code,
    ...(isDeployed !== undefined && { isDeployed }),
    ...(time !== undefined && { createdAt: `2026-11-20T${time}:00Z` }),
  }));
  expect(isLatestDeployed('code', versions)).toBe(latest);
});

test("a function is known by its name, with or without its workspace's behind it", () => {
  const names = [
    'Name',
    'Name (Shop (EU))',
    'Name (staging) (Shop (EU))',
    'Name (staging)',
    'Name (Shop)',
    'Name 2 (Shop (EU))',
    'name',
    'Other (Name)',
  ];
  const found = withName(
    names.map((displayName) => ({ displayName })),
    'Name',
    'Shop (EU)',
  );
  expect(found.map(({ displayName }) => displayName)).toEqual(['Name', 'Name (Shop (EU))']);
});

test.each([
  ['0', 0],
  ['120', 120_000],
  ['Fri, 20 Nov 2026 10:15:30 GMT', 30_000],
  ['Fri, 20 Nov 2026 10:14:00 GMT', 0],
  ['soon', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['2', 2000],
  ['2026-11-20T10:15:30Z', undefined],
  ['Fri, 40 Nov 2026 10:15:30 GMT', undefined],
  [null, undefined],
])('Retry-After: %s is %s ms', (header, expected) => {
  expect(readRetryAfter(header, Date.parse('2026-11-20T10:15:00Z'))).toBe(expected);
});

test.each([
  ['no token', {}, 'SEGMENT_PUBLIC_API_TOKEN is not set: expected a Public API token of your workspace.'],
  ['an empty one', { SEGMENT_PUBLIC_API_TOKEN: ' ' }, 'SEGMENT_PUBLIC_API_TOKEN is not set'],
  ['one with a space', { SEGMENT_PUBLIC_API_TOKEN: 'two words' }, 'SEGMENT_PUBLIC_API_TOKEN is no token'],
])('%s in the environment is refused, and not repeated', (_, environment, message) => {
  expect(() => readConnection(environment, undefined)).toThrow(message);
  expect(() => readConnection(environment, undefined)).not.toThrow('two words');
});

describe('the address of the Public API', () => {
  const SEGMENT_PUBLIC_API_TOKEN = 'token';
  test.each([
    ['https://proxy.example.com/segment/', 'https://proxy.example.com/segment'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('%s is taken', (SEGMENT_PUBLIC_API_URL, base) => {
    expect(readConnection({ SEGMENT_PUBLIC_API_TOKEN, SEGMENT_PUBLIC_API_URL }, undefined).base).toBe(base);
  });
  test.each([
    'http://example.com',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://192.168.0.7',
    'ftp://127.0.0.1',
    'https://user@example.com',
    'https://:pw@example.com',
    'https://user:pw@example.com',
    'https://example.com?a=b',
    'example.com',
  ])('%s is refused: the token would go in clear, or nowhere', (SEGMENT_PUBLIC_API_URL) => {
    const read = () => readConnection({ SEGMENT_PUBLIC_API_TOKEN, SEGMENT_PUBLIC_API_URL }, undefined);
    expect(read).toThrow('SEGMENT_PUBLIC_API_URL: expected an https address');
    expect(read).not.toThrow(/pw|user@/);
  });
  test.each([
    [undefined, 'https://api.segmentapis.com'],
    ['us', 'https://api.segmentapis.com'],
    ['eu', 'https://eu1.api.segmentapis.com'],
  ] as const)('the region %s is %s', (region, base) => {
    expect(readConnection({ SEGMENT_PUBLIC_API_TOKEN }, region)).toEqual({ base, token: 'token' });
  });
});

describe('a build', () => {
  const code = stamp(`${title('1.2.3')}\n// Settings to create:\n\nlet handlers;`);

  test('says its version and digest, however its lines end', () => {
    expect(readBuild(code)).toEqual({ version: '1.2.3', digest: '52accac9310e9c3d', isIntact: true });
    for (const same of [`${code}\n\n`, code.replaceAll('\n', '\r\n')]) {
      expect([isSameCode(same, code), describeBuild(same)]).toEqual([true, '1.2.3, build 52accac9310e9c3d']);
    }
  });

  test.each([
    ['a changed line', code.replace('let', 'var'), '1.2.3, edited by hand'],
    ['a line more', `${code}\nlet x;`, '1.2.3, edited by hand'],
    ['another version', code.replace('1.2.3', '1.2.4'), '1.2.4, edited by hand'],
    ['another digest', code.replace(/Build ..../, 'Build 0000'), '1.2.3, edited by hand'],
    ['no digest', code.replace(/^\/\/ Build .*\n/m, ''), 'not built by this project'],
    ['nothing of ours', 'async function onTrack() {}', 'not built by this project'],
  ])('with %s is told apart', (_, text, words) => {
    expect([isSameCode(text, code), describeBuild(text)]).toEqual([false, words]);
  });
});
