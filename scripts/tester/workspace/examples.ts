// What a workspace opens with: the files of examples/.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { EXAMPLES } from '../../cli/project';
import { readEvents } from '../../input/events';
import { openFile } from '../../input/files';
import { nameOf } from '../../report/details';
import { Values, type State } from '../api';

export async function readExampleSettings(): Promise<Values> {
  return Values.parse(JSON.parse(await readFile(path.join(EXAMPLES, 'settings.json'), 'utf8')));
}

/** Each example event by its name, and all of them as one batch. */
export async function readExampleEvents(): Promise<State['examples']> {
  const file = openFile(
    path.join(EXAMPLES, 'events.json'),
    'examples/events.json',
    new AbortController().signal,
  );
  const events: object[] = [];
  for await (const { event } of readEvents([file])) events.push(event);
  return [
    ...events.map((event) => ({ name: nameOf(event), json: print(event) })),
    { name: 'All of these, as a batch', json: print(events) },
  ];
}

/** JSON for a person to read. */
export const print = (value: unknown): string => JSON.stringify(value, undefined, 2);
