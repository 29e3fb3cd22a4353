// The page's calls to its server.
import { ENDPOINTS, Problem, type Endpoint, type Values } from '../../api';

export const NO_ANSWER = 'The server does not answer. Is npm run tester still running?';

/** What the server says went wrong, for a person to read. */
class ProblemError extends Error {
  override name = 'ProblemError';
}

/** An error in words for a person. */
export const describeError = (error: unknown): string =>
  error instanceof ProblemError ? error.message : `The page failed: ${String(error)}`;

/** Asks the server. @throws ProblemError if it refuses, or does not answer. */
export async function ask<Sent extends object, Answer>(
  { name, answer }: Endpoint<unknown, Sent, Answer>,
  request: Sent,
): Promise<Answer> {
  const [method = '', path = ''] = name.split(' ');
  if (method === 'GET') {
    const query = new URLSearchParams(Object.entries(request).map(([key, value]) => [key, String(value)]));
    return answer.parse(await fetchJson(`${path}?${query}`));
  }
  const headers = { 'Content-Type': 'application/json' };
  return answer.parse(await fetchJson(path, { method, headers, body: JSON.stringify(request) }));
}

async function fetchJson(path: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(path, init).catch(() => {
    throw new ProblemError(NO_ANSWER);
  });
  const json: unknown = await response.json();
  if (!response.ok) throw new ProblemError(Problem.parse(json).problem);
  return json;
}

/** Takes a file's events at hand. */
export const dropEvents = (file: File) =>
  fetchJson(`/api/events?name=${encodeURIComponent(file.name)}`, { method: 'PUT', body: file });

/** The settings as a file of them has them, with the token hidden. */
export async function readSettingsFile(): Promise<string> {
  const response = await fetch('/api/settings/file?token=hidden');
  return response.text();
}

let saving: Promise<unknown> = Promise.resolve();

/** Changes the settings: one change after the other. */
function change(save: () => Promise<unknown>): Promise<unknown> {
  saving = saving.catch(() => undefined).then(save);
  return saving;
}

let waiting: Values = {};

/** Keeps the settings that were changed; what is changed while one is saved goes along next. */
export function saveSettings(changed: Values): Promise<unknown> {
  waiting = { ...waiting, ...changed };
  return change(async () => {
    const values = waiting;
    waiting = {};
    return Object.keys(values).length === 0 ? undefined : ask(ENDPOINTS.saveSettings, { values });
  });
}

/** Goes back to the settings of the file, or of the examples. */
export const discardSettings = () => change(() => ask(ENDPOINTS.discardSettings, {}));

/** Writes the settings to the file that the tester was started with. */
export const saveSettingsFile = () => change(() => ask(ENDPOINTS.saveSettingsFile, {}));

/** Replaces the settings. @param json as a file of settings has them. */
export const importSettings = (json: string) => change(() => ask(ENDPOINTS.importSettings, { json }));

/** Asks about an event under the settings that were saved before. @param json an event, or an array of them. */
export async function askAbout<Answer>(
  endpoint: Endpoint<unknown, { readonly json: string }, Answer>,
  json: string,
): Promise<Answer> {
  await saving.catch(() => undefined);
  return ask(endpoint, { json });
}
