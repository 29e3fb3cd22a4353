// What tests call of the commands in their own process, compiled with the packages that Jest cannot load.
export { CommandError, describeError } from '../../scripts/cli/command';
export { runEvents } from '../../scripts/report/run';
