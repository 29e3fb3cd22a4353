// npm run tester as a process: the link that it prints, its port, Ctrl-C, and the source that it watches.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { listen } from '../../../scripts/local/listen';
import { Run, Update, type Bundle } from '../../../scripts/tester/api';
import { runCommand } from '../../support/command';
import { copyProject } from '../../support/copy-project';
import { createClient, linesOf, order } from './open-tester';
import { startTester } from './start-tester';

test('a port that is taken is reported in one line', async () => {
  const server = createServer();
  const port = await listen(server);
  const { status, stderr } = await runCommand('tester', ['--port', String(port)]);
  server.close();
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: `error: port ${port} is taken: choose another one with --port, or leave --port out\n`,
  });
});

test('its link leads to the page, and Ctrl-C ends it without a failure', async () => {
  const { url, command } = await startTester();
  await expect(createClient(Number(url.port)).ask('/')).resolves.toMatchObject({ status: 200 });
  command.interrupt();
  expect((await command.ended).status).toBe(0);
});

test('the bundle is rebuilt when the source changes; a bad one is reported, and the last good one stays', async () => {
  const folder = copyProject('tester');
  const file = path.join(folder, 'lib/configuration/event-mappings.ts');
  const source = readFileSync(file, 'utf8');
  const { url, stop } = await startTester({ root: folder });
  const client = createClient(Number(url.port));
  const updates = linesOf(await client.open('/api/stream'));

  /** The TikTok events that an order becomes, and its outcome. */
  async function becomes() {
    const { results, traces } = Run.parse(JSON.parse((await client.run(JSON.stringify(order()))).body));
    return z
      .object({ data: z.array(z.object({ event: z.string() })) })
      .parse(JSON.parse(traces[0]?.request.body ?? '{}'))
      .data.map(({ event }) => [event, results[0]?.outcome]);
  }

  /** Waits for a bundle. There may be others before it: a file may be read while it is being written. */
  async function bundleThat(isExpected: (bundle: Bundle) => boolean): Promise<Bundle> {
    for (let next = await updates.next(); next.done !== true; next = await updates.next()) {
      const { bundle } = Update.parse(JSON.parse(/^data: (.*)/.exec(next.value)?.[1] ?? '{}'));
      if (bundle !== undefined && isExpected(bundle)) return bundle;
    }
    throw new Error('The stream ended');
  }

  try {
    await expect(becomes()).resolves.toEqual([['Purchase', 'Delivered']]);
    expect((await client.readState()).bundle).toMatchObject({ isRebuilt: false });

    writeFileSync(file, source.replace("'Purchase'", "'Bought'"));
    await bundleThat(({ isRebuilt }) => isRebuilt);
    await expect(becomes()).resolves.toEqual([['Bought', 'Delivered']]);

    writeFileSync(file, `${source}\nconst broken = ;\n`);
    const { problem } = await bundleThat((bundle) => bundle.problem?.includes('Unexpected') === true);
    expect(problem).toMatch(/lib\/configuration\/event-mappings\.ts:\d+:\d+: ERROR: Unexpected ";"/);
    await expect(becomes()).resolves.toEqual([['Bought', 'Delivered']]);

    writeFileSync(file, source);
    await bundleThat((bundle) => bundle.problem === undefined);
    await expect(becomes()).resolves.toEqual([['Purchase', 'Delivered']]);
  } finally {
    await stop();
    rmSync(folder, { recursive: true });
  }
});
