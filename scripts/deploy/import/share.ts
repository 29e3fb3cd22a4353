// Parameters of several entries -> Parameter Mappings, as a person would write them: once if all entries have the same.
import { DEFINITIONS } from '../../../lib/parameters/definitions';
import type { Texts } from './parameters';

/** What fills the parameters of an entry of Event Mappings. */
export interface OfEntry {
  readonly label: string;
  readonly texts: Texts;
}

/** Writes what is for all entries without one before it, then what each entry has of its own. */
export function shareParameters(entries: readonly OfEntry[]): Readonly<Record<string, string>> {
  const shared = new Map<string, string>();
  for (const { name } of DEFINITIONS) {
    const texts = entries.filter(({ texts }) => texts.has(name)).map(({ texts }) => texts.get(name));
    const common = texts.includes(undefined) ? undefined : mostFrequent(texts);
    if (common !== undefined) shared.set(name, common);
  }
  const own = entries.flatMap(({ label, texts }) =>
    [...texts].flatMap(([name, text]) =>
      text === undefined || text === shared.get(name) ? [] : [[`${label}: ${name}`, text] as const],
    ),
  );
  return Object.fromEntries([...shared, ...own]);
}

/** The first of those that are there most often. */
function mostFrequent<Value>(values: readonly Value[]): Value | undefined {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return values.find((value) => counts.get(value) === most);
}
