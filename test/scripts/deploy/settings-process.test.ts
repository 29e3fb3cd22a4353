// What only a process shows of npm run deploy -- settings: its options, its signals, and the report before the question.
import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../support/command';
import { inConnected, SAVED, SECRET, TYPED } from '../../support/connected';
import { npmRunDeploy } from '../../support/deploy';
import { track } from '../../support/world';

describe('one clear line, and exit code 2', () => {
  test.concurrent.each<[what: string, args: readonly string[], line: RegExp]>([
    [
      'without a destination',
      ['settings', '--settings', 'a.json'],
      /^error: Expected the destination's ID and --settings <file>, or --env <name>\.$/m,
    ],
    [
      'without a file',
      ['settings', 'dst_1'],
      /^error: Expected the destination's ID and --settings <file>, /m,
    ],
    [
      'for the standard input, which is kept for the answer',
      ['settings', 'dst_1', '--settings', '-'],
      /^error: option '--settings <file>': this value is not accepted\. Expected the name of a file\.$/m,
    ],
    [
      'for an ID that leaves its path',
      ['settings', '../sources', '--settings', 'a.json'],
      /^error: argument 'destination': this value is not accepted\. Expected an ID/m,
    ],
    [
      'for a file that does not exist',
      ['settings', 'dst_1', '--settings', 'none.json'],
      /^error: none\.json: there is no such file$/m,
    ],
    [
      'for the name of the function',
      ['settings', 'dst_1', '--settings', 'a.json', '--name', 'One'],
      /^error: settings does not take --name: leave it out\.$/m,
    ],
    [
      'for the ID of the function',
      ['settings', 'dst_1', '--settings', 'a.json', '--function', 'dfn_1'],
      /^error: settings does not take --function: leave it out\.$/m,
    ],
    [
      'for --remove-settings',
      ['settings', 'dst_1', '--settings', 'a.json', '--remove-settings'],
      /^error: settings does not take --remove-settings: leave it out\.$/m,
    ],
    [
      'for --exit-code alone',
      ['settings', 'dst_1', '--settings', 'a.json', '--exit-code'],
      /^error: --exit-code works only with --dry-run: add it\.$/m,
    ],
  ])('%s', async (_, args, line) => {
    const { status, stdout, stderr } = await npmRunDeploy(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

test.each([
  ['before Segment did it', false],
  ['after Segment did it', true],
])('Ctrl-C while it saves, %s, ends it with 130, and the next run finishes the job', (_, isDone) =>
  inConnected({ shows: 'clear' }, async ({ api, there, deploySettings, npmRunSettings }) => {
    let started: Command | undefined;
    const before = () => {
      setImmediate(() => started?.interrupt());
    };
    api.misbehave({ on: 'updateDestination', isDone, isSilent: true, before });
    const { status, stderr } = await npmRunSettings(['--yes'], {
      started: (command) => {
        started = command;
      },
    });
    expect({ status, stderr }).toEqual({
      status: 130,
      stderr: '\nInterrupted. Run it again to continue.\n',
    });
    expect((await deploySettings()).status).toBe(0);
    expect([there.settings, api.count('updateDestination')]).toEqual([SAVED, isDone ? 1 : 2]);
  }),
);

const sale = (channel: string) => track({ event: 'Order Completed', properties: { channel, ...CONTACT } });
const CONTACT = { email: 'jane@example.com', value: 12, currency: 'USD' };

describe('--events', () => {
  test('shows what would change for events, and only then asks', () =>
    inConnected({}, async ({ there, file, npmRunSettings }) => {
      const events = file(
        'events.ndjson',
        [sale('store'), sale('web')].map((one) => JSON.stringify(one)).join('\n'),
      );
      const { status, stdout, stderr } = await npmRunSettings(['--events', events], { answer: 'n' });
      expect([status, there.settings, stderr]).toEqual([1, TYPED.settings, '']);
      expect(stdout).toMatch(
        /\n~ changed {2}Limited Data Use: .*\n\n\S*events\.ndjson: before with the settings of Segment, after with those of \S*settings\.json\.\n/,
      );
      const cells = stdout.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
      expect(cells).toEqual(
        expect.arrayContaining([
          ['', 'Order Completed', 'newly left out', '1', 'Purchase', 'unsupported', `${events}:2`, ''],
          expect.arrayContaining(['Purchase', 'limited_data_use', 'changed', `${events}:1`]),
        ]),
      );
      expect(stdout).toMatch(
        /\n2 of 2 events would change\.\n\nThe destination uses .*\n\nSave the settings\? /,
      );
    }));

  test('of several files are compared together, in a dry run too', () =>
    inConnected({}, async ({ file, npmRunSettings }) => {
      const one = file('one.json', JSON.stringify(sale('store')));
      const other = file('other.json', JSON.stringify(sale('web')));
      const { status, stdout } = await npmRunSettings(['--dry-run', '--events', one, other]);
      expect(status).toBe(0);
      expect(stdout).toMatch(
        /\n2 of 2 events would change\.\n\nThe destination uses .*\n\nNothing was changed: this is a dry run\.\n$/,
      );
    }));

  test('that cannot be read end it with 2 before it asks', () =>
    inConnected({}, async ({ there, npmRunSettings }) => {
      const { status, stderr } = await npmRunSettings(['--yes', '--events', 'none.json']);
      expect([status, there.settings]).toEqual([2, TYPED.settings]);
      expect(stderr).toBe('error: none.json: there is no such file\n');
    }));

  test('are not compared if the settings in Segment do not work, and the reason is shown', () =>
    inConnected(
      {},
      async ({ there, file, npmRunSettings }) => {
        const events = file('events.json', JSON.stringify(sale('store')));
        const { status, stdout } = await npmRunSettings(['--yes', '--events', events]);
        expect([status, there.settings]).toEqual([0, SAVED]);
        expect(stdout).toContain(
          '\nNo events were compared, because the settings in Segment do not work: Segment: Event Set ID is missing; Event Mappings, entry "Order Completed": ',
        );
      },
      {
        ...TYPED,
        settings: { accessToken: SECRET, eventMappings: { 'Order Completed': 'Purchase if' } },
      },
    ));
});
