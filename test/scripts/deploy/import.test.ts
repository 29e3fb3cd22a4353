// npm run deploy -- import: what a person sees, and the file that is written.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { configure } from '../../../lib/configuration/configure';
import type { Subscription } from '../../../scripts/deploy/api/destinations';
import { BUILT_IN, builtIn, HIDDEN_TOKEN, mapping, presetFields, presets } from '../../support/built-in';
import { createFolder, runCommand, type Run } from '../../support/command';
import { asDocumented, inWorkspace, type DeployWorkspace } from '../../support/deploy';
import { outputsOf } from '../../support/documentation';
import type { LocalApiOptions } from '../../support/public-api';

let files: ReturnType<typeof createFolder>;
beforeAll(() => {
  files = createFolder();
});
afterAll(() => {
  files.remove();
});

let outputs = 0;
/** The path of a file that is not there yet. */
function newFile(): string {
  outputs += 1;
  return path.join(files.folder, `settings-${outputs}.json`);
}

/** What deploys a function does not matter here: one way will do. */
const inOne = (
  act: (workspace: DeployWorkspace) => Promise<void>,
  options: Partial<LocalApiOptions> = {},
): Promise<void> => inWorkspace(act, { deploysOn: 'save', readsUntilShown: 0, ...options });

const SETTINGS_FILE = z.record(z.string(), z.unknown());
const readFile = (file: string) => SETTINGS_FILE.parse(JSON.parse(readFileSync(file, 'utf8')));

/** Neither the token that Segment holds nor the end of it, which a mask may show. */
function expectNoToken({ stdout, stderr }: Run, file?: string): void {
  const texts = [stdout, stderr, ...(file === undefined ? [] : [readFileSync(file, 'utf8')])].join('\n');
  expect(texts).not.toContain(HIDDEN_TOKEN);
  expect(texts).not.toMatch(/[•*]{4}|77ab/);
}

/** Its shop_id cannot be said. */
const LIQUID = mapping({
  name: 'Big orders',
  trigger: 'event = "Order Completed" and properties.total > 500',
  settings: { ...presetFields('Contact'), event: 'big_order', shop_id: { '@liquid': '{{x}}' } },
});

