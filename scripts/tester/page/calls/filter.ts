// Which calls the list shows. Pure.
import type { Run } from '../../api';

export interface Filter {
  /** A fate; any if blank. */
  readonly fate: string;
  /** The name of one of its events; any if blank. */
  readonly name: string;
  /** What its event, its requests, their answers or its messages must have in them, in any case. */
  readonly text: string;
}

export const NO_FILTER: Filter = { fate: '', name: '', text: '' };

export function passes({ json, results, traces }: Run, { fate, name, text }: Filter): boolean {
  const isLike = (result: Run['results'][number]) =>
    (fate === '' || result.fate === fate) && (name === '' || result.name === name);
  if (!results.some(isLike)) return false;
  const wanted = text.trim().toLowerCase();
  return (
    wanted === '' ||
    [
      json,
      ...results.map(({ error }) => error?.message ?? ''),
      ...traces.flatMap(({ request, response }) => [request.body, response?.body ?? '']),
    ].some((part) => part.toLowerCase().includes(wanted))
  );
}
