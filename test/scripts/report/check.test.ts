// npm run check: for CI, whether events are sent, and sent whole.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Allowable } from '../../../scripts/report/check';
import { createFolder } from '../../support/command';
import { SETTINGS, track } from '../../support/world';
import { check, lines, tracks } from './commands';

let files: ReturnType<typeof createFolder>;
beforeAll(() => {
  files = createFolder();
});
afterAll(() => {
  files.remove();
});
const run = (events: readonly unknown[], allow: readonly Allowable[] = [], rest = '') =>
  check([files.file('events.ndjson', lines(events) + rest)], { allow });

const properties = (change: object) => track({ properties: { email: 'jane@example.com', ...change } });
const WITHOUT_CONTACT = track({ properties: {} });
const WITHOUT_TIME = track({ timestamp: 'last Tuesday' });
const PLACEHOLDER = properties({ order_id: 'n/a' });
const DOUBTFUL = properties({ value: '1,250' });

test.each<[what: string, events: readonly unknown[], allow: readonly Allowable[], status: number]>([
  ['all delivered', tracks(2), [], 0],
  [
    'one not mapped, or not handed over',
    [track({ event: 'X' }), track({ integrations: { All: false } })],
    [],
    0,
  ],
  ['one discarded', [WITHOUT_CONTACT, track()], [], 1],
  ['one discarded that is allowed', [WITHOUT_CONTACT, track()], ['no_contact'], 0],
  ['one discarded, and another reason is allowed', [WITHOUT_CONTACT], ['unreadable_time'], 1],
  ['two reasons, of which one is allowed', [WITHOUT_CONTACT, WITHOUT_TIME], ['no_contact'], 1],
  ['two reasons that are allowed', [WITHOUT_CONTACT, WITHOUT_TIME], ['no_contact', 'unreadable_time'], 0],
  ['a value left out', [PLACEHOLDER], [], 1],
  ['a value left out that is allowed', [PLACEHOLDER], ['placeholder'], 0],
  ['two values left out, of which one is allowed', [PLACEHOLDER, DOUBTFUL], ['placeholder'], 1],
  [
    'a value left out of an event that is not handed over',
    [{ ...DOUBTFUL, integrations: { All: false } }],
    [],
    0,
  ],
])('%s: the exit code says whether anything fails', async (_, events, allow, status) => {
  const { status: ended, stdout } = await run(events, allow);
  expect(ended).toBe(status);
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(status === 0 ? /^Passed: / : /^Failed: /);
});

test('it shows what fails and nothing that is allowed', async () => {
  const { status, stdout } = await run(
    [WITHOUT_CONTACT, WITHOUT_TIME, PLACEHOLDER, DOUBTFUL, track()],
    ['placeholder', 'no_contact'],
  );
  expect(status).toBe(1);
  expect(stdout).toContain('The time of the event cannot be read.');
  expect(stdout).not.toContain('TikTok needs a valid email address');
  expect(stdout).toContain('properties.value');
  expect(stdout).not.toContain('placeholder');
  expect(stdout).toContain('Failed: 2 of 5 events rejected or not sent whole.\n');
});

test('an entry that is not an event fails it, and nothing allows that', async () => {
  const { status, stdout } = await run(tracks(2), [], '{"type": }\n');
  expect(status).toBe(1);
  expect(stdout).toContain('1 entry is not an event, and was skipped\n');
  expect(stdout).toContain('Failed: 0 of 2 events rejected or not sent whole. 1 skipped.\n');
});

test('a file that breaks off is not passed, whatever is right in the part before', async () => {
  const name = files.file('cut.json', JSON.stringify([track(), track()]).slice(0, -1));
  const { status, stdout, stderr } = await check([name]);
  expect(status).toBe(2);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(
    'Failed: 0 of 2 events rejected or not sent whole. The rest could not be read.',
  );
  expect(stderr).toMatch(/^error: \S*cut\.json:1:\d+: bad JSON/);
});

test('of very many findings it shows the first, and which command shows all', async () => {
  const places = Array.from({ length: 21 }, (_, index) => index);
  // Each is a finding of its own, because it has a source of its own.
  const events = places.map((place) =>
    track({ properties: { email: 'jane@example.com', [`ip${place}`]: 'x' } }),
  );
  const sources = places.map((place) => `properties.ip${place}`).join(' ?? ');
  const settings = files.file(
    'many.json',
    JSON.stringify({ ...SETTINGS, parameterMappings: { 'user.ip': sources } }),
  );
  const { stdout } = await check([files.file('many.ndjson', lines(events))], { settings });
  expect(stdout).toContain('\n… and 1 more, which npm run report -- --json shows.\n');
});

test('a file without events is a mistake, not a failed check', async () => {
  const { status, stdout, stderr } = await run([], [], 'nothing');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^error: \S*events\.ndjson:1:\d: bad JSON/);
});

test('an event that is delivered under one name and refused under another fails for the reason of the refusal', async () => {
  const settings = files.file(
    'two-entries.json',
    JSON.stringify({
      accessToken: 'own',
      eventSetId: '1',
      eventMappings: { Rule: 'extra if event = "Order Completed"' },
      parameterMappings: { 'Rule: user.email': 'properties.other', 'Rule: user.phone': '' },
    }),
  );
  const name = files.file('two.ndjson', lines([track()]));
  const { status, stdout } = await check([name], { settings });
  expect(status).toBe(1);
  expect(stdout).toContain('user.email: "properties.other" is absent');
  expect((await check([name], { settings, allow: ['no_contact'] })).status).toBe(0);
});
