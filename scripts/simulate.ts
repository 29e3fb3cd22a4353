// npm run simulate: shows that nothing is lost and nothing is counted twice, whatever TikTok does.
import { Option } from 'commander';
import { createCommand, runCommand } from './cli/command';
import { anyNumber, wholeNumber } from './cli/options';
import { runSimulations } from './simulate/simulations';

/** In percent. */
const FAILURES = [0, 1, 10, 50];

void runCommand(
  createCommand(
    'npm run simulate',
    'Sends events to a TikTok that fails at random, in simulated time; fails if an event is lost or counted twice.',
  )
    .option('--events <count>', 'how many events', wholeNumber(1, 10_000_000), 100_000)
    .option('--bad <percent>', 'the share of bad events', anyNumber(0, 100), 1)
    .addOption(
      new Option('--failures <percents>', 'the shares of requests that TikTok fails, separated by commas')
        .argParser((text) => text.split(',').map(anyNumber(0, 100)))
        .default(FAILURES, FAILURES.join(',')),
    )
    .option('--seed <number>', 'the same seed gives the same run', wholeNumber(0, 2 ** 31 - 1), 1)
    .action(runSimulations),
);
