// What tests call of the commands in their own process, compiled with the packages that Jest cannot load.
export { CommandError, describeError } from '../../scripts/cli/command';
export { expectCases } from '../../scripts/report/cases/expect';
export { compareFiles } from '../../scripts/report/compare';
export { checkEvents } from '../../scripts/report/check';
export { reportEvents } from '../../scripts/report/report';
export { showEvents } from '../../scripts/report/show';
