// Jest's environment for mutation testing: when a test has failed, a change was noticed, and the rest of the file is skipped.
const { TestEnvironment } = require('jest-environment-node');

module.exports = class extends TestEnvironment {
  handleTestEvent({ name, test }, state) {
    if (name === 'test_done' && test.errors.length > 0) state.hasFocusedTests = true;
  }
};
