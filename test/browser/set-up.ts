// Playwright's global set-up: compiles the commands that the tests start.
import { compileCommands } from '../support/compile';

export default compileCommands;
