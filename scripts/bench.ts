// npm run bench: what the function costs, and how that grows. The ratios are what counts: times are of one machine.
import { Command } from 'commander';
import { markdownTable } from 'markdown-table';
import colors from 'picocolors';
import { EFFORT, SMOKE, type Comparison } from './bench/compare';
import { measureEvents } from './bench/events';
import { writeBundle } from './bundle';

async function run(options: { json?: true; smoke?: true }): Promise<void> {
  const code = await writeBundle();
  const events = measureEvents(code, options.smoke === undefined ? EFFORT : SMOKE);
  if (options.json !== undefined) {
    console.log(JSON.stringify({ events }, undefined, 2));
    return;
  }
  console.log(colors.bold('An event, without the network'));
  console.log(
    'From the Segment event to the bytes of the request. The floor is three SHA-256 and one JSON.stringify of the\n' +
      'same request. Medians of interleaved rounds; the range is that of the rounds.\n',
  );
  console.log(table(events));
}

function table(comparisons: readonly Comparison[]): string {
  const rows = comparisons.map(({ name, microseconds, ratio }) => [
    name,
    microseconds.toFixed(1),
    `${ratio.median.toFixed(1)} ×`,
    `${ratio.min.toFixed(1)} to ${ratio.max.toFixed(1)}`,
  ]);
  return markdownTable([['Event', 'µs', 'The floor', 'Range'], ...rows], { align: ['l', 'r', 'r', 'r'] });
}

new Command('npm run bench --')
  .description('Measures what the function costs on this machine.')
  .option('--json', 'print JSON')
  .option('--smoke', 'run all of it as briefly as possible, to see that it runs')
  .showSuggestionAfterError(false)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(run)
  .parse();
