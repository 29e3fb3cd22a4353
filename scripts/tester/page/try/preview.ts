// What would become of the event at hand, kept up to date as one types. Nothing is sent.
import { CALLS, type Preview, type State, type Values } from '../../api';
import { useAnswer } from '../common/attempt';
import { askAbout } from '../common/client';

/** Milliseconds without typing after which the server is asked. */
const PAUSE = 200;

/** Without an answer there is no preview; the page says elsewhere that the server is gone. */
const NOTHING: Preview = { notes: [], paths: [] };

/** @param values the settings. */
export function usePreview(json: string, values: Values, { bundle, events }: State): Preview {
  const about = [json, values, events, bundle.at];
  return useAnswer(() => askAbout(CALLS.preview, json), about, PAUSE).answer ?? NOTHING;
}
