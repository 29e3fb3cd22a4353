// What a workspace opens with: the files of examples/.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { ownFile } from '../../cli/options';
import { EXAMPLES } from '../../cli/project';
import { nameOf } from '../../report/name';
import type { State } from '../api';

export const EXAMPLE_EVENTS = ownFile(path.join(EXAMPLES, 'events.json'));
export const EXAMPLE_SETTINGS = ownFile(path.join(EXAMPLES, 'settings.json'));

/** Each example event by its name, and all of them as one batch. */
export async function readExampleEvents(): Promise<State['examples']> {
  const text = await readFile(EXAMPLE_EVENTS.path, 'utf8');
  const events = z.array(z.looseObject({})).parse(JSON.parse(text));
  return [
    ...events.map((event) => ({ name: nameOf(event), json: printEvent(event) })),
    { name: 'All of these, as a batch', json: print(events.map(withFieldsFirst)) },
  ];
}

/** What a person looks for in an event. */
const FIRST_FIELDS = ['type', 'event', 'name', 'properties', 'traits'];

function withFieldsFirst(event: object): object {
  const fields = Object.entries(event);
  const isFirst = ([name]: readonly [string, unknown]) => FIRST_FIELDS.includes(name);
  return Object.fromEntries([...fields.filter(isFirst), ...fields.filter((field) => !isFirst(field))]);
}

/** An event for a person to read: what matters in it comes first. */
export const printEvent = (event: object): string => print(withFieldsFirst(event));

/** JSON for a person to read. */
export const print = (value: unknown): string => JSON.stringify(value, undefined, 2);
