// What runs in each thread of a report: it takes events as JSON, and posts what became of them. An error ends it.
import { parentPort } from 'node:worker_threads';
import type { Finding } from './finding';
import { createSurveyor, type Surveyed, type Surveyor, type SurveyorOptions } from './surveyor';

/** The first message is what the surveyor is made with, and all others are events. */
export type Message =
  | { readonly kind: 'open'; readonly options: SurveyorOptions }
  | { readonly kind: 'survey'; readonly texts: readonly string[] };

/** What became of events, with only those findings that were not posted before. */
export interface Posted extends Surveyed {
  /** How many of the findings that were posted before come first. */
  readonly before: number;
}

let surveyor: Surveyor | undefined;
let last: Promise<void> = Promise.resolve();
let posted: { readonly findings: readonly Finding[]; readonly count: number } = { findings: [], count: 0 };

async function answer(message: Message): Promise<void> {
  if (message.kind === 'open') {
    surveyor = createSurveyor(message.options);
    return;
  }
  const surveyed = await surveyor?.survey(message.texts);
  if (surveyed === undefined) return;
  const { findings } = surveyed;
  const before = findings === posted.findings ? posted.count : 0;
  posted = { findings, count: findings.length };
  const answered: Posted = { ...surveyed, findings: findings.slice(before), before };
  parentPort?.postMessage(answered);
}

parentPort?.on('message', (message: Message) => {
  // One after the other, as they came.
  last = last.then(() => answer(message));
});
