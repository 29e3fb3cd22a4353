// npm run bench: what the function costs, and how that grows. Compare the ratios: the times are those of one machine.
import { runBench } from './bench/bench';
import { SET_UP } from './bench/peer';
import { createCommand, runCommand } from './cli/command';

void runCommand(
  createCommand(
    'npm run bench',
    'Measures what the function costs on this machine: an event, loading, the network, memory.',
  )
    .option('--json', 'print JSON')
    .option('--peer', `compare with Segment's own destination, which is installed separately: ${SET_UP}`)
    .option('--smoke', 'run everything as briefly as possible, to check that it works')
    .action(runBench),
);
