// The function's settings in a workspace: one save after the other, and calls that wait for them.
import { isDeepStrictEqual } from 'node:util';
import { configure } from '../../../lib/configuration/configure';
import { readSettings } from '../../../lib/configuration/settings';
import { isFailure } from '../../../lib/result';
import type { EventSource } from '../../local/tiktok/rules';
import {
  describeIgnoredSettings,
  describeMistypedProperties,
  describeUnusedMappings,
} from '../../report/mistyped-names';
import { HIDDEN_TOKEN, type State, type Values } from '../api';
import type { SettingsFile } from './settings-file';
import { readSettingsText, type GivenSettings } from './settings-text';

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
  /**
   * Replaces all values by those of a file's text; a token that it does not hold, or hides, stays as it is.
   *
   * @throws InputError that names the place of a mistake.
   */
  readonly replace: (json: string) => Promise<void>;
  /** Goes back to what the file holds. */
  readonly discard: () => Promise<void>;
}

/** @param afterSave ends a save; it is given the credentials if the save has changed them. */
export function createSettings(
  file: SettingsFile,
  afterSave: (changed: Credentials | undefined) => Promise<void>,
): SettingsStore {
  let { values, unknown }: GivenSettings = file.given();
  let saving = Promise.resolve();

  async function apply(changed: Values): Promise<void> {
    const before = credentialsOf(values);
    values = changed;
    const after = credentialsOf(values);
    await afterSave(isDeepStrictEqual(before, after) ? undefined : after);
  }

  /** Changes the values when every save before has ended. */
  function change(changedOf: (old: Values) => Values): Promise<void> {
    const saved = saving.then(() => apply(changedOf(values)));
    // A save that fails must not keep the next one from being made.
    saving = saved.catch(() => undefined);
    return saved;
  }

  return {
    values: () => values,
    settled: () => saving,
    describe() {
      const configuration = configure(values);
      const token = credentialsOf(values).token;
      return {
        values,
        ...(isFailure(configuration) && { problem: configuration.reason.message }),
        warnings: [
          ...describeIgnoredSettings(unknown, token),
          ...(isFailure(configuration)
            ? []
            : [
                ...describeMistypedProperties(configuration.settings),
                ...describeUnusedMappings(configuration),
              ]),
        ],
        ...(file.name !== undefined && { file: file.name }),
        isSaved: file.isSaved(values),
        variables: file.given().variables,
      };
    },
    discard: () =>
      change(() => {
        ({ unknown } = file.given());
        return file.given().values;
      }),
    save: (changed) => change((old) => ({ ...old, ...changed })),
    async replace(json) {
      const given = readSettingsText(json, '');
      await change((old) => {
        unknown = given.unknown;
        const { accessToken, ...rest } = given.values;
        const isGiven = given.variables['accessToken'] === undefined && accessToken !== HIDDEN_TOKEN;
        const token = isGiven ? accessToken : undefined;
        return { ...rest, ...definedToken(token ?? old['accessToken']) };
      });
    },
  };
}

const definedToken = (accessToken: Values[string] | undefined): Values =>
  accessToken === undefined ? {} : { accessToken };

/** The token and the event set, whatever is wrong with the other settings. */
export function credentialsOf({ accessToken, eventSetId, eventSource }: Values): Credentials {
  const read = readSettings({ accessToken, eventSetId, eventSource });
  return isFailure(read)
    ? { token: '', eventSetId: '', eventSource: 'offline' }
    : { token: read.accessToken, eventSetId: read.eventSetId, eventSource: read.eventSource };
}
