// The function's settings in a workspace: one save after the other, and calls that wait for them.
import { isDeepStrictEqual } from 'node:util';
import { configure } from '../../../lib/configuration/configure';
import { readSettings } from '../../../lib/configuration/settings';
import { isFailure } from '../../../lib/result';
import type { EventSource } from '../../local/tiktok/rules';
import type { State, Values } from '../api';

/** What TikTok knows a sender by. */
export interface Credentials {
  readonly token: string;
  readonly eventSetId: string;
  readonly eventSource: EventSource;
}

export interface SettingsStore {
  readonly values: () => Values;
  /** Waits until every save so far has ended. */
  readonly settled: () => Promise<void>;
  /** The values, and what the function finds wrong with them. */
  readonly describe: () => State['settings'];
  /** Changes these values; the others stay as they are. */
  readonly save: (changed: Values) => Promise<void>;
}

/** @param afterSave ends a save; it is given the credentials if the save has changed them. */
export function createSettings(
  initial: Values,
  afterSave: (changed: Credentials | undefined) => Promise<void>,
): SettingsStore {
  let values = initial;
  let saving = Promise.resolve();

  async function apply(changed: Values): Promise<void> {
    const before = credentialsOf(values);
    values = { ...values, ...changed };
    const after = credentialsOf(values);
    await afterSave(isDeepStrictEqual(before, after) ? undefined : after);
  }

  return {
    values: () => values,
    settled: () => saving,
    describe() {
      const configuration = configure(values);
      return { values, ...(isFailure(configuration) && { problem: configuration.reason.message }) };
    },
    save(changed) {
      const saved = saving.then(() => apply(changed));
      // A save that fails must not keep the next one from being made.
      saving = saved.catch(() => undefined);
      return saved;
    },
  };
}

/** The token and the event set, whatever is wrong with the other settings. */
export function credentialsOf({ accessToken, eventSetId, eventSource }: Values): Credentials {
  const read = readSettings({ accessToken, eventSetId, eventSource });
  return isFailure(read)
    ? { token: '', eventSetId: '', eventSource: 'offline' }
    : { token: read.accessToken, eventSetId: read.eventSetId, eventSource: read.eventSource };
}
