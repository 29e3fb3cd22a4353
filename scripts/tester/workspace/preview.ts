// What is known of an event before it is run. The function runs, against a TikTok that is there for this call only.
import { isRecord, listOf } from '../../../lib/values/json';
import { startTikTok } from '../../local/tiktok/server';
import type { Preview } from '../api';
import { describeMatches } from '../match';
import { placeProblems } from '../problems';
import { callFunction, openSegment, type CallOptions } from './call';
import { pathsOf } from './paths';
import { credentialsOf } from './settings';

export interface PreviewOptions extends Pick<CallOptions, 'settings'> {
  /** An event or an array of them; `undefined` if it cannot be read. */
  readonly event: unknown;
  /** The function's bundle. */
  readonly code: string;
}

export async function previewCall({ event, settings, code }: PreviewOptions): Promise<Preview> {
  const { eventMappings } = settings;
  const events = listOf(event).filter((one) => isRecord(one));
  return {
    ...(event !== undefined && { call: await callOnce({ event, settings, code }) }),
    matches:
      Array.isArray(event) || event === undefined
        ? []
        : describeMatches(typeof eventMappings === 'object' ? eventMappings : {}, event),
    problems: placeProblems(settings),
    paths: [...new Set(events.flatMap((one) => [...pathsOf(one)]))],
  };
}

async function callOnce({ event, settings, code }: PreviewOptions): Promise<NonNullable<Preview['call']>> {
  const tiktok = await startTikTok(credentialsOf(settings));
  try {
    return await callFunction({ event, from: 'page', segment: openSegment(code, tiktok), tiktok, settings });
  } finally {
    await tiktok.close();
  }
}
