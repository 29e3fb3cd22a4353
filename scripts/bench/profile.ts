// Where the time of an event goes: V8's profile of the function at work.
import { Session, type Profiler } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';
import type { Progress } from '../cli/progress';
import type { Effort, Work } from './compare';
import { PROFILED, workOf } from './events';
import { partsOf, sharesOf, type Shares } from './parts';

export interface Profile {
  /** The name of the case in which the event is measured. */
  readonly name: string;
  readonly shares: Shares;
}

/** Microseconds between two samples. */
const INTERVAL = 100;

/**
 * Gives JSON.stringify a frame of its own: V8 adds the time of a builtin to its caller. It goes in front of the first
 * line, so that the lines keep their numbers.
 */
const STRINGIFY =
  '(({ parse, stringify }) => { globalThis.JSON = { parse, stringify: (...values) => stringify(...values) }; })(JSON); ';

/** Profiles some of the cases in which an event is measured. */
export async function measureProfile(
  code: string,
  { profile: milliseconds }: Effort,
  progress: Progress,
): Promise<readonly Profile[]> {
  const partOf = partsOf(code);
  const profiles: Profile[] = [];
  // The time of an inlined function would be added to its caller.
  setFlagsFromString('--no-turbo-inlining');
  try {
    for (const [index, eventCase] of PROFILED.entries()) {
      progress(index / PROFILED.length);
      const nodes = await takeProfile(workOf(STRINGIFY + code, eventCase), milliseconds);
      profiles.push({ name: eventCase.name, shares: sharesOf(nodes, partOf) });
    }
  } finally {
    setFlagsFromString('--turbo-inlining');
  }
  return profiles;
}

/** Profiles work for some milliseconds of the processor, after a third of that to warm up. */
async function takeProfile({ run }: Work, milliseconds: number): Promise<readonly Profiler.ProfileNode[]> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: INTERVAL });
    repeat(run, milliseconds / 3);
    await session.post('Profiler.start');
    repeat(run, milliseconds);
    const { profile } = await session.post('Profiler.stop');
    return profile.nodes;
  } finally {
    session.disconnect();
  }
}

/** Runs work until the process has used some milliseconds of the processor, however busy the machine is. */
function repeat(run: () => unknown, milliseconds: number): void {
  const before = process.cpuUsage();
  do run();
  while (process.cpuUsage(before).user < milliseconds * 1000);
}
