// What a call would give: the function runs, against a TikTok that is there for this call only. Nothing is kept.
import { startTikTok } from '../../local/tiktok/server';
import type { Preview } from '../api';
import { callFunction, openSegment, type CallOptions } from './call';
import { credentialsOf } from './settings';

export interface PreviewOptions extends Pick<CallOptions, 'event' | 'settings'> {
  /** The function's bundle. */
  readonly code: string;
}

export async function previewCall({ event, settings, code }: PreviewOptions): Promise<Preview> {
  const tiktok = await startTikTok(credentialsOf(settings));
  try {
    return {
      call: await callFunction({ event, from: 'page', segment: openSegment(code, tiktok), tiktok, settings }),
    };
  } finally {
    await tiktok.close();
  }
}
