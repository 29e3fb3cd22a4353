// Everything that npm run bench measures, and how it prints it.
import { markdownTable } from 'markdown-table';
import colors from 'picocolors';
import { writeBundle } from '../bundle/bundle';
import { withProgress } from '../cli/progress';
import { EFFORT, SMOKE } from './compare';
import { costOf } from './cost';
import { measureEvents, measureUnsent } from './events';
import { measureGrowth, tooSteep } from './growth';
import { measureLoading } from './loading';
import { measureMemory } from './memory';
import { measureNetwork } from './network';
import { measurePeer } from './peer';
import { measureProfile } from './profile';
import { tablesOf, type BenchReport } from './tables';

const SMOKE_NOTE = 'With --smoke everything is measured as briefly as possible: these numbers mean nothing.';

/** Measures everything, and prints it as tables or JSON. */
export async function runBench(options: {
  readonly json?: true;
  readonly smoke?: true;
  readonly peer?: true;
}): Promise<void> {
  const code = await writeBundle();
  const effort = options.smoke === undefined ? EFFORT : SMOKE;
  const loading = await withProgress('loading', () => measureLoading(code, effort));
  const events = await withProgress('an event', (progress) => measureEvents(code, effort, progress));
  const unsent = await withProgress('calls that are not sent', () => measureUnsent(code, effort));
  const peer = options.peer && (await withProgress('the peer', () => measurePeer(code, effort)));
  const profile = await withProgress('profile', (progress) => measureProfile(code, effort, progress));
  const network = await withProgress('network', (progress) => measureNetwork(code, effort, progress));
  const memory = await withProgress('memory', (progress) => measureMemory(code, effort, progress));
  const growth = await withProgress('growth', (progress) => measureGrowth(code, effort, progress));
  const report: BenchReport = {
    events,
    unsent,
    profile,
    loading,
    network,
    cost: costOf(network.batches),
    growth,
    memory,
    ...(peer && { peer }),
  };
  for (const { place, characters, ratio } of tooSteep(growth)) {
    console.error(`A doubling of ${characters} in ${place} costs ${ratio.toFixed(1)} times as much`);
    process.exitCode = 1;
  }
  const isSmoke = effort === SMOKE;
  if (options.json !== undefined) {
    console.log(JSON.stringify({ ...(isSmoke && { note: SMOKE_NOTE }), ...report }, undefined, 2));
    return;
  }
  if (isSmoke) console.log(`${colors.yellow(SMOKE_NOTE)}\n`);
  for (const { title, caption, head, rows } of tablesOf(report)) {
    console.log(`${colors.bold(title)}\n${caption}\n`);
    console.log(`${markdownTable([head, ...rows], { align: ['l', ...head.slice(1).map(() => 'r')] })}\n`);
  }
}
