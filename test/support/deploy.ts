// npm run deploy against a local Public API: its code within the test's process, or the command in a process of its own.
import './no-colour';
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Readable, Writable } from 'node:stream';
import { expect } from '@jest/globals';
import { description, version } from '../../package.json';
import { readBuild, stamp } from '../../scripts/bundle/build-id';
import { CommandError } from '../../scripts/cli/command';
import { BUNDLE, ROOT } from '../../scripts/cli/project';
import { createPublicApi, type PublicApi } from '../../scripts/deploy/api';
import type { Decision, ExitCode } from '../../scripts/deploy/decision';
import { deploy } from '../../scripts/deploy/deploy';
import { NAME } from '../../scripts/deploy/options';
import { restore } from '../../scripts/deploy/restore';
import type { Wait } from '../../scripts/deploy/retry';
import { EDITOR_SETTINGS } from '../../scripts/deploy/settings';
import { createTerminal, type Terminal } from '../../scripts/deploy/terminal';
import { startCommand, type Command, type Run } from './command';
import {
  startPublicApi,
  type LocalApi,
  type LocalApiOptions,
  type Misbehaviour,
  type StoredFunction,
} from './public-api';

export const TOKEN = 'sgp_token-for-the-tests-9d2e';

/** The shipped bundle, as the tests' deploys bring it to Segment. */
export const built = readFileSync(BUNDLE, 'utf8');
export const digest = readBuild(built)?.digest ?? '';
/** What messages call it. */
export const BUILT = `${version}, build ${digest}`;

/** The build before this one: another version, without the last setting. */
export const earlier = stamp(
  built
    .replace(/^\/\/ Build .*\n/m, '')
    .replace(version, '0.0.9')
    .replace('// - Test Event Code: STRING, optional\n', ''),
);
export const earlierSettings = EDITOR_SETTINGS.filter(({ name }) => name !== 'testEventCode').map(
  (setting) =>
    setting.name === 'defaultCountry' ? { ...setting, label: 'Country', required: true } : setting,
);
/** A setting that is not in the code. */
export const ownSetting = {
  name: 'region',
  label: 'Region',
  type: 'STRING',
  description: 'Ours',
  required: false,
  sensitive: false,
} as const;
/** Code that this project did not build. */
export const foreign = 'async function onPage() {}';

/** Functions in a workspace: as it was built, and as the build before it left it. */
export const current = { displayName: NAME, code: built, settings: EDITOR_SETTINGS };
export const outdated = { displayName: NAME, code: earlier, settings: earlierSettings };

/** The code of a function that is saved. */
export const saved = ({ versions }: StoredFunction) => versions.at(-1)?.code;
/** The code of a function that the connected instances run. */
export const running = ({ versions, deployed }: StoredFunction) =>
  versions.find(({ id }) => id === deployed)?.code;
/** What Segment was asked for, in order. */
export const operations = (api: LocalApi) => api.requests.map(({ operation }) => operation);

export interface RunOptions extends Decision {
  readonly name?: string;
  readonly function?: string;
  readonly removeSettings?: true;
  /** What the person types at the terminal; without it there is no terminal. */
  readonly answer?: string;
}

export interface Circumstances {
  /** What the person types at the terminal; without it there is no terminal. */
  readonly answer?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The project's folder, or a copy of it. */
  readonly root?: string;
  /** Modules of test/support that are loaded into the process first. */
  readonly preloads?: readonly string[];
  /** Called as soon as the process runs. */
  readonly started?: (command: Command) => void;
}

/** How Segment may behave: its reference leaves open what deploys a Destination Function, and when that is shown. */
const WAYS: readonly Partial<LocalApiOptions>[] = [
  { deploysOn: 'save', readsUntilShown: 0 },
  { deploysOn: 'save', readsUntilShown: 2 },
  { deploysOn: 'call', readsUntilShown: 0 },
  { deploysOn: 'call', readsUntilShown: 2 },
];

/** The waits of a run that reads a function back until Segment shows it as deployed, and of one that does so in vain. */
export const PAUSES = [500, 1000, 1500, 2000, 2500, 3500, 4000];

/** What a run prints before it reads a function back once more. */
export const WAITING = 'Waiting up to 15 s for Segment to show that it is deployed …\n';

/** A workspace for the length of a test, and the commands that run against it. */
export interface DeployWorkspace {
  readonly api: LocalApi;
  /** Whether a save deploys here; otherwise the call to deploy does. */
  readonly savesDeploy: boolean;
  /** How many times a function is read after a deploy before that is shown. */
  readonly readsUntilShown: number;
  /** How long the commands below waited before they tried again, in milliseconds; no time passes. */
  readonly waits: readonly number[];
  /** Likewise, before they read the function back once more. */
  readonly pauses: readonly number[];
  /** Deploys what was built, without a question by default. */
  readonly deploy: (options?: RunOptions) => Promise<Run>;
  readonly restore: (version: string, options: RunOptions) => Promise<Run>;
  /** Begins a deploy, and leaves it for good in the middle of a request, as a process does that is killed. */
  readonly abandonDeploy: (misbehaviour: Misbehaviour) => Promise<void>;
  /** Runs the command in a process of its own. */
  readonly npmRunDeploy: (args: readonly string[], circumstances?: Circumstances) => Promise<Run>;
}

/** Runs a test in workspaces of its own: one for each way in which Segment may behave that the options leave. */
export async function inWorkspace(
  act: (workspace: DeployWorkspace) => Promise<void>,
  options: Partial<LocalApiOptions> = {},
): Promise<void> {
  const ways = new Map(
    WAYS.map((way) => {
      const circumstances = { ...way, ...options };
      return [JSON.stringify(circumstances), circumstances];
    }),
  );
  for (const [name, circumstances] of ways) {
    await inOneWorkspace(act, circumstances).catch((cause: unknown) => {
      throw new Error(`In a workspace with ${name}`, { cause });
    });
  }
}

