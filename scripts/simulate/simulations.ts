// The simulations that npm run simulate runs, and their table.
import { markdownTable } from 'markdown-table';
import colors from 'picocolors';
import { writeBundle } from '../bundle/bundle';
import { countOf } from '../report/count';
import { simulate, type SimulationReport } from './run';

interface SimulateOptions {
  readonly events: number;
  /** In percent. */
  readonly bad: number;
  /** In percent, for each simulation. */
  readonly failures: readonly number[];
  readonly seed: number;
}

interface Column {
  readonly head: string;
  readonly meaning: string;
  readonly value: (report: SimulationReport) => number;
  /** Decimals; none by default. */
  readonly digits?: number;
}
const COLUMNS: readonly Column[] = [
  {
    head: 'Delivered',
    meaning: 'events that were delivered in the end',
    value: ({ delivered }) => delivered,
  },
  {
    head: 'Discarded',
    meaning: 'events that were discarded for good, with a reason: the bad ones',
    value: ({ discarded }) => discarded,
  },
  {
    head: 'Retried',
    meaning: 'times that Segment handed an event over again',
    value: ({ retries }) => retries,
  },
  { head: 'Calls', meaning: 'calls of the function, retries included', value: ({ calls }) => calls },
  { head: 'Requests', meaning: 'requests to TikTok', value: ({ requests }) => requests },
  {
    head: 'A batch',
    meaning: 'requests to TikTok for a call with several events, on average',
    value: ({ requestsPerBatch }) => requestsPerBatch,
    digits: 1,
  },
  {
    head: 'At once',
    meaning: 'requests in progress at the same time, at most',
    value: ({ mostAtOnce }) => mostAtOnce,
  },
  {
    head: 'Longest call',
    meaning: 'milliseconds of simulated time; Segment would end a call after 5,000',
    value: ({ longestCall }) => longestCall,
  },
  {
    head: 'Counted',
    meaning: 'conversions that TikTok counted; one event may be two',
    value: ({ counted }) => counted,
  },
  {
    head: 'Lost',
    meaning: 'good events that were not delivered, or not counted: must be 0',
    value: ({ lost }) => lost,
  },
  {
    head: 'Doubled',
    meaning: 'conversions that were counted twice: must be 0',
    value: ({ doubled }) => doubled,
  },
];

/** Simulates each share of failures, and prints a table; the exit code is 1 if an event was lost or counted twice. */
export async function runSimulations({ events, bad, failures, seed }: SimulateOptions): Promise<void> {
  const code = await writeBundle();
  console.log(
    `${countOf(events, 'event')} in batches of 1 to 400, ${bad} % of them bad, seed ${seed}.\n` +
      'Segment retries events for up to 4 hours of simulated time. TikTok words each refusal differently.\n',
  );
  const rows: string[][] = [];
  let isFine = true;
  for (const percent of failures) {
    if (process.stderr.isTTY) console.error(colors.dim(`TikTok fails ${percent} % of the requests …`));
    const report = await simulate({ code, events, bad: bad / 100, failures: percent / 100, seed });
    rows.push([`${percent} %`, ...COLUMNS.map(({ value, digits }) => formatNumber(value(report), digits))]);
    isFine &&= report.lost + report.doubled + report.undiscarded + report.unexplained === 0;
    if (report.undiscarded > 0) console.error(`${report.undiscarded} bad events were not discarded`);
    if (report.unexplained > 0)
      console.error(`${report.unexplained} events were not delivered, without a reason`);
  }
  console.log(
    markdownTable([['TikTok fails', ...COLUMNS.map(({ head }) => head)], ...rows], {
      align: ['r', ...COLUMNS.map(() => 'r')],
    }),
  );
  const width = Math.max(...COLUMNS.map(({ head }) => head.length));
  console.log(`\n${COLUMNS.map(({ head, meaning }) => `${head.padEnd(width)}  ${meaning}`).join('\n')}`);
  console.log(
    `\n${isFine ? colors.green('Nothing was lost, and nothing was counted twice.') : colors.red('Something was lost or counted twice.')}`,
  );
  if (!isFine) process.exitCode = 1;
}

const formatNumber = (value: number, digits = 0): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
