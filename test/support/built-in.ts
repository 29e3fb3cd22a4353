// Segment's own destination as workspaces have it: its published presets, and destinations of it for the local Public API.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ROOT } from '../../scripts/cli/project';
import type { Subscription } from '../../scripts/deploy/api/destinations';
import type { GivenDestination, StoredMetadata } from './public-api';

const FIELDS = z.record(z.string(), z.unknown());
const PRESET_SETS = z.array(
  z.strictObject({
    /** Of @segment/action-destinations, from the first to the last that was looked at. */
    versions: z.string(),
    /** By name, fields that several presets have. */
    fields: z.record(z.string(), FIELDS),
    presets: z.array(
      z.strictObject({
        name: z.string(),
        actionSlug: z.string(),
        trigger: z.string(),
        event: z.string(),
        fields: z.array(z.string()),
      }),
    ),
  }),
);

/** A set of presets that some versions had, as mappings. */
interface PresetSet {
  readonly versions: string;
  readonly mappings: readonly Subscription[];
}

/** Every set of presets that was ever published. */
export const presetSets: readonly PresetSet[] = PRESET_SETS.parse(
  JSON.parse(readFileSync(path.join(ROOT, 'test/cases/built-in-presets.json'), 'utf8')),
).map(({ versions, fields, presets }) => ({
  versions,
  mappings: presets.map(({ name, actionSlug, trigger, event, fields: names }) =>
    mapping({
      name,
      actionSlug,
      trigger,
      settings: Object.fromEntries([
        ...names.flatMap((one) => Object.entries(fields[one] ?? {})),
        ['event', event],
      ]),
    }),
  ),
}));

/** The presets of today. */
export const presets: readonly Subscription[] = presetSets.at(-1)?.mappings ?? [];

/** The fields of a preset of today. */
export const presetFields = (name: string): Readonly<Record<string, unknown>> =>
  presets.find((preset) => preset.name === name)?.settings ?? {};

/** A mapping as the Public API hands it over. */
export function mapping(given: Partial<Subscription>): Subscription {
  return {
    id: 'sub_1',
    name: 'A mapping',
    actionId: 'act_1',
    actionSlug: 'reportOfflineEvent',
    enabled: true,
    settings: { event: 'Purchase' },
    trigger: 'event = "Order Completed"',
    ...given,
  };
}

/** The token that its settings hold: neither printed nor written. */
export const HIDDEN_TOKEN = 'tiktok-token-for-the-tests-77ab';

export const BUILT_IN: StoredMetadata = {
  id: 'mtd_built_in',
  name: 'TikTok Offline Conversions',
  slug: 'actions-tiktok-offline-conversions',
  options: [
    { name: 'accessToken', label: 'Access Token', type: 'password', required: true, sensitive: true },
    { name: 'eventSetID', label: 'Event Set ID', type: 'string', required: true, sensitive: false },
  ],
  actions: [{ id: 'act_1', slug: 'reportOfflineEvent', name: 'Track Offline Conversion' }],
};

/** A destination of it. */
export const builtIn = (subscriptions: readonly Subscription[]): GivenDestination => ({
  metadata: BUILT_IN,
  settings: { accessToken: HIDDEN_TOKEN, eventSetID: '7000000000000000001' },
  subscriptions,
});
