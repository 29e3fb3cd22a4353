// npm run deploy -- settings against a local Public API, in which a function is connected to a source.
import { expect } from '@jest/globals';
import { SETTINGS } from '../../lib/configuration/settings';
import { typedFile } from '../../scripts/cli/options';
import type { Decision } from '../../scripts/deploy/decision';
import { deploySettings } from '../../scripts/deploy/destination/settings';
import { readWantedSettings } from '../../scripts/deploy/destination/wanted';
import { createFolder, type Run } from './command';
import { npmRunDeploy, runInProcess, TOKEN, type Circumstances } from './deploy';
import {
  startPublicApi,
  type GivenDestination,
  type LocalApi,
  type LocalApiOptions,
  type Misbehaviour,
  type StoredDestination,
  type StoredMetadata,
} from './public-api';

/** The token of the Events API that the environment holds, and the one that Segment has at first. */
export const SECRET = 'tt-token-for-the-tests-51f0';
export const OLD_SECRET = 'tt-token-of-last-year-c3a7';
export const ACCESS_TOKEN = { env: 'TIKTOK_ACCESS_TOKEN' };

/** The function as the catalog of the workspace has it. */
export const FUNCTION_METADATA: StoredMetadata = {
  id: 'mtd_function',
  name: 'TikTok Offline Conversions (Example)',
  slug: 'tiktok-offline-conversions-example',
  options: SETTINGS.map(({ name, label, type, required, sensitive }) => ({
    ...{ name, label, type, required, sensitive },
  })),
  actions: [],
};
/** A connected function whose settings somebody typed in. */
export const TYPED: GivenDestination = {
  name: 'Shops to TikTok',
  metadata: FUNCTION_METADATA,
  settings: {
    accessToken: OLD_SECRET,
    eventSetId: '7000000000000000001',
    eventMappings: { 'Order Completed': 'Purchase', 'In-Store Visit': 'FindLocation' },
    parameterMappings: {},
    defaultCountry: 'US',
    limitedDataUse: true,
    testEventCode: '',
    eventSource: '',
  },
};
/** The file that its settings are to become. */
export const WANTED = {
  accessToken: ACCESS_TOKEN,
  eventSetId: '7000000000000000001',
  eventMappings: {
    'Order Completed': 'Purchase if properties.channel = "store"',
    'Won deals': 'Lead if type = "identify" and traits.lead_status = "won"',
  },
  defaultCountry: 'US',
};
/** What it comes to in Segment. */
export const SAVED = {
  accessToken: SECRET,
  eventSetId: '7000000000000000001',
  eventMappings: WANTED.eventMappings,
  parameterMappings: {},
  defaultCountry: 'US',
  limitedDataUse: false,
  testEventCode: '',
  eventSource: '',
};

interface ConnectedRun extends Decision {
  /** What the person types at the terminal; without it there is no terminal. */
  readonly answer?: string;
  /** The content of the file of settings: JSON, or what is not. */
  readonly settings?: object | string;
  readonly id?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface ConnectedWorkspace {
  readonly api: LocalApi;
  readonly there: StoredDestination;
  /** Runs the command in this process; it asks nothing by default. No token is printed. */
  readonly deploySettings: (run?: ConnectedRun) => Promise<Run>;
  /** Runs it in a process of its own, behind the ID and --settings. */
  readonly npmRunSettings: (
    args: readonly string[],
    circumstances?: Circumstances & Pick<ConnectedRun, 'settings'>,
  ) => Promise<Run>;
  /** Writes a file beside that of the settings. */
  readonly file: (name: string, content: string) => string;
  /** How long it waited until it read the settings back once more. */
  readonly pauses: readonly number[];
}

/** The next request of an operation, after something else happened. */
export const answered = (on: Misbehaviour['on'], before?: () => void): Misbehaviour => ({
  ...{ on, isAnswered: true },
  ...(before !== undefined && { before }),
});

/** Runs a test in a workspace with a destination, for the length of the test. */
export async function inConnected(
  options: Omit<LocalApiOptions, 'token'>,
  act: (workspace: ConnectedWorkspace) => Promise<void>,
  given: GivenDestination = TYPED,
): Promise<void> {
  const api = await startPublicApi({ token: TOKEN, ...options });
  const files = createFolder();
  const there = api.addDestination(given);
  const pauses: number[] = [];
  const write = (settings: object | string) =>
    files.file('settings.json', typeof settings === 'string' ? settings : JSON.stringify(settings));
  try {
    await act({
      ...{ api, there, pauses },
      file: (name, content) => files.file(name, content),
      deploySettings: async ({
        answer,
        settings = WANTED,
        id = there.id,
        env = { TIKTOK_ACCESS_TOKEN: SECRET },
        ...decision
      } = {}) => {
        const named = { ...typedFile(write(settings)), name: 'settings.json' };
        const decided = answer === undefined && Object.keys(decision).length === 0;
        return withoutSecrets(
          await runInProcess(
            api,
            () => Promise.resolve(),
            answer,
            async (connected, terminal) => {
              const wanted = await readWantedSettings(named, env, terminal);
              return deploySettings(connected, terminal, id, wanted, decided ? { yes: true } : decision, {
                wait: (milliseconds) => Promise.resolve(pauses.push(milliseconds)),
              });
            },
          ),
        );
      },
      npmRunSettings: async (args, { settings = WANTED, env = {}, ...circumstances } = {}) =>
        withoutSecrets(
          await npmRunDeploy(['settings', there.id, '--settings', write(settings), ...args], {
            preloads: ['short-pauses'],
            ...circumstances,
            env: { SEGMENT_PUBLIC_API_URL: api.url, TIKTOK_ACCESS_TOKEN: SECRET, ...env },
          }),
        ),
    });
  } finally {
    await api.close();
    files.remove();
  }
}

function withoutSecrets(run: Run): Run {
  for (const secret of [SECRET, OLD_SECRET]) expect(run.stdout + run.stderr).not.toContain(secret);
  return run;
}

/** What the last save held. */
export const lastSave = (api: LocalApi): unknown =>
  api.requests.findLast(({ operation }) => operation === 'updateDestination')?.body;
