// The function's settings in a workspace: one save after the other, and calls that wait for them.
import { isDeepStrictEqual } from 'node:util';
import { configure, type Configuration } from '../../../lib/configuration/configure';
import { readSettings } from '../../../lib/configuration/settings';
import { isFailure } from '../../../lib/result';
import { InputError } from '../../cli/command';
import type { EventSource } from '../../local/tiktok/rules';
import {
  describeIdleEntries,
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

/** @param afterSave ends a save; it is given the credentials if the save has changed them. */
export function createSettings(
  file: SettingsFile,
  afterSave: (changed: Credentials | undefined) => Promise<void>,
) {
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

    /** Waits until every save so far has ended. */
    settled: () => saving,

    /** The values, and what the function finds wrong with them. */
    describe(): State['settings'] {
      const configuration = configure(values);
      const ignored = describeIgnoredSettings(unknown, credentialsOf(values).token);
      return {
        values,
        ...(isFailure(configuration)
          ? { problem: configuration.reason.message, warnings: ignored }
          : {
              warnings: [
                ...ignored,
                ...describeMistypedProperties(configuration.settings),
                ...describeUnusedMappings(configuration),
                ...describeIdleEntries(configuration),
              ],
            }),
        ...(file.name !== undefined && { file: file.name }),
        isSaved: file.isSaved(values),
        variables: file.given().variables,
      };
    },

    /** Changes these values; the others stay as they are. */
    save: (changed: Values) => change((old) => ({ ...old, ...changed })),

    /** Goes back to what the file holds. */
    discard: () =>
      change(() => {
        ({ unknown } = file.given());
        return file.given().values;
      }),

    /**
     * Replaces all values by those of a file's text; a token that it does not hold, or hides, stays as it is.
     *
     * @throws InputError that names the place of a mistake.
     */
    async replace(json: string): Promise<void> {
      const given = readSettingsText(json, '');
      await change((old) => {
        unknown = given.unknown;
        const { accessToken, ...rest } = given.values;
        const isGiven = given.variables['accessToken'] === undefined && accessToken !== HIDDEN_TOKEN;
        const token = (isGiven ? accessToken : undefined) ?? old['accessToken'];
        return { ...rest, ...(token !== undefined && { accessToken: token }) };
      });
    },
  };
}

/** @throws InputError if the settings cannot work. */
export function requireConfiguration(values: Values): Configuration {
  const configuration = configure(values);
  if (isFailure(configuration))
    throw new InputError(`Fix the settings first: ${configuration.reason.problems.join('; ')}`);
  return configuration;
}

/** The token and the event set, whatever is wrong with the other settings. */
export function credentialsOf({ accessToken, eventSetId, eventSource }: Values): Credentials {
  const read = readSettings({ accessToken, eventSetId, eventSource });
  return isFailure(read)
    ? { token: '', eventSetId: '', eventSource: 'offline' }
    : { token: read.accessToken, eventSetId: read.eventSetId, eventSource: read.eventSource };
}
