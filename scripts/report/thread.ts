// What runs in each thread of a report: it takes events as JSON, and posts what became of them. An error ends it.
import { parentPort } from 'node:worker_threads';
import { createSurveyor, type Surveyed, type Surveyor, type SurveyorOptions } from './surveyor';

/** The first message is what the surveyor is made with, and all others are events. */
export type Message =
  | { readonly kind: 'open'; readonly options: SurveyorOptions }
  | { readonly kind: 'survey'; readonly texts: readonly string[] };

let surveyor: Surveyor | undefined;
let last: Promise<Surveyed | undefined> = Promise.resolve(undefined);

async function answer(message: Message): Promise<Surveyed | undefined> {
  if (message.kind === 'open') {
    surveyor = createSurveyor(message.options);
    return undefined;
  }
  return surveyor?.survey(parse(message.texts));
}

/** One by one: those that are not handed over yet take less memory as texts. */
function* parse(texts: readonly string[]): Generator {
  for (const text of texts) yield JSON.parse(text);
}

parentPort?.on('message', (message: Message) => {
  // One after the other, as they came.
  last = last.then(async () => {
    const surveyed = await answer(message);
    if (surveyed !== undefined) parentPort?.postMessage(surveyed);
    return surveyed;
  });
});
