// The page's calls to its server.
import { z } from 'zod';
import { EventsBehind, FileReport, Matches, Problem, Run, State, type Values } from '../../api';

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

/** @param text an event as JSON, or an array of them. */
export const runEvent = (text: string) => ask(Run, '/api/run', json('POST', { json: text }));

/** Which entries of Event Mappings match an event that is being typed. */
export const matchEntries = (text: string, eventMappings: Readonly<Record<string, string>>) =>
  ask(Matches, '/api/match', json('POST', { json: text, eventMappings }));

let saving: Promise<unknown> = Promise.resolve();

/** Saves the settings that were changed, one save after the other. */
export function saveSettings(changed: Values): Promise<unknown> {
  saving = saving
    .catch(() => undefined)
    .then(() => ask(NOTHING, '/api/settings', json('PATCH', { values: changed })));
  return saving;
}

export const setAnswer = (answer: string) => ask(NOTHING, '/api/answer', json('PUT', { answer }));

/** Takes a file's events at hand. */
export const dropEvents = (file: File) =>
  ask(NOTHING, `/api/events?name=${encodeURIComponent(file.name)}`, { method: 'PUT', body: file });

/** Reports on the events at hand. */
export const makeReport = () => ask(FileReport, '/api/report', { method: 'POST' });

/** The first events behind a number of the report, by its place in it: `reasons.0`. */
export const readBehind = (number: string) =>
  ask(EventsBehind, `/api/report/events?of=${encodeURIComponent(number)}`);

/** An error in words for a person. */
export const describeError = (error: unknown): string =>
  error instanceof ProblemError ? error.message : `The page failed: ${String(error)}`;
