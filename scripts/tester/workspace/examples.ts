// What a workspace opens with: the files of examples/.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { ownFile } from '../../cli/options';
import { EXAMPLES } from '../../cli/project';
import { nameOf } from '../../report/name';
import type { State } from '../api';

export const EXAMPLE_SETTINGS = ownFile(path.join(EXAMPLES, 'settings.json'));

/** Each example event by its name, and all of them as one batch. */
export async function readExampleEvents(): Promise<State['examples']> {
  const text = await readFile(path.join(EXAMPLES, 'events.json'), 'utf8');
  const events = z.array(z.looseObject({})).parse(JSON.parse(text));
  return [
    ...events.map((event) => ({ name: nameOf(event), json: print(event) })),
    { name: 'All of these, as a batch', json: print(events) },
  ];
}

/** JSON for a person to read. */
export const print = (value: unknown): string => JSON.stringify(value, undefined, 2);