/** Starts a workspace, runs the test in it, and ends it. */
async function inOneWorkspace(
  act: (workspace: DeployWorkspace) => Promise<void>,
  options: Partial<LocalApiOptions>,
): Promise<void> {
  const api = await startPublicApi({ token: TOKEN, ...options });
  const [waits, pauses]: [number[], number[]] = [[], []];
  const abandoned: Promise<void>[] = [];
  const wait = (milliseconds: number) => Promise.resolve(waits.push(milliseconds));
  const pause = (milliseconds: number) => Promise.resolve(pauses.push(milliseconds));
  const deployBuilt = ({ answer, ...given }: RunOptions, wait: Wait) =>
    runInProcess(api, wait, answer, (connected, terminal) =>
      deploy(
        connected,
        terminal,
        { code: built, settings: EDITOR_SETTINGS, description, file: 'dist/destination.js' },
        { name: NAME, ...given },
        pause,
      ),
    );
  try {
    await act({
      api,
      savesDeploy: options.deploysOn === 'save',
      readsUntilShown: options.readsUntilShown ?? 0,
      waits,
      pauses,
      deploy: (given = { yes: true }) => deployBuilt(given, wait),
      restore: (versionId, { answer, ...given }) =>
        runInProcess(api, wait, answer, (connected, terminal) =>
          restore(connected, terminal, versionId, { name: NAME, ...given }, pause),
        ),
      abandonDeploy: (misbehaviour) => {
        const { arrived, ended } = abandon(api, misbehaviour, (waitForever) =>
          deployBuilt({ yes: true }, waitForever),
        );
        abandoned.push(ended);
        return arrived;
      },
      npmRunDeploy: (args, { env = {}, preloads = ['short-pauses'], ...circumstances } = {}) =>
        npmRunDeploy(args, {
          ...circumstances,
          preloads,
          env: { SEGMENT_PUBLIC_API_URL: api.url, ...env },
        }),
    });
  } finally {
    await api.close();
    await Promise.all(abandoned);
  }
}

/**
 * Begins a run that goes no further than the request that misbehaves.
 *
 * @returns when the request has arrived, and when the run is stuck for good, which the end of the workspace brings.
 */
function abandon(
  api: LocalApi,
  misbehaviour: Misbehaviour,
  begin: (waitForever: Wait) => Promise<Run>,
): { readonly arrived: Promise<void>; readonly ended: Promise<void> } {
  const request = new EventEmitter();
  const arrived = once(request, 'arrived').then(() => undefined);
  const before = () => {
    setImmediate(() => request.emit('arrived'));
  };
  api.misbehave({ isSilent: true, before, ...misbehaviour });
  const ended = new Promise<void>((resolve, reject) => {
    // The request ends with the workspace. The run would then try again, but this wait never ends.
    const waitForever = () => {
      resolve();
      return new Promise(() => undefined);
    };
    begin(waitForever).then(({ stderr }) => {
      reject(new Error(`The run ended by itself: ${stderr}`));
    }, reject);
  });
  return { arrived: Promise.race([arrived, ended]), ended };
}

/** Does what the command does, with a terminal of its own. The token is never printed. */
export async function runInProcess(
  { url }: LocalApi,
  wait: Wait,
  answer: string | undefined,
  act: (api: PublicApi, terminal: Terminal) => Promise<ExitCode>,
): Promise<Run> {
  const isTTY = answer !== undefined;
  const [stdout, stderr] = [createSink(), createSink()];
  const terminal = createTerminal(TOKEN, {
    stdin: Object.assign(Readable.from([`${answer ?? ''}\n`]), { isTTY }),
    stdout: Object.assign(stdout.stream, { isTTY }),
    stderr: stderr.stream,
  });
  let status: number;
  try {
    status = await act(createPublicApi({ base: url, token: TOKEN }, terminal.warn, wait), terminal);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    terminal.fail(error);
    status = error.exitCode;
  }
  return withoutToken({ status, stdout: stdout.text(), stderr: stderr.text() });
}

/** A stream that keeps what is written to it. */
export function createSink(): { readonly stream: Writable; readonly text: () => string } {
  let text = '';
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, callback) {
      text += String(chunk);
      callback();
    },
  });
  return { stream, text: () => text };
}

/** Runs the command in a process of its own, and waits for its end. The token is never printed. */
export async function npmRunDeploy(
  args: readonly string[],
  { answer, env = {}, preloads = [], root = ROOT, started }: Circumstances = {},
): Promise<Run> {
  const command = startCommand('deploy', args, {
    root,
    preloads: answer === undefined ? preloads : [...preloads, 'at-terminal'],
    env: { SEGMENT_PUBLIC_API_TOKEN: TOKEN, ...env },
  });
  command.process.stdin.end(answer === undefined ? '' : `${answer}\n`);
  started?.(command);
  return withoutToken(await command.ended);
}

function withoutToken(run: Run): Run {
  expect(run.stdout + run.stderr).not.toContain(TOKEN);
  return run;
}

/** An output as the documentation shows it: one address, one version, two builds, and the answer that was typed. */
export const asDocumented = (text: string, url: string) =>
  text
    .replaceAll(url, 'https://api.segmentapis.com')
    .replaceAll(digest, '8d1c2f3a5b7e9046')
    .replaceAll(readBuild(earlier)?.digest ?? '', 'c41f0e9a7b2d5386')
    .replaceAll(version, '0.1.0')
    .replace('[y/N] ', '[y/N] y\n')
    .replace(/ +$/gm, '');
