// Jest's global set-up: makes the bundle that the tests run, which is the one that ships, and compiles the commands.
import { writeBundle } from '../../scripts/bundle/bundle';
import { compileCommands } from './compile';

export default async function setUp(): Promise<void> {
  await Promise.all([writeBundle(), compileCommands()]);
}
