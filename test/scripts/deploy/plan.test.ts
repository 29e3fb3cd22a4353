// What a deploy would change, and what runs in the workspace.
import { describe, expect, test } from '@jest/globals';
import type { Setting } from '../../../scripts/deploy/api/functions';
import {
  isDeployed,
  isLatestDeployed,
  planUpdate,
  previousVersion,
  similarTo,
  withName,
} from '../../../scripts/deploy/plan';

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

describe('an update, compared with the workspace', () => {
  test.each<[what: string, there: Given, wanted: Given, expected: Expected]>([
    ['the same: nothing', {}, {}, {}],
    ['other line endings: nothing', { code: 'one\r\ntwo\r\n\n' }, { code: 'one\ntwo' }, {}],
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
      'settings that are kept are saved with the others, because Segment removes those left out',
      { settings: [c, a] },
      { settings: [a, b] },
      { added: ['b'], kept: ['c'], change: { code: 'code', settings: [a, b, c] }, isToDeploy: true },
    ],
    [
      'a setting that is not in the code, with --remove-settings: removed',
      { settings: [c, a] },
      { settings: [a], removeSettings: true },
      { removed: ['c'], change: { code: 'code', settings: [a] }, isToDeploy: true },
    ],
    [
      'a name in another case: the same setting, under the name that its values have in Segment',
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
      'names that differ only in case, with --remove-settings: the exact one stays',
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
      'two settings whose names differ only in case, on both sides: nothing',
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
});

describe('whether the connected instances run what is saved', () => {
  test.each([
    ['deployed, and the latest', DEPLOYED, true],
    ['deployed, and Segment does not say of what', { deployedAt: DEPLOYED.deployedAt }, true],
    ['deployed, and saved since', { ...DEPLOYED, isLatestVersion: false }, false],
    ['never deployed', { deployedAt: null, isLatestVersion: false }, false],
    ['the latest, and Segment does not say since when', { deployedAt: null, isLatestVersion: true }, true],
    ['neither is said', {}, false],
  ])('%s, %j: %s', (_, state, expected) => {
    expect(isDeployed({ deployedAt: undefined, isLatestVersion: undefined, ...state })).toBe(expected);
  });

  test.each<
    [what: string, versions: readonly (readonly [string, boolean?, string?])[], latest: boolean | undefined]
  >([
    ['no versions', [], undefined],
    ['no version that is marked as deployed', [['code'], ['old', false]], undefined],
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
    ['the saved code in other line endings', [['code\r\n', true]], true],
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
  ])('by its versions: %s', (_, given, latest) => {
    const versions = given.map(([code, isDeployed, time], index) => ({
      id: String(index),
      code,
      ...(isDeployed !== undefined && { isDeployed }),
      ...(time !== undefined && { createdAt: `2026-11-20T${time}:00Z` }),
    }));
    expect(isLatestDeployed('code', versions)).toBe(latest);
  });
});

describe('the version to go back to', () => {
  type Row = readonly [code: string, isDeployed?: boolean, time?: string];
  test.each<[what: string, versions: readonly Row[], previous: number | undefined]>([
    ['none without versions', [], undefined],
    ['none if none is deployed', [['a'], ['b']], undefined],
    ['none before the first', [['a', true], ['b']], undefined],
    [
      'the one before, in whatever order Segment lists them',
      [
        ['c', true, '10:03'],
        ['a', false, '10:01'],
        ['b', false, '10:02'],
      ],
      2,
    ],
    [
      'not one saved after it',
      [
        ['a', false, '10:01'],
        ['b', true, '10:02'],
        ['c', false, '10:03'],
      ],
      0,
    ],
    [
      'not one with the same code, which a change of the settings saved',
      [
        ['a', false, '10:01'],
        ['b', false, '10:02'],
        ['b', true, '10:03'],
      ],
      0,
    ],
    [
      'not one without a time',
      [
        ['b', true, '10:02'],
        ['a', false, 'unknown'],
      ],
      undefined,
    ],
  ])('is %s', (_, rows, previous) => {
    const versions = rows.map(([code, isDeployed, time = '10:00'], index) => ({
      id: String(index),
      code,
      ...(isDeployed !== undefined && { isDeployed }),
      createdAt: `2026-11-20T${time}:00Z`,
    }));
    expect(previousVersion(versions)?.id).toBe(previous === undefined ? undefined : String(previous));
  });
});

test('similar names are those that a mistyped name may mean, whatever workspace name is behind them', () => {
  const names = [
    'Tiktok offline conversion (Shop)',
    'TikTok Offline Conversions (staging) (Shop)',
    'TikTok',
    'Slack Alerts (Shop)',
    'Webhooks',
  ];
  const found = similarTo(
    names.map((displayName) => ({ displayName })),
    'TikTok Offline Conversions',
    'Shop',
  );
  expect(found.map(({ displayName }) => displayName)).toEqual(names.slice(0, 3));
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