describe('import', () => {
  test.each<NonNullable<LocalApiOptions['shows']>>(['bullets', 'stars', 'nothing', 'clear'])(
    'prints what the mappings become, and writes the file, as the documentation shows it; the token is in neither: %s',
    (shows) =>
      inOne(
        async ({ api, npmRunDeploy }) => {
          const { id } = api.addDestination(builtIn([...presets, LIQUID]));
          const out = newFile();
          const run = await npmRunDeploy(['import', id, '--out', out]);
          expect([run.status, run.stderr]).toEqual([0, '']);
          const shown = asDocumented(run.stdout, api.url).replace(out, 'settings.json');
          expect(outputsOf('npm run deploy -- import dst_00000001 --out settings.json')).toEqual([shown]);
          expectNoToken(run, out);
          expect(readFile(out)).toMatchObject({
            accessToken: { env: 'TIKTOK_ACCESS_TOKEN' },
            eventSetId: '7000000000000000001',
          });
        },
        { shows },
      ),
    30_000,
  );

  test('reads all pages of mappings, and leaves out those that are disabled', () =>
    inOne(
      async ({ api, npmRunDeploy }) => {
        const { id } = api.addDestination(
          builtIn([...presets, mapping({ name: 'Old one', enabled: false, trigger: 'event = "Old"' })]),
        );
        const { status, stdout, stderr } = await npmRunDeploy(['import', id]);
        expect(status).toBe(0);
        expect(api.count('listSubscriptions')).toBe(4);
        expect(stderr).toMatch(/^\| Old one .* nothing: the mapping is disabled +\|$/m);
        expect(stdout).toContain('"Order Placed": "PlaceAnOrder"');
        expect(stdout).not.toContain('Old');
      },
      { pageLimit: 5 },
    ));

  test('prints the file alone to the standard output if none is named', () =>
    inOne(async ({ api, npmRunDeploy }) => {
      const { id } = api.addDestination(builtIn([...presets, LIQUID]));
      const run = await npmRunDeploy(['import', id]);
      expect(run.status).toBe(0);
      expect(configure({ ...SETTINGS_FILE.parse(JSON.parse(run.stdout)), accessToken: 'x' })).toHaveProperty(
        'plans',
      );
      expect(run.stderr).toContain('To do by hand:\n');
      expectNoToken(run);
    }));

  test('lists what cannot be said, with what to do; --strict fails then, after it wrote the file', () =>
    inOne(async ({ api, npmRunDeploy }) => {
      const { id } = api.addDestination(builtIn([...presets, LIQUID]));
      const out = newFile();
      const strict = await npmRunDeploy(['import', id, '--strict', '--out', out]);
      expect(strict.status).toBe(1);
      expect(strict.stdout).toContain(
        [
          'To do by hand:',
          '- "Big orders", shop_id: a Liquid template (@liquid). Write it as an expression if docs/migrating.md has one for it; otherwise compute it in the source or in an insert function, and map its path. Until then it is not sent.',
          '',
          `Written: ${out}`,
          '1 thing left to do by hand.',
          '',
        ].join('\n'),
      );
      expect(readFile(out)).toMatchObject({ parameterMappings: { 'Big orders: properties.shop_id': '' } });
      expect((await npmRunDeploy(['import', id])).status).toBe(0);
    }));

  test('--strict is content if nothing is left to do by hand', () =>
    inOne(async ({ api, npmRunDeploy }) => {
      const { id } = api.addDestination(builtIn(presets));
      expect((await npmRunDeploy(['import', id, '--strict'])).status).toBe(0);
    }));

  test('the file is read by the commands, without the variable that it names', () =>
    inOne(async ({ api, npmRunDeploy }) => {
      const { id } = api.addDestination(builtIn(presets));
      const out = newFile();
      await npmRunDeploy(['import', id, '--out', out]);
      const events = files.file(
        'events.json',
        JSON.stringify([
          { type: 'track', event: 'Order Completed', properties: { email: 'jane@example.com' } },
          { type: 'track', event: 'Trial Started', properties: { email: 'jane@example.com' } },
        ]),
      );
      const { status, stdout } = await runCommand('report', [events, '--settings', out]);
      expect(status).toBe(0);
      expect(stdout).toMatch(/^\| Order Completed +\| +1 \| CompletePayment \|$/m);
      expect(stdout).toMatch(/^\| Trial Started +\| +1 \| not mapped +\|$/m);
    }));

  test('says if the destination is disabled, and what is different', () =>
    inOne(async ({ api, npmRunDeploy }) => {
      const { id } = api.addDestination({
        ...builtIn([
          mapping({ settings: { ...presetFields('Contact'), event: 'x', test_event_code: 'TEST1' } }),
        ]),
        name: 'Shop',
        enabled: false,
      });
      const { stderr } = await npmRunDeploy(['import', id]);
      expect(stderr).toContain(
        `In Segment: Shop (${id})\nTikTok Offline Conversions, source src_00000001, not enabled\n\n| Mapping `,
      );
      expect(stderr).toContain('Different here:\n- Test Event Code is set: ');
    }));

  test('asks before it overwrites a file; --yes does not ask', () =>
    inOne(async ({ api, npmRunDeploy }) => {
      const { id } = api.addDestination(builtIn(presets));
      const out = files.file('mine.json', '{"mine": true}');
      const mine = { mine: true };
      const unasked = await npmRunDeploy(['import', id, '--out', out]);
      expect([unasked.status, readFile(out)]).toEqual([1, mine]);
      expect(unasked.stderr).toContain('there is no terminal to ask');
      const declined = await npmRunDeploy(['import', id, '--out', out], { answer: 'n' });
      expect([declined.status, readFile(out)]).toEqual([1, mine]);
      expect(declined.stdout).toContain(`${out} exists. Overwrite it? [y/N] Nothing was changed.\n`);
      const agreed = await npmRunDeploy(['import', id, '--out', out], { answer: 'y' });
      expect([agreed.status, Object.keys(readFile(out))[0]]).toEqual([0, 'accessToken']);
      files.file('mine.json', '{"mine": true}');
      const yes = await npmRunDeploy(['import', id, '--out', out, '--yes']);
      expect([yes.status, Object.keys(readFile(out))[0]]).toEqual([0, 'accessToken']);
    }));

  test('a token that somebody typed into a mapping is neither printed nor written', () =>
    inOne(
      async ({ api, npmRunDeploy }) => {
        const settings = { ...presetFields('Contact'), event: 'x', description: HIDDEN_TOKEN };
        const { id } = api.addDestination(builtIn([mapping({ name: HIDDEN_TOKEN, settings })]));
        const out = newFile();
        expectNoToken(await npmRunDeploy(['import', id, '--out', out]), out);
        expectNoToken(await npmRunDeploy(['import', id]));
      },
      { shows: 'clear' },
    ));

  test('what is invisible in a mapping is written so that it can be seen, and read back', () =>
    inOne(async ({ api, npmRunDeploy }) => {
      const settings = { ...presetFields('Contact'), event: 'x', description: 'a\u200bb\u{e0041}' };
      const { id } = api.addDestination(builtIn([mapping({ settings })]));
      const { stdout } = await npmRunDeploy(['import', id]);
      expect(stdout).toContain(String.raw`\"a\u200bb\udb40\udc41\"`);
      expect(JSON.parse(stdout)).toMatchObject({
        parameterMappings: { 'properties.description': '"a\u200bb\u{e0041}"' },
      });
    }));

  test('an event set that Segment does not show is left to be added', () =>
    inOne(async ({ api, npmRunDeploy }) => {
      const { id } = api.addDestination({ ...builtIn([]), settings: { accessToken: HIDDEN_TOKEN } });
      const { stdout, stderr } = await npmRunDeploy(['import', id]);
      expect(stdout).not.toContain('eventSetId');
      expect(stderr).toContain('- eventSetID: not shown by Segment. Add "eventSetId" to the file.\n');
    }));
});

