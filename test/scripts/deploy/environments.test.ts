// segment.config.json, and what --env does with it.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { InputError } from '../../../scripts/cli/command';
import { NAME } from '../../../scripts/deploy/options';
import { createSchema, EXAMPLE, readConfig } from '../../../scripts/deploy/environments';
import { ACCESS_TOKEN, OLD_SECRET, SAVED, SECRET, TYPED, WANTED } from '../../support/connected';
import { copyProject } from '../../support/copy-project';
import {
  built,
  earlier,
  inWorkspace,
  npmRunDeploy,
  operations,
  outdated,
  running,
  TOKEN,
  type Circumstances,
} from '../../support/deploy';
import { documentation, table } from '../../support/documentation';
import type { LocalApi } from '../../support/public-api';

/** What settings says if both or neither of its ways to name a destination are typed. */
const LEAVE_OUT =
  "--env says which destinations and which settings: leave out the destination's ID and --settings.";
const EXPECTED = "Expected the destination's ID and --settings <file>, or --env <name>.";

/** An environment that can be used. */
const USABLE = { token: { env: 'SEGMENT_PUBLIC_API_TOKEN' } };
/** A token in place of something else. */
const PASTED = 'sgp_0123456789abcdefghijklmnopqrstuvwxyz';

/** What is wrong with a file, line by line. */
async function mistakesIn(config: unknown): Promise<readonly string[]> {
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  try {
    await readConfig(text);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.message.split('\n');
  }
  return [];
}

