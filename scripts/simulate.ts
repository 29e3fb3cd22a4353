// npm run simulate: shows that nothing is lost and nothing counted twice, whatever TikTok does.
import { Command } from 'commander';
import { markdownTable } from 'markdown-table';
import colors from 'picocolors';
import { writeBundle } from './bundle';
import { number, wholeNumber } from './options';
import { simulate, type SimulationReport } from './simulation/run';

interface Options {
  readonly events: number;
  readonly bad: number;
  readonly failures: readonly number[];
  readonly seed: number;
}

const COLUMNS: readonly (readonly [head: string, value: (report: SimulationReport) => number])[] = [
  ['Delivered', ({ delivered }) => delivered],
  ['Discarded', ({ discarded }) => discarded],
  ['Retried', ({ retries }) => retries],
  ['Calls', ({ calls }) => calls],
  ['Requests', ({ requests }) => requests],
  ['At once', ({ mostAtOnce }) => mostAtOnce],
  ['Longest call', ({ longestCall }) => longestCall],
  ['Counted', ({ counted }) => counted],
  ['Lost', ({ lost }) => lost],
  ['Doubled', ({ doubled }) => doubled],
];

async function run({ events, bad, failures, seed }: Options): Promise<void> {
  const code = await writeBundle();
  console.log(
    `${events.toLocaleString('en')} events in batches of 1 to 400, ${String(bad)} % of them bad, seed ${String(seed)}.\n` +
      'Segment tries again what is to be tried again, for 4 hours of simulated time.\n',
  );
  const rows: string[][] = [];
  let isFine = true;
  for (const percent of failures) {
    if (process.stderr.isTTY)
      console.error(colors.dim(`TikTok fails ${String(percent)} % of the requests …`));
    const report = await simulate({ code, events, bad: bad / 100, failures: percent / 100, seed });
    rows.push([`${String(percent)} %`, ...COLUMNS.map(([, value]) => value(report).toLocaleString('en'))]);
    isFine &&= report.lost + report.doubled + report.undiscarded + report.unexplained === 0;
    if (report.undiscarded > 0) console.error(`${report.undiscarded} bad events were not discarded`);
    if (report.unexplained > 0) console.error(`${report.unexplained} events have no reason`);
  }
  console.log(
    markdownTable([['TikTok fails', ...COLUMNS.map(([head]) => head)], ...rows], {
      align: ['r', ...COLUMNS.map(() => 'r')],
    }),
  );
  console.log(
    `\n${isFine ? colors.green('Nothing was lost, and nothing was counted twice.') : colors.red('Something was lost or counted twice.')} The longest call is in milliseconds.`,
  );
  if (!isFine) process.exitCode = 1;
}

new Command('npm run simulate --')
  .description(
    'Sends events to a TikTok that fails at random, in simulated time; fails if one is lost or counted twice.',
  )
  .option('--events <count>', 'how many', wholeNumber(1, 10_000_000), 100_000)
  .option('--bad <percent>', 'how many of them are bad', number(0, 100), 1)
  .option(
    '--failures <percents>',
    'how many requests TikTok fails, separated by commas',
    (text) => text.split(',').map(number(0, 100)),
    [0, 1, 10, 50],
  )
  .option('--seed <number>', 'the same seed gives the same run', wholeNumber(0, 2 ** 31 - 1), 1)
  .showSuggestionAfterError(false)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(run)
  .parse();
