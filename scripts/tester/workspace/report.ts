// A file of events in a workspace: all of them go through the function, and what becomes of them is counted.
import { configure } from '../../../lib/configuration/configure';
import { isFailure } from '../../../lib/result';
import { InputError } from '../../cli/command';
import { readEvents } from '../../input/events';
import type { Source } from '../../input/files';
import { FUNCTION_NAME } from '../../cli/project';
import { BATCH, createRuntime } from '../../local/segment/runtime';
import { HOST, startTikTok } from '../../local/tiktok/server';
import { survey } from '../../report/survey';
import type { FileReport, Values } from '../api';
import { credentialsOf } from './settings';

/** How many events go through between two updates. */
const UPDATE_EVERY = 1000;

interface FileOptions {
  readonly file: Source;
  readonly code: string;
  readonly settings: Values;
  /** Is given the number of events so far, now and then. */
  readonly onProgress: (surveyed: number) => void;
}

/**
 * Reports on a file as `npm run report` does, with a TikTok that is there for this file only.
 *
 * @throws InputError if the settings cannot work, or there is no event before a mistake in the file.
 */
export async function reportFile({ file, code, settings, onProgress }: FileOptions): Promise<FileReport> {
  const configuration = configure(settings);
  if (isFailure(configuration))
    throw new InputError(`Fix the settings first: ${configuration.reason.problems.join('; ')}`);
  const tiktok = await startTikTok({ ...credentialsOf(settings), remembers: false });
  let surveyed = 0;
  let published = 0;
  try {
    const { report, error } = await survey({
      events: readEvents([file]),
      segment: createRuntime({ code, functionName: FUNCTION_NAME, routes: { [HOST]: tiktok.route } }),
      settings,
      configuration,
      batch: BATCH,
      onCall({ inputs }) {
        surveyed += inputs.length;
        if (surveyed < published + UPDATE_EVERY) return;
        published = surveyed;
        onProgress(surveyed);
      },
    });
    return { report, ...(error !== undefined && { problem: error.message }) };
  } finally {
    await tiktok.close();
  }
}
