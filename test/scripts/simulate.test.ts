// The simulation: nothing is lost, nothing doubled, and it would show if something were.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { BUNDLE } from '../../scripts/cli/project';
import { runCommand } from '../support/command';
import { outputsOf } from '../support/documentation';
import { simulate, type SimulationReport } from '../../scripts/simulate/run';

const code = readFileSync(BUNDLE, 'utf8');
const OPTIONS = { code, events: 1500, bad: 0.05, seed: 42 } as const;

test.each([0, 0.01, 0.1, 0.5])(
  'with TikTok failing %d of the requests, every good event is counted once, every bad one discarded with a reason',
  async (failures) => {
    const report = await simulate({ ...OPTIONS, failures });
    expect(report).toMatchObject({ lost: 0, doubled: 0, undiscarded: 0, unexplained: 0, givenUp: 0 });
    expect(report.delivered + report.discarded).toBe(OPTIONS.events);
    expect(report.discarded).toBeGreaterThan(20);
    expect(report.counted).toBeGreaterThan(report.delivered);
    expect(report.longestCall).toBeLessThanOrEqual(4500);
    expect(report.mostAtOnce).toBeLessThanOrEqual(8);
    expect(report.requestsPerBatch).toBeGreaterThan(1);
    if (failures > 0) expect(report.retries).toBeGreaterThan(0);
  },
);

test('with many bad events, however TikTok words its refusals, none is lost, doubled or kept', async () => {
  const report = await simulate({ ...OPTIONS, bad: 0.4, failures: 0.05 });
  expect(report).toMatchObject({ lost: 0, doubled: 0, undiscarded: 0, unexplained: 0, givenUp: 0 });
  expect(report.discarded).toBeGreaterThan(500);
});

test('without a batch, a batch takes no requests', async () => {
  expect((await simulate({ ...OPTIONS, events: 1, failures: 0 })).requestsPerBatch).toBe(0);
});

test('the same seed gives the same run, another seed another', async () => {
  const run = (seed: number) => simulate({ ...OPTIONS, events: 300, failures: 0.3, seed });
  const one = await run(7);
  expect(await run(7)).toEqual(one);
  expect(await run(8)).not.toEqual(one);
});

test('the command explains each of its columns, in a line each', async () => {
  const { stdout } = await runCommand('simulate', ['--events', '10', '--failures', '0']);
  const lines = stdout.split('\n');
  const [, , ...columns] = (lines.find((line) => line.startsWith('| TikTok fails')) ?? '').split('|');
  const heads = columns.map((head) => head.trim()).filter((head) => head !== '');
  expect(heads.length).toBeGreaterThan(5);
  for (const head of heads)
    expect(
      lines.filter((line) => line.startsWith(`${head}  `)).map((line) => line.slice(head.length).trim()),
    ).toEqual([expect.stringMatching(/^\w.{15,}/)]);
});

test('a function that discards what it does not know is found out', async () => {
  const taught = code.replace('[40016, TRY_LATER]', '[40016, EVENT_IS_WRONG]');
  expect(taught).not.toBe(code);
  const { lost } = await simulate({ ...OPTIONS, code: taught, failures: 0.5 });
  expect(lost).toBeGreaterThan(0);
});

test('the command prints what the documentation shows', async () => {
  const command = 'npm run simulate -- --events 10000';
  const { status, stdout } = await runCommand('simulate', command.split(' -- ')[1]?.split(' '));
  expect({ status, shown: [stdout] }).toEqual({ status: 0, shown: outputsOf(command) });
});

test('the command names its default shares of failures as a person types them', async () => {
  const { stdout } = await runCommand('simulate', ['--help']);
  expect(stdout).toContain('(default: 0,1,10,50)');
});

test.each([
  [['--events', 'many'], 'Expected a whole number from 1 to 10,000,000.'],
  [['--failures', '0,101'], 'Expected a number from 0 to 100.'],
  [['--speed', '2'], "unknown option '--speed'"],
])('%j is one clear line, and exit code 2', async (args, line) => {
  const { status, stderr } = await runCommand('simulate', args);
  expect(status).toBe(2);
  expect(stderr).toContain(line);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

const faulty = (body: string) => `async function onBatch(events, settings) { ${body} }`;
const SEND = `await fetch('https://business-api.tiktok.com/open_api/v1.3/event/track/', { method: 'POST', timeout: 4500,
  headers: { 'Access-Token': settings.accessToken, 'Content-Type': 'application/json' },
  body: JSON.stringify({ event_source: 'offline', event_source_id: settings.eventSetId, data }) });`;
const DATA = `const data = events.filter((e) => e && e.type === 'track' && e.properties.value !== undefined)
  .map((e) => ({ event: 'Purchase', event_time: 1795169700, event_id: e.messageId, user: { email: 'a'.repeat(64) } }));`;

test.each<[what: string, code: string, shown: Partial<SimulationReport>]>([
  [
    'gives up what can be delivered',
    faulty("return events.map(() => ({ status: 400, errormessage: 'no' }));"),
    { delivered: 0, counted: 0 },
  ],
  [
    'says delivered without sending',
    faulty('return events.map(() => ({ status: 200 }));'),
    { delivered: 300, counted: 0 },
  ],
  [
    'loses what it said it would try again',
    faulty(
      "return events.length > 1 ? events.map(() => ({ status: 500, errormessage: 'later' })) : [{ status: 400 }];",
    ),
    { delivered: 0, counted: 0 },
  ],
  [
    'never delivers',
    faulty("return events.map(() => ({ status: 500, errormessage: 'later' }));"),
    { givenUp: 300 },
  ],
])('a function that %s is found out', async (_, code, shown) => {
  const report = await simulate({ ...OPTIONS, code, events: 300, failures: 0 });
  expect(report).toMatchObject(shown);
  expect(report.lost).toBeGreaterThan(250);
});

test('a function that sends an event again without its id is found out', async () => {
  const code = faulty(`${DATA} if (data.length > 0) { ${SEND} } return events.map(() => ({ status: 200 }));`);
  const doubling = faulty(
    `${DATA} data.push(...data.map((e) => ({ ...e, event_id: undefined })));
     if (data.length > 0) { ${SEND} } return events.map(() => ({ status: 200 }));`,
  );
  const events = 300;
  const [fine, doubled] = await Promise.all(
    [code, doubling].map((one) => simulate({ ...OPTIONS, code: one, events, bad: 0, failures: 0 })),
  );
  expect(fine?.doubled).toBe(0);
  expect(doubled?.doubled).toBeGreaterThan(0);
});

test.each([
  'return [];',
  'return events.length > 1 ? events.map(() => ({ status: 500, errormessage: "later" })) : [];',
])('a function that says nothing of some events is found out: %s', async (body) => {
  const run = simulate({ ...OPTIONS, code: faulty(body), failures: 0 });
  await expect(run).rejects.toThrow('There must be one result for each event');
});

test('a function that tries bad events again for ever is found out', async () => {
  const shipped = await simulate({ ...OPTIONS, events: 300, failures: 0 });
  const code = faulty("return events.map(() => ({ status: 500, errormessage: 'later' }));");
  const { undiscarded } = await simulate({ ...OPTIONS, code, events: 300, failures: 0 });
  expect(undiscarded).toBe(shipped.discarded);
  expect(undiscarded).toBeGreaterThan(0);
});
