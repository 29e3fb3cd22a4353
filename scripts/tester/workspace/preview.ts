// What is known of an event before it is run. The function runs, against a TikTok that is there for this call only.
import { isRecord, listOf } from '../../../lib/values/json';
import { startTikTok } from '../../local/tiktok/server';
import type { Preview, Values } from '../api';
import { describeSettings } from '../notes';
import type { Known } from '../notes/paths';
import { callFunction, openSegment } from './call';
import { pathsOf } from './paths';
import { credentialsOf } from './settings';

/**
 * @param event an event or an array of them; `undefined` if it cannot be read.
 * @param code the function's bundle.
 */
export async function previewCall(
  event: unknown,
  settings: Values,
  code: string,
  known: Known,
): Promise<Preview> {
  const paths = [
    ...new Set(
      listOf(event)
        .filter(isRecord)
        .flatMap((one) => [...pathsOf(one)]),
    ),
  ];
  return {
    ...(event !== undefined && { call: await callOnce(event, settings, code) }),
    notes: describeSettings(settings, Array.isArray(event) ? undefined : event, {
      ...known,
      paths: [...known.paths, ...paths],
    }),
    paths,
  };
}

async function callOnce(event: unknown, settings: Values, code: string) {
  const tiktok = await startTikTok(credentialsOf(settings));
  try {
    return await callFunction(event, 'page', { segment: openSegment(code, tiktok), tiktok, settings });
  } finally {
    await tiktok.close();
  }
}