describe('import lists what is there', () => {
  const KIND = { ...BUILT_IN, id: 'mtd_2', name: 'TikTok Pixel', slug: 'actions-tiktok-pixel' };

  test('if there is no destination of the ID', () =>
    inOne(
      async ({ api, npmRunDeploy }) => {
        const { id } = api.addDestination({ ...builtIn([]), name: 'Shop' });
        const pixel = api.addDestination({ metadata: KIND });
        const { status, stdout, stderr } = await npmRunDeploy(['import', 'dst_none']);
        expect([status, stdout]).toEqual([2, '']);
        expect(stderr).toBe(
          [
            'error: There is no destination dst_none in the workspace. There are:',
            `  ${id} (Shop, TikTok Offline Conversions)`,
            `  ${pixel.id} (TikTok Pixel)`,
            '',
          ].join('\n'),
        );
      },
      { pageLimit: 1 },
    ));

  test('if the destination is of another kind', () =>
    inOne(async ({ api, npmRunDeploy }) => {
      const { id } = api.addDestination({ metadata: KIND, name: 'Web' });
      const out = newFile();
      const { status, stderr } = await npmRunDeploy(['import', id, '--out', out]);
      expect(status).toBe(2);
      expect(stderr).toContain(
        `error: ${id} (Web, TikTok Pixel) is not a TikTok Offline Conversions destination of Segment. There are:\n  ${id} (Web, TikTok Pixel)\n`,
      );
      expect([existsSync(out), api.count('listSubscriptions')]).toEqual([false, 0]);
    }));

  test('if there are none', () =>
    inOne(async ({ npmRunDeploy }) => {
      const { status, stderr } = await npmRunDeploy(['import', 'dst_none']);
      expect([status, stderr]).toEqual([
        2,
        'error: There is no destination dst_none in the workspace. There are no destinations at all.\n',
      ]);
    }));
});

describe('import takes', () => {
  test.each<[what: string, args: readonly string[], message: string]>([
    ['the ID of a destination', [], "error: missing required argument 'destination'"],
    ['an ID only', ['a/b'], "error: argument 'destination': this value is not accepted."],
    ['no --dry-run', ['dst_1', '--dry-run'], 'error: import does not take --dry-run: leave it out.'],
    [
      'no --function',
      ['dst_1', '--function', 'dfn_1'],
      'error: import does not take --function: leave it out.',
    ],
    ['a file that is not the standard output', ['dst_1', '--out', '-'], "error: option '--out <file>'"],
  ])('%s', (_, args, message) =>
    inOne(async ({ api, npmRunDeploy }) => {
      const { status, stderr } = await npmRunDeploy(['import', ...args]);
      expect(status).toBe(2);
      expect(stderr).toContain(message);
      expect(api.requests).toEqual([]);
    }),
  );
});

describe('several mappings that give the same name', () => {
  const of = (name: string, trigger: string, order = '$.properties.order_id'): Subscription =>
    mapping({
      name,
      trigger,
      settings: { ...presetFields('Contact'), event: 'Purchase', order_id: { '@path': order } },
    });

  test.each<[what: string, mappings: readonly Subscription[], byHand: number]>([
    [
      'are listed if an event may be of both, and their parameters differ',
      [of('A', 'event = "X"'), of('B', 'properties.y = 1', '$.properties.z')],
      1,
    ],
    ['are not if they have the same parameters', [of('A', 'event = "X"'), of('B', 'properties.y = 1')], 0],
    [
      'are not if they are for different events',
      [of('A', 'event = "X"'), of('B', 'event = "Y"', '$.properties.z')],
      0,
    ],
    [
      'are not if they are for different calls',
      [of('A', 'event = "X"'), of('B', 'type = "page"', '$.properties.z')],
      0,
    ],
    [
      'are not if a property is one or the other',
      [of('A', 'properties.y = null'), of('B', 'properties.y != null', '$.properties.z')],
      0,
    ],
  ])('%s', (_, mappings, byHand) =>
    inOne(async ({ api, npmRunDeploy }) => {
      const { id } = api.addDestination(builtIn(mappings));
      const { stderr } = await npmRunDeploy(['import', id]);
      const listed = stderr.match(/Purchase for events of "A", too, with other parameters/g) ?? [];
      expect(listed).toHaveLength(byHand);
    }),
  );
});
