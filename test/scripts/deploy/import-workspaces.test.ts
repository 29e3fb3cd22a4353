// Workspaces made by hand: their mappings are imported, a file of events goes through the imported settings in the local
// Segment, and TikTok gets what the built-in destination sends. What that is, is written down by hand: nothing computes it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { DEFAULT_EVENT_MAPPINGS } from '../../../lib/configuration/event-mappings';
import { ROOT } from '../../../scripts/cli/project';
import { importMappings } from '../../../scripts/deploy/import/import';
import { mapping, presets } from '../../support/built-in';
import { createWorld, hash, SETTINGS, type World } from '../../support/world';

const FIELDS = z.record(z.string(), z.unknown());
const CASES = z.strictObject({
  /** By message ID. */
  events: z.record(z.string(), FIELDS),
  workspaces: z.array(
    z.strictObject({
      what: z.string(),
      /** Presets of today with another name, trigger or fields. */
      mappings: z.array(
        z.strictObject({
          like: z.string(),
          name: z.string().optional(),
          trigger: z.string().optional(),
          enabled: z.boolean().optional(),
          fields: FIELDS.optional(),
        }),
      ),
      /** What the file says, beside the defaults that are turned off. */
      eventMappings: z.record(z.string(), z.string()).optional(),
      /** How many things are left to be done by hand. */
      byHand: z.number().default(0),
      /** By message ID, what TikTok gets; no other event is sent. */
      sends: z.record(z.string(), z.array(FIELDS)),
    }),
  ),
});

const { events, workspaces } = CASES.parse(
  JSON.parse(readFileSync(path.join(ROOT, 'test/cases/import-workspaces.json'), 'utf8')),
);

const TIME = '2026-11-20T10:15:00.000Z';

/** One each: TikTok counts an event with the same name and ID once. */
let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

/** With each `sha256:…` as its hash. */
const hashed = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replace(/"sha256:([^"]*)"/g, (_, text: string) => `"${hash(text)}"`));

test.each(workspaces)('$what', async ({ mappings, eventMappings, byHand, sends }) => {
  const imported = importMappings(
    { eventSetID: SETTINGS.eventSetId },
    mappings.map(({ like, fields, ...given }) => {
      const preset = presets.find(({ name }) => name === like);
      return mapping({
        ...preset,
        ...(given.name !== undefined && { name: given.name }),
        ...(given.trigger !== undefined && { trigger: given.trigger }),
        ...(given.enabled !== undefined && { enabled: given.enabled }),
        settings: { ...preset?.settings, ...fields },
      });
    }),
  );
  expect(imported.byHand).toHaveLength(byHand);
  if (eventMappings !== undefined) {
    const said = Object.entries(imported.settings.eventMappings ?? {}).filter(
      ([event, value]) => value !== '' || !Object.hasOwn(DEFAULT_EVENT_MAPPINGS, event),
    );
    expect(Object.fromEntries(said)).toEqual(eventMappings);
  }
  for (const [messageId, event] of Object.entries(events)) {
    const before = world.tiktok.counted.length;
    const { outcome, error } = await world.segment.send(
      { ...event, messageId, timestamp: TIME },
      { ...imported.settings, accessToken: SETTINGS.accessToken },
    );
    const received = world.tiktok.counted.slice(before).map((counted) => counted.event);
    const expected = (sends[messageId] ?? []).map((one) => ({
      event_id: messageId,
      event_time: Date.parse(TIME) / 1000,
      ...one,
    }));
    expect([messageId, error?.message, received]).toEqual([
      messageId,
      expected.length > 0 ? undefined : expect.any(String),
      hashed(expected),
    ]);
    expect(outcome).toBe(expected.length > 0 ? 'Delivered' : 'Unsupported Event Type');
  }
});

test('they are a dozen, and each event is sent for one of them', () => {
  expect(workspaces.length).toBeGreaterThanOrEqual(12);
  const sent = new Set(workspaces.flatMap(({ sends }) => Object.keys(sends)));
  expect(Object.keys(events).filter((messageId) => !sent.has(messageId))).toEqual(['lost-deal']);
});
