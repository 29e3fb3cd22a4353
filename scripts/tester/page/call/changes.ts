// What changed from the requests of one call to those of another, field by field. Pure.
import { parseJson } from '../../../../lib/values/json';
import type { Run, Trace } from '../../api';

export interface Change {
  /** As in the request: `data[0].properties.value`. */
  readonly path: string;
  /** As JSON; `undefined` if the field was not there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

type Requests = readonly Pick<Trace, 'request'>[];

export function changesBetween(before: Requests, after: Requests): readonly Change[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((path) => {
    const change = { path, before: old.get(path), after: now.get(path) };
    return change.before === change.after ? [] : [change];
  });
}

/** The fields of all requests, as JSON, by their paths. If there are several requests, a path begins with its number. */
function fieldsOf(traces: Requests): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [index, { request }] of traces.entries())
    collect(parseJson(request.body), traces.length === 1 ? '' : `request ${index + 1}: `, fields);
  return fields;
}

function collect(value: unknown, path: string, fields: Map<string, string>): void {
  if (typeof value !== 'object' || value === null) {
    fields.set(path, JSON.stringify(value));
    return;
  }
  const separator = path === '' || path.endsWith(' ') ? '' : '.';
  for (const [key, item] of Object.entries(value))
    collect(item, Array.isArray(value) ? `${path}[${key}]` : path + separator + key, fields);
}

/**
 * The run before a call: the newest one of the same event.
 *
 * @param runs newest first.
 * @param call one of them, or one that is newer than all of them.
 */
export const runBefore = (runs: readonly Run[], call: Pick<Run, 'json'> & { readonly id?: number }) =>
  runs.find((run) => run.id < (call.id ?? Infinity) && run.json === call.json);
