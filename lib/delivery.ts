// From a Segment event to its outcome: settings, conversion, one request, TikTok's verdict.
import { judge } from './answer';
import { convert } from './conversion';
import { compileMapping } from './mapping';
import type { Outcome } from './outcome';
import { isRecord } from './record';
import { post } from './request';
import { readSettings } from './settings';

/** Milliseconds for a call; Segment ends one after 5 s, and would not know then what was delivered. */
const BUDGET = 4500;

/** Delivers one Segment event; whatever happens is an outcome. */
export async function deliver(event: unknown, givenSettings: unknown): Promise<Outcome> {
  try {
    return await convertAndSend(event, givenSettings, Date.now());
  } catch (error) {
    // A fault of the function's own must not cost the event; its message may hold anything.
    const name = String(isRecord(error) && error['name']);
    return { kind: 'retry', message: `The function failed (${name}). Please report it.` };
  }
}

async function convertAndSend(event: unknown, givenSettings: unknown, now: number): Promise<Outcome> {
  const settings = readSettings(givenSettings);
  if ('kind' in settings) return settings;
  const mapping = compileMapping(settings);
  if ('kind' in mapping) return mapping;
  const data = convert(event, mapping, settings, now);
  if ('kind' in data) return data;

  // https://business-api.tiktok.com/portal/docs?id=1771100865818625
  const body = JSON.stringify({
    event_source: 'offline',
    event_source_id: settings.eventSetId,
    partner_name: 'Segment',
    test_event_code: settings.testEventCode,
    data,
  });
  const reply = await post(body, settings.accessToken, now + BUDGET);
  const { kind, message } = judge(reply, settings.accessToken);
  if (kind === 'accepted' || kind === 'partial') return { kind: 'delivered' };
  return { kind: kind === 'refused' ? 'invalid' : 'retry', message };
}
