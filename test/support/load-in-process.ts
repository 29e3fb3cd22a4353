// The work of the commands, for tests within Jest of what does not need a process.
import { jest } from '@jest/globals';
import { commandFile } from './compile';
import type * as InProcess from './in-process';

/** Compiled, because Jest cannot load some of the packages that it needs. */
export const loadInProcess = (): typeof InProcess => jest.requireActual(commandFile('in-process'));