describe('the file', () => {
  test('that the documentation shows is the one that a missing file is answered with, and can be used', async () => {
    expect(documentation).toContain(`\n\`\`\`json\n${EXAMPLE}\`\`\`\n`);
    expect([...(await readConfig(EXAMPLE)).keys()]).toEqual(['staging', 'production']);
    // It has no token, and each key that there is but one: an ID and a name go not together.
    const keys = keysOf(createSchema()).map(([key]) => key);
    const shown = keys.filter((key) => new RegExp(`"${key.replace(/^.*\W/, '')}":`).test(EXAMPLE));
    expect(shown).toEqual(keys.filter((key) => key !== 'name'));
  });

  test('has the keys that the documentation lists', () => {
    const rows = table('Key', 'Required').map(([key = '', ...cells]) => [key.replaceAll('`', ''), ...cells]);
    expect(rows).toEqual(keysOf(createSchema()));
  });

  test.each<[what: string, config: unknown, mistakes: readonly string[]]>([
    ['no object', [], ['expected an object with the key environments']],
    [
      'no environments',
      { environment: {} },
      [
        'environments: missing: expected an object of environments',
        'environment: unknown key; did you mean environments?',
      ],
    ],
    ['no environment', { environments: {} }, ['environments: expected at least one environment']],
    [
      'an empty environment',
      { environments: { staging: {} } },
      [
        'environments.staging.token: missing: expected { "env": "SEGMENT_PUBLIC_API_TOKEN" }, which names a variable: the token itself stands in no file',
      ],
    ],
    [
      'a token in place of what names its variable',
      { environments: { staging: { token: PASTED } } },
      [
        'environments.staging.token: expected { "env": "SEGMENT_PUBLIC_API_TOKEN" }, which names a variable: the token itself stands in no file',
      ],
    ],
    [
      "a token in place of its variable's name",
      { environments: { staging: { token: { env: PASTED } } } },
      [
        'environments.staging.token.env: expected the name of an environment variable in capital letters, such as SEGMENT_PUBLIC_API_TOKEN',
      ],
    ],
    [
      'a mistyped key, and an unknown one',
      { environments: { staging: { ...USABLE, regoin: 'eu', shop: 1 } } },
      [
        'environments.staging.regoin: unknown key; did you mean region?',
        'environments.staging.shop: unknown key',
      ],
    ],
    [
      'a name that is not one for GitHub and a shell',
      { environments: { 'my staging': USABLE, '--yes': USABLE } },
      [
        'environments.my staging: expected a name of lower-case letters, digits, "-" and "_"',
        'environments.--yes: expected a name of lower-case letters, digits, "-" and "_"',
      ],
    ],
    [
      'values of other kinds',
      {
        environments: {
          staging: { ...USABLE, region: 'asia', function: '../sources', destinations: {} },
          production: { ...USABLE, name: '', destinations: [{ id: 7, settings: ' ' }, 'dst'] },
          other: null,
        },
      },
      [
        'environments.staging.region: expected us or eu',
        'environments.staging.function: expected the ID of a function',
        'environments.staging.destinations: expected a list of destinations',
        "environments.production.name: expected the function's display name",
        'environments.production.destinations[0].id: expected the ID of a destination',
        'environments.production.destinations[0].settings: expected the name of a settings file',
        'environments.production.destinations[1]: expected a destination: an object',
        'environments.other: expected an environment: an object',
      ],
    ],
    [
      'an ID and a name, beside another mistake',
      { environments: { staging: { function: 'dfn_1', name: 'One' } } },
      [
        'environments.staging.token: missing: expected { "env": "SEGMENT_PUBLIC_API_TOKEN" }, which names a variable: the token itself stands in no file',
        'environments.staging.name: function and name both say which function: leave one out',
      ],
    ],
    [
      'an environment that was copied and not changed',
      {
        environments: {
          staging: { ...USABLE, function: 'dfn_1', destinations: [{ id: 'dst_1', settings: 'a' }] },
          production: { ...USABLE, function: 'dfn_1', destinations: [{ id: 'dst_1', settings: 'b' }] },
        },
      },
      [
        'environments.production.function: the same function as above: each may appear only once',
        'environments.production.destinations[0].id: the same destination as above: each may appear only once',
      ],
    ],
    [
      'an environment of the same name twice',
      `{\n  "environments": {\n    "staging": ${JSON.stringify(USABLE)},\n    "staging": ${JSON.stringify(USABLE)}\n  }\n}`,
      ['line 4, column 5: duplicate key'],
    ],
  ])(
    'with %s is refused: each mistake with its place, without what is there',
    async (_, config, mistakes) => {
      expect(await mistakesIn(config)).toEqual([
        'segment.config.json has mistakes:',
        ...mistakes.map((mistake) => `  ${mistake}`),
      ]);
    },
  );

  test.each([
    [
      '{\n  "environments": {\n    "staging": }\n}',
      /^segment\.config\.json:3:16: bad JSON: "}" was not expected/,
    ],
    ['', /^segment\.config\.json:1:1: bad JSON: the end of the text was not expected/],
  ])('%j that is not JSON is refused with line and column', async (text, message) => {
    expect(await mistakesIn(text)).toEqual([expect.stringMatching(message)]);
  });

  test('never brings what stands at a key into a message, whatever the file is', async () => {
    const value = fc.constantFrom(PASTED, PASTED.toUpperCase());
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        value,
        fc.constant(null),
        fc.array(tie('tree'), { maxLength: 2 }),
        fc.dictionary(
          fc.constantFrom(
            'environments',
            'staging',
            'token',
            'env',
            'region',
            'function',
            'destinations',
            'id',
          ),
          tie('tree'),
        ),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(tree, async (config) => {
        expect((await mistakesIn(config)).join('\n')).not.toMatch(new RegExp(PASTED, 'i'));
      }),
    );
  });
});

