// The settings as this page has them: what the server has, and on top of it what was typed just now.
import { useEffect, useState } from 'preact/hooks';
import type { State, Values } from '../../api';

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
