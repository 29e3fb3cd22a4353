// npm run bench: what the function costs, and how that grows. The ratios are what counts: times are of one machine.
import { runBench } from './bench/bench';
import { createCommand, runCommand } from './cli/command';

void runCommand(
  createCommand(
    'npm run bench',
    'Measures what the function costs on this machine: the time of an event, loading, the network, memory.',
  )
    .option('--json', 'print JSON')
    .option('--smoke', 'run all of it as briefly as possible, to see that it runs')
    .action(runBench),
);
