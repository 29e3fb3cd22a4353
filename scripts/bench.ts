// npm run bench: what the function costs, and how that grows. The ratios are what counts: times are of one machine.
import { Command } from 'commander';
import { markdownTable } from 'markdown-table';
import colors from 'picocolors';
import { EFFORT, SMOKE } from './bench/compare';
import { costOf } from './bench/cost';
import { measureEvents } from './bench/events';
import { measureLoading } from './bench/loading';
import { measureMemory } from './bench/memory';
import { measureNetwork } from './bench/network';
import { measureProfile } from './bench/profile';
import { withProgress } from './bench/progress';
import { tablesOf, type Report } from './bench/tables';
import { writeBundle } from './bundle';

async function run(options: { json?: true; smoke?: true }): Promise<void> {
  const code = await writeBundle();
  const effort = options.smoke === undefined ? EFFORT : SMOKE;
  const loading = await withProgress('loading', () => measureLoading(code, effort));
  const events = await withProgress('an event', (progress) => measureEvents(code, effort, progress));
  const profile = await withProgress('profile', (progress) => measureProfile(code, effort, progress));
  const network = await withProgress('network', (progress) => measureNetwork(code, effort, progress));
  const memory = await withProgress('memory', (progress) => measureMemory(code, effort, progress));
  const report: Report = { events, profile, loading, network, cost: costOf(network.batches), memory };
  if (options.json !== undefined) {
    console.log(JSON.stringify(report, undefined, 2));
    return;
  }
  for (const { title, caption, head, rows } of tablesOf(report)) {
    console.log(`${colors.bold(title)}\n${caption}\n`);
    console.log(`${markdownTable([head, ...rows], { align: ['l', ...head.slice(1).map(() => 'r')] })}\n`);
  }
}

new Command('npm run bench --')
  .description(
    'Measures what the function costs on this machine: the time of an event, loading, the network, memory.',
  )
  .option('--json', 'print JSON')
  .option('--smoke', 'run all of it as briefly as possible, to see that it runs')
  .showSuggestionAfterError(false)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(run)
  .parse();