describe('--env', () => {
  let root: string;
  beforeAll(() => {
    root = copyProject('deploy');
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  /** Runs the command in the copy of the project, with a file of these environments. */
  function run(args: readonly string[], environments: object, { env = {}, ...rest }: Circumstances = {}) {
    writeFileSync(path.join(root, 'segment.config.json'), JSON.stringify({ environments }));
    return npmRunDeploy(args, { root, preloads: ['short-pauses'], env, ...rest });
  }

  /** Writes a file of settings beside that of the environments. */
  function writeSettings(name: string, settings: object): string {
    mkdirSync(path.join(root, 'settings'), { recursive: true });
    writeFileSync(path.join(root, 'settings', name), JSON.stringify(settings));
    return `settings/${name}`;
  }

  test("takes the workspace, the function by its name and the token's variable from the file", () =>
    inWorkspace(async ({ api }) => {
      const [ours, other] = [api.add({ ...outdated, displayName: 'Ours' }), api.add(outdated)];
      const { status, stdout, stderr } = await run(
        ['--env', 'staging', '--yes'],
        {
          staging: { region: 'eu', name: 'Ours', token: { env: 'STAGING_TOKEN' } },
          production: USABLE,
        },
        {
          preloads: ['short-pauses', 'eu-host'],
          env: { EU_STAND_IN: api.url, STAGING_TOKEN: TOKEN, SEGMENT_PUBLIC_API_TOKEN: 'another' },
        },
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain('\nWorkspace at https://eu1.api.segmentapis.com, environment staging\n');
      expect([running(ours), running(other)]).toEqual([built, earlier]);
    }, AT_ONCE));

  test('takes the function by its ID, or else by the usual name', () =>
    inWorkspace(async ({ api }) => {
      const [one, usual] = [api.add({ ...outdated, displayName: 'One' }), api.add(outdated)];
      const environments = { staging: { ...USABLE, function: one.id }, production: USABLE };
      const env = { SEGMENT_PUBLIC_API_URL: api.url };
      expect((await run(['--env', 'staging', '--yes'], environments, { env })).status).toBe(0);
      expect([running(one), running(usual)]).toEqual([built, earlier]);
      const { status, stdout } = await run(['versions', '--env', 'production'], environments, { env });
      expect(status).toBe(0);
      expect(stdout).toContain(`In Segment: ${NAME} (Example) (${usual.id})\n`);
      expect((await run(['--env', 'production', '--yes'], environments, { env })).status).toBe(0);
      expect(running(usual)).toBe(built);
      const back = ['restore', 'previous', '--env', 'production', '--yes'];
      expect((await run(back, environments, { env })).status).toBe(0);
      expect([running(one), running(usual)]).toEqual([built, earlier]);
    }, AT_ONCE));

  describe('settings', () => {
    /** An environment with two connected functions. */
    function connect(api: LocalApi) {
      const [shops, phones] = [api.addDestination(TYPED), api.addDestination({ ...TYPED, name: 'Phones' })];
      const destinations = [
        { id: shops.id, settings: writeSettings('shops.json', WANTED) },
        { id: phones.id, settings: writeSettings('phones.json', { ...WANTED, eventSetId: '2' }) },
      ];
      return { shops, phones, environments: { staging: { ...USABLE, destinations } } };
    }
    const variables = (api: LocalApi) => ({
      SEGMENT_PUBLIC_API_URL: api.url,
      TIKTOK_ACCESS_TOKEN: SECRET,
    });

    test('saves those of each destination, from the files that lie beside segment.config.json', () =>
      inWorkspace(async ({ api }) => {
        const { shops, phones, environments } = connect(api);
        const env = variables(api);
        const args = ['settings', '--env', 'staging'];
        const different = await run([...args, '--dry-run', '--exit-code'], environments, { env });
        expect(different.status).toBe(1);
        expect(different.stdout.match(/^In Segment: .*/gm)).toEqual([
          `In Segment: Shops to TikTok (${shops.id})`,
          `In Segment: Phones (${phones.id})`,
        ]);
        expect([shops.settings, phones.settings]).toEqual([TYPED.settings, TYPED.settings]);

        const { status, stdout, stderr } = await run([...args, '--yes'], environments, { env });
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
        expect(stdout).not.toContain(SECRET);
        expect(stdout.match(/^Confirmed: .* settings\/\w+\.json\./gm)).toEqual([
          'Confirmed: Segment shows the settings of settings/shops.json.',
          'Confirmed: Segment shows the settings of settings/phones.json.',
        ]);
        expect([shops.settings, phones.settings]).toEqual([SAVED, { ...SAVED, eventSetId: '2' }]);
        expect((await run([...args, '--dry-run', '--exit-code'], environments, { env })).status).toBe(0);
      }, AT_ONCE));

    test('ends with 1 if only one of the destinations is different', () =>
      inWorkspace(async ({ api }) => {
        const { shops, environments } = connect(api);
        writeSettings('phones.json', { ...TYPED.settings, accessToken: ACCESS_TOKEN });
        const args = ['settings', '--env', 'staging'];
        const env = { ...variables(api), TIKTOK_ACCESS_TOKEN: OLD_SECRET };
        const { status, stdout } = await run([...args, '--dry-run', '--exit-code'], environments, { env });
        expect(status).toBe(1);
        // The first is different, the second only has a hidden secret.
        expect(stdout.match(/^(?:In Segment: |Nothing is ).*?(?= \(|\.)/gm)).toEqual([
          'In Segment: Shops to TikTok',
          'In Segment: Phones',
          'Nothing is different in what Segment shows',
        ]);
        expect(shops.settings).toEqual(TYPED.settings);
      }, AT_ONCE));

    test('changes none of them if one of the files has a mistake', () =>
      inWorkspace(async ({ api }) => {
        const { environments } = connect(api);
        writeSettings('phones.json', { ...WANTED, defaultCountry: 'Atlantis' });
        const env = variables(api);
        const { status, stderr } = await run(['settings', '--env', 'staging', '--yes'], environments, {
          env,
        });
        expect(status).toBe(2);
        expect(stderr).toContain('error: settings/phones.json: ');
        expect(operations(api)).toEqual([]);
      }, AT_ONCE));

    test('says so if the environment has no destinations, which is no difference', () =>
      inWorkspace(async ({ api }) => {
        const args = ['settings', '--env', 'staging', '--dry-run', '--exit-code'];
        expect(await run(args, { staging: USABLE }, { env: variables(api) })).toEqual({
          status: 0,
          stdout: 'The environment has no destinations: nothing to change.\n',
          stderr: '',
        });
        expect(operations(api)).toEqual([]);
      }, AT_ONCE));

    test.each([
      ['a destination besides', ['dst_1', '--env', 'staging'], LEAVE_OUT],
      ['a file besides', ['--settings', 'settings.json', '--env', 'staging'], LEAVE_OUT],
      ['nothing', [], EXPECTED],
    ])('answers %s with what is expected, and exit code 2', async (_, args, message) => {
      expect(await run(['settings', ...args], { staging: USABLE })).toEqual({
        status: 2,
        stdout: '',
        stderr: `error: ${message}\n`,
      });
    });
  });

  test('says in which workspace an import looks', () =>
    inWorkspace(async ({ api }) => {
      const { status, stderr } = await run(
        ['import', 'dst_none', '--env', 'staging'],
        { staging: { token: { env: 'STAGING_TOKEN' } } },
        {
          env: { SEGMENT_PUBLIC_API_URL: api.url, STAGING_TOKEN: TOKEN, SEGMENT_PUBLIC_API_TOKEN: 'another' },
        },
      );
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr:
          'error: There is no destination dst_none in the workspace. There are no destinations at all.\n',
      });
    }, AT_ONCE));

  test('never prints the token of the variable that it names', () =>
    inWorkspace(async ({ api }) => {
      const { id } = api.add({ ...outdated, code: `// ${TOKEN}\n` });
      const { status, stdout } = await run(
        ['--env', 'staging', '--dry-run'],
        { staging: { function: id, token: { env: 'STAGING_TOKEN' } } },
        { env: { SEGMENT_PUBLIC_API_URL: api.url, STAGING_TOKEN: TOKEN, SEGMENT_PUBLIC_API_TOKEN: '' } },
      );
      expect(status).toBe(0);
      expect(stdout).toContain('\n-// [token]\n');
    }, AT_ONCE));

  test('says which variable holds a token that Segment does not know', () =>
    inWorkspace(async ({ api }) => {
      const { status, stderr } = await run(
        ['versions', '--env', 'staging'],
        { staging: { token: { env: 'STAGING_TOKEN' } } },
        { env: { SEGMENT_PUBLIC_API_URL: api.url, STAGING_TOKEN: 'revoked' } },
      );
      expect(status).toBe(1);
      expect(stderr).toMatch(
        / Segment does not know the token in STAGING_TOKEN: .* and set STAGING_TOKEN to it\.\n$/,
      );
      expect(operations(api)).toEqual(['workspace']);
    }, AT_ONCE));

  test.each<[what: string, args: readonly string[], line: string]>([
    [
      'an environment that is not there: those that are',
      ['--env', 'stagin'],
      'segment.config.json has no such environment. Did you mean staging? It has: staging, production.',
    ],
    [
      'a token in its place: it is not printed',
      ['--env', TOKEN],
      'segment.config.json has no such environment. It has: staging, production.',
    ],
    [
      'a variable that is not set',
      ['versions', '--env', 'staging'],
      'STAGING_TOKEN is not set: expected a Public API token of your workspace. Create one in Segment under Settings → Workspace settings → Access Management → Tokens, and set STAGING_TOKEN to it.',
    ],
    [
      'a region besides',
      ['--env', 'staging', '--region', 'eu'],
      "option '--env <name>' cannot be used with option '--region <region>'",
    ],
    [
      'an ID besides',
      ['--env', 'staging', '--function', 'dfn_1'],
      "option '--env <name>' cannot be used with option '--function <id>'",
    ],
    [
      'a name besides',
      ['--env', 'staging', '--name', 'Ours'],
      "option '--env <name>' cannot be used with option '--name <name>'",
    ],
  ])('answers %s, with exit code 2', async (_, args, line) => {
    const environments = { staging: { token: { env: 'STAGING_TOKEN' } }, production: USABLE };
    expect(await run(args, environments)).toEqual({ status: 2, stdout: '', stderr: `error: ${line}\n` });
  });

  test('without the file says what to write', async () => {
    const { status, stdout, stderr } = await npmRunDeploy(['--env', 'staging']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe(
      `error: There is no segment.config.json, which says what each environment is. Write one, such as:\n\n${EXAMPLE}\n`,
    );
  });

  test('is not needed: with the file, the command without it works as before', () =>
    inWorkspace(async ({ api }) => {
      const there = api.add(outdated);
      writeFileSync(path.join(root, 'segment.config.json'), 'not JSON');
      const env = { SEGMENT_PUBLIC_API_URL: api.url };
      const { status } = await npmRunDeploy(['--yes'], { root, preloads: ['short-pauses'], env });
      expect([status, running(there)]).toEqual([0, built]);
    }, AT_ONCE));

  test('npm run deploy -- environments lists the names for the workflows, in the order of the file', async () => {
    expect(await run(['environments'], { staging: USABLE, production: USABLE })).toEqual({
      status: 0,
      stdout: '["staging","production"]\n',
      stderr: '',
    });
  });
});

/** Nothing is waited for but what a test is about. */
const AT_ONCE = { deploysOn: 'save', readsUntilShown: 0 } as const;

/** The keys of an environment, whether each is required, and what it is. */
function keysOf(schema: ReturnType<typeof createSchema>): readonly (readonly [string, string, string])[] {
  const Node: z.ZodType<SchemaNode> = z.lazy(() =>
    z.object({
      description: z.string().optional(),
      properties: z.record(z.string(), Node).optional(),
      required: z.array(z.string()).optional(),
      items: Node.optional(),
    }),
  );
  const list = ({ properties = {}, required = [], items }: SchemaNode, before: string): Row[] =>
    items !== undefined
      ? list(items, `${before}[]`)
      : Object.entries(properties).flatMap(([key, value]) => {
          const name = before === '' ? key : `${before}.${key}`;
          const { description } = value;
          return description === undefined
            ? list(value, name)
            : [[name, required.includes(key) ? 'yes' : 'no', description] as const];
        });
  const { properties } = z
    .object({
      properties: z.object({ environments: z.object({ additionalProperties: Node }) }),
    })
    .parse(z.toJSONSchema(schema, { io: 'input' }));
  return list(properties.environments.additionalProperties, '');
}

type Row = readonly [key: string, isRequired: string, description: string];
interface SchemaNode {
  readonly description?: string | undefined;
  readonly properties?: Readonly<Record<string, SchemaNode>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: SchemaNode | undefined;
}
