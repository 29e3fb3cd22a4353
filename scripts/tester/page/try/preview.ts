// What would become of the event at hand, kept up to date as one types. Nothing is sent.
import { useEffect, useState } from 'preact/hooks';
import type { Preview, State, Values } from '../../api';
import { readPreview } from '../common/client';

/** Milliseconds without typing after which the server is asked. */
const PAUSE = 200;

const NOTHING: Preview = { notes: [], paths: [] };

/** @param values the settings. */
export function usePreview(json: string, values: Values, { bundle, events }: State): Preview {
  const [preview, setPreview] = useState(NOTHING);
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      readPreview(json).then(
        (answer) => {
          if (isCurrent) setPreview(answer);
        },
        () => {
          // Without an answer there is no preview; the page says elsewhere that the server is gone.
          if (isCurrent) setPreview(NOTHING);
        },
      );
    }, PAUSE);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [json, JSON.stringify([values, events]), bundle.at]);
  return preview;
}
