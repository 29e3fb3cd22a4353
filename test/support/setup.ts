// Jest's global setup: builds the bundle that the tests run, which is the one that ships, and compiles the commands.
import { writeBundle } from '../../scripts/bundle/bundle';
import { ROOT } from '../../scripts/cli/project';
import { compileCommands } from './compile';

export default async function setUp(): Promise<void> {
  // The tests' processes get these, too: what they print is the same wherever and however Jest was started.
  Object.assign(process.env, { INIT_CWD: ROOT, NO_COLOR: '1' });
  await Promise.all([writeBundle(), compileCommands()]);
}
