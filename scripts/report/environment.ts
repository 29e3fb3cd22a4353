// A local Segment that holds the function, against a local TikTok of its own or the real one.
import { createClock } from '@sinonjs/fake-timers';
import type { Configuration } from '../../lib/configuration/configure';
import { createRuntime, type Runtime } from '../local/segment/runtime';
import { createKeys, type Keys } from '../local/tiktok/keys';
import { HOST } from '../local/tiktok/names';
import { createTikTok, type TikTokService } from '../local/tiktok/service';

export interface EnvironmentOptions {
  /** The function's text. */
  readonly code: string;
  /** Its name in Segment. */
  readonly functionName: string;
  /** Of the settings that it is called with: a local TikTok knows their token and event set. */
  readonly configuration: Configuration;
  /** Whether the requests go to the real TikTok. */
  readonly isLive?: boolean;
  /** By which a local TikTok tells which events it has counted; of its own by default. */
  readonly keys?: Keys;
  /** Whether the function gets copies of its events and settings; true by default. */
  readonly givesCopies?: boolean;
  /** Globals of Segment's runtime to put others in the place of. */
  readonly globals?: Readonly<Record<string, unknown>>;
}

export interface Environment {
  readonly segment: Runtime;
  /** The local one. */
  readonly tiktok: TikTokService | undefined;
}

/** Many events go through it, so the local TikTok is asked without a network. */
export function createEnvironment({
  code,
  functionName,
  configuration: { settings },
  isLive = false,
  keys = createKeys(),
  givesCopies = true,
  globals = {},
}: EnvironmentOptions): Environment {
  const { accessToken: token, eventSetId, eventSource } = settings;
  const tiktok = isLive
    ? undefined
    : createTikTok({ token, eventSetId, eventSource, remembers: false, keys });
  return {
    segment: createRuntime({
      code,
      functionName,
      routes: { [HOST]: tiktok?.route ?? 'internet' },
      globals,
      givesCopies,
    }),
    tiktok,
  };
}

/** The globals of a runtime whose clock stands still. @param now the time in milliseconds. */
export const stoppedAt = (now: number) => ({ Date: createClock(now).Date });
