// Loaded before a command: its waits take a hundredth of their time.
import promises from 'node:timers/promises';

const wait = promises.setTimeout;

Object.assign(promises, {
  setTimeout: (milliseconds: number) => wait(milliseconds / 100),
});
