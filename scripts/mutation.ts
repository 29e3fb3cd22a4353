// npm run mutation: shows which changes of lib/ no test notices.
import { createCommand, runCommand } from './cli/command';
import { runMutation } from './mutation/mutation';

void runCommand(
  createCommand(
    'npm run mutation',
    'Changes lib/ in thousands of small ways, and shows which changes no test notices. Fails if one of these is not judged in test/mutation/judgements.json, and if tests notice less than 90 % of the changes in all of lib/. A file takes minutes, all of them hours.',
  )
    .argument('[files...]', 'files of lib/ (default: all)')
    .option('--no-run', 'only show what earlier runs have found')
    .action(runMutation),
);
