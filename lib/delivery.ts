// From a Segment event to its outcome: settings, conversion, one request, TikTok's verdict.
import { judge } from './answer';
import { convert, type Conversion } from './conversion';
import { compileMapping } from './mapping';
import { delivered, invalid, retry, type Outcome } from './outcome';
import { post } from './request';
import { readSettings, type Settings } from './settings';

/** Milliseconds for a call; Segment ends one after 5 s, and would not know then what was delivered. */
const BUDGET = 4500;

/** Delivers one Segment event; whatever happens is an outcome. */
export async function deliver(event: unknown, givenSettings: unknown): Promise<Outcome> {
  const now = Date.now();
  const settings = readSettings(givenSettings);
  if ('kind' in settings) return settings;
  const mapping = compileMapping(settings);
  if ('kind' in mapping) return mapping;
  const conversions = convert(event, mapping, now);
  if ('kind' in conversions) return conversions;

  const reply = await post(requestBody(conversions, settings), settings.accessToken, now + BUDGET);
  const verdict = judge(reply, settings.accessToken);
  switch (verdict.kind) {
    case 'accepted':
    case 'partial':
      return delivered;
    case 'refused':
      return invalid(verdict.message);
    case 'operator':
    case 'later':
      return retry(verdict.message);
  }
}

/** https://business-api.tiktok.com/portal/docs?id=1771100865818625 */
function requestBody(data: readonly Conversion[], settings: Settings): string {
  return JSON.stringify({
    event_source: 'offline',
    event_source_id: settings.eventSetId,
    partner_name: 'Segment',
    test_event_code: settings.testEventCode,
    data,
  });
}
