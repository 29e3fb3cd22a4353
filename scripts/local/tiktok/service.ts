// A local TikTok Events API 2.0 in this process, as strict as that of the server: for many requests that need no network.
import { Response } from 'node-fetch';
import type { Service } from '../segment/network';
import { createLedger, printRuling, type Account, type Submission } from './ledger';
import { PATH } from './names';

export interface TikTokService {
  /** For a network in which it stands for TikTok's host. */
  readonly route: Service;
  /** How many events were counted. */
  readonly total: () => number;
}

export function createTikTok(account: Account): TikTokService {
  const ledger = createLedger(account);
  return {
    total: ledger.total,
    async route(request) {
      if (request.method !== 'POST' || new URL(request.url).pathname !== PATH)
        return new Response(undefined, { status: 404 });
      const submission: Submission = {
        token: request.headers.get('Access-Token') ?? '',
        contentType: request.headers.get('Content-Type') ?? '',
        body: await request.text(),
      };
      const ruling = ledger.judge(submission);
      if (ruling.code === 0) ledger.count(submission, Date.now(), 'all');
      return new Response(printRuling(ruling), { headers: { 'Content-Type': 'application/json' } });
    },
  };
}
