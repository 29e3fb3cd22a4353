// The page's calls to its server.
import { z } from 'zod';
import {
  CaseFile,
  EventList,
  EventsBehind,
  EventText,
  FieldValues,
  FileReport,
  PathValues,
  Preview,
  Problem,
  Run,
  Sources,
  State,
  type Values,
} from '../../api';

/** What the server says went wrong, for a person to read. */
export class ProblemError extends Error {
  override name = 'ProblemError';
}

async function ask<Answer>(answer: z.ZodType<Answer>, path: string, init: RequestInit = {}): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new ProblemError('The server does not answer. Is npm run tester still running?');
  }
  const json: unknown = await response.json();
  if (response.ok) return answer.parse(json);
  throw new ProblemError(Problem.parse(json).problem);
}

const NOTHING = z.object({});

const json = (method: string, value: object): RequestInit => ({
  method,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(value),
});

export const readState = () => ask(State, '/api/state');

let saving: Promise<unknown> = Promise.resolve();

/** Changes the settings; one change after the other. */
function change(path: string, init: RequestInit): Promise<unknown> {
  saving = saving.catch(() => undefined).then(() => ask(NOTHING, path, init));
  return saving;
}

let waiting: Values = {};

/** Keeps the settings that were changed, until the tester ends; what is changed while one is saved goes along next. */
export function saveSettings(changed: Values): Promise<unknown> {
  waiting = { ...waiting, ...changed };
  saving = saving
    .catch(() => undefined)
    .then(() => {
      const values = waiting;
      waiting = {};
      return Object.keys(values).length === 0
        ? undefined
        : ask(NOTHING, '/api/settings', json('PATCH', { values }));
    });
  return saving;
}

/** Replaces the settings. @param text as a file of settings has them. */
export const importSettings = (text: string) => change('/api/settings', json('PUT', { json: text }));

/** Goes back to the settings of the file, or of the examples. */
export const discardSettings = () => change('/api/settings', { method: 'DELETE' });

/** Writes the settings to the file that the tester was started with. */
export const saveSettingsFile = () => change('/api/settings/file', { method: 'POST' });

/** The settings as a file of them has them, with the token hidden. */
export async function readSettingsFile(): Promise<string> {
  const response = await fetch('/api/settings/file?token=hidden');
  return response.text();
}

/** Runs an event under the settings that were saved before. @param text an event as JSON, or an array of them. */
export async function runEvent(text: string): Promise<Run> {
  await saving.catch(() => undefined);
  return ask(Run, '/api/run', json('POST', { json: text }));
}

/** A call as cases for `npm run check -- … --expect`. @param personal `keep`: with the person's own values. */
export const readCases = (id: number, personal: 'keep' | 'example') =>
  ask(CaseFile, `/api/runs/cases?id=${id}&personal=${personal}`);

/** What would become of an event under the settings that were saved before. */
export async function readPreview(text: string): Promise<Preview> {
  await saving.catch(() => undefined);
  return ask(Preview, '/api/preview', json('POST', { json: text }));
}

/** Those of the events at hand that have all words of a text in them. @param from where to go on. */
export const findEvents = (search: string, from = 0) =>
  ask(EventList, `/api/events?search=${encodeURIComponent(search)}&from=${from}`);

/** One of the events at hand, by its number. */
export const readEvent = (index: number) => ask(EventText, `/api/events/one?index=${index}`);

/** Where values stand in the events at hand, and what these are called. */
export const readSources = () => ask(Sources, '/api/events/sources');

/** The values of the events at hand at a path of a condition. */
export const readValues = (path: string) =>
  ask(PathValues, `/api/events/values?of=${encodeURIComponent(path)}`);

export const setAnswer = (answer: string) => ask(NOTHING, '/api/answer', json('PUT', { answer }));

/** Takes a file's events at hand. */
export const dropEvents = (file: File) =>
  ask(NOTHING, `/api/events?name=${encodeURIComponent(file.name)}`, { method: 'PUT', body: file });

/** Reports on the events at hand. */
export const makeReport = () => ask(FileReport, '/api/report', { method: 'POST' });

/** The first events behind a number of the report, by its place in it: `reasons.0`. */
export const readBehind = (number: string) =>
  ask(EventsBehind, `/api/report/events?of=${encodeURIComponent(number)}`);

/** The values of a field in the events of the report. */
export const readFieldValues = (path: string) =>
  ask(FieldValues, `/api/report/values?of=${encodeURIComponent(path)}`);

/** An error in words for a person. */
export const describeError = (error: unknown): string =>
  error instanceof ProblemError ? error.message : `The page failed: ${String(error)}`;
