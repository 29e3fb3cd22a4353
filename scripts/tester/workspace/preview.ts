// What is known of an event before it is run. The function runs, against a TikTok that is there for this call only.
import { isRecord, listOf } from '../../../lib/values/json';
import { startTikTok } from '../../local/tiktok/server';
import type { Preview } from '../api';
import { describeSettings, type Known } from '../notes';
import { callFunction, openSegment, type CallOptions } from './call';
import { pathsOf } from './paths';
import { credentialsOf } from './settings';

export interface PreviewOptions extends Pick<CallOptions, 'settings'> {
  /** An event or an array of them; `undefined` if it cannot be read. */
  readonly event: unknown;
  /** The function's bundle. */
  readonly code: string;
  readonly known: Known;
}

export async function previewCall({ event, settings, code, known }: PreviewOptions): Promise<Preview> {
  const events = listOf(event).filter((one) => isRecord(one));
  const paths = [...new Set(events.flatMap((one) => [...pathsOf(one)]))];
  return {
    ...(event !== undefined && { call: await callOnce({ event, settings, code }) }),
    notes: describeSettings(settings, Array.isArray(event) ? undefined : event, {
      ...known,
      paths: [...known.paths, ...paths],
    }),
    paths,
  };
}

async function callOnce({
  event,
  settings,
  code,
}: Omit<PreviewOptions, 'known'>): Promise<NonNullable<Preview['call']>> {
  const tiktok = await startTikTok(credentialsOf(settings));
  try {
    return await callFunction({ event, from: 'page', segment: openSegment(code, tiktok), tiktok, settings });
  } finally {
    await tiktok.close();
  }
}
