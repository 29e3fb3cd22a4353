// What somebody types: the settings, before the server has them, and what would become of the event. Nothing is sent.
import { useEffect, useState } from 'preact/hooks';
import { ENDPOINTS, type Preview, type State, type Values } from '../../api';
import { useAnswer } from '../common/attempt';
import { askAbout } from '../common/client';

/** What is typed is saved with each key; until the server has it, the page shows it already. */
export function useValues({ values }: State['settings']) {
  const [typed, setTyped] = useState<Values>({});
  // Each answer of the server has other objects, even if they say the same.
  useEffect(() => {
    setTyped((old) => {
      const left = Object.entries(old).filter(([name, value]) => !isSame(value, values[name]));
      return left.length === Object.keys(old).length ? old : Object.fromEntries(left);
    });
  }, [values]);
  return {
    values: { ...values, ...typed },
    type: (changed: Values) => {
      setTyped((old) => ({ ...old, ...changed }));
    },
    forget: () => {
      setTyped({});
    },
  };
}

export const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Milliseconds without typing after which the server is asked. */
const PAUSE = 200;

/** Without an answer there is no preview; the page says elsewhere that the server is gone. */
const NOTHING: Preview = { notes: [], paths: [] };

/** @param values the settings. */
export function usePreview(json: string, values: Values, { bundle, events }: State): Preview {
  const about = [json, values, events, bundle.at];
  return useAnswer(() => askAbout(ENDPOINTS.preview, json), about, PAUSE).answer ?? NOTHING;
}
