// The simulations that npm run simulate runs, and their table.
import { markdownTable } from 'markdown-table';
import colors from 'picocolors';
import { writeBundle } from '../bundle/bundle';
import { simulate, type SimulationReport } from './run';

interface SimulateOptions {
  readonly events: number;
  /** In percent. */
  readonly bad: number;
  /** In percent, for each simulation. */
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

/** Simulates each share of failures, and prints a table; the exit code is 1 if an event was lost or counted twice. */
export async function runSimulations({ events, bad, failures, seed }: SimulateOptions): Promise<void> {
  const code = await writeBundle();
  console.log(
    `${events.toLocaleString('en')} events in batches of 1 to 400, ${bad} % of them bad, seed ${seed}.\n` +
      'Segment retries events for up to 4 hours of simulated time.\n',
  );
  const rows: string[][] = [];
  let isFine = true;
  for (const percent of failures) {
    if (process.stderr.isTTY) console.error(colors.dim(`TikTok fails ${percent} % of the requests …`));
    const report = await simulate({ code, events, bad: bad / 100, failures: percent / 100, seed });
    rows.push([`${percent} %`, ...COLUMNS.map(([, value]) => value(report).toLocaleString('en'))]);
    isFine &&= report.lost + report.doubled + report.undiscarded + report.unexplained === 0;
    if (report.undiscarded > 0) console.error(`${report.undiscarded} bad events were not discarded`);
    if (report.unexplained > 0)
      console.error(`${report.unexplained} events were not delivered, without a reason`);
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
