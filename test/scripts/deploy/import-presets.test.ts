// Every published preset of the built-in destination, imported: the same events are sent, and the file says what the
// documentation says.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseFql, validate } from '@segment/destination-subscriptions';
import { DEFAULT_EVENT_MAPPINGS } from '../../../lib/configuration/event-mappings';
import type { Subscription } from '../../../scripts/deploy/api/destinations';
import { ACTIONS } from '../../../scripts/deploy/import/fields';
import { importMappings } from '../../../scripts/deploy/import/import';
import { mapping, presetFields, presets, presetSets } from '../../support/built-in';
import { table } from '../../support/documentation';
import { createWorld, SETTINGS, track, type World } from '../../support/world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** The file that an import writes, with a token as the environment holds it. */
const importedSettings = (mappings: readonly Subscription[]) => ({
  ...importMappings({ eventSetID: SETTINGS.eventSetId }, mappings).settings,
  accessToken: SETTINGS.accessToken,
});

/** The names that the function sends an event under. */
async function sentBy(settings: object, event: object): Promise<readonly string[]> {
  const before = world.tiktok.counted.length;
  const { outcome } = await world.segment.send({ ...track(), ...event }, settings);
  const names = world.tiktok.counted.slice(before).map((counted) => counted.event.event);
  expect(outcome).toBe(names.length > 0 ? 'Delivered' : 'Unsupported Event Type');
  return names.map(String).sort();
}

/** The names that the built-in destination sends it under: each mapping by itself, as Segment's own library decides. */
const sentThere = (mappings: readonly Subscription[], event: object): readonly string[] =>
  mappings
    .filter(({ enabled, actionSlug }) => enabled && ACTIONS.has(actionSlug))
    .filter(({ trigger }) => validate(parseFql(trigger), event))
    .map(({ settings }) => String(settings['event']))
    .sort();

const NAMES = [
  ...Object.keys(DEFAULT_EVENT_MAPPINGS),
  ...['Order Placed', 'Product Clicked', 'Page Viewed', 'Something Else'],
  ...['User Contacted Call Center', 'User Subscribed In Store'],
];
/** Each default, each event of a preset, and a call of each type. */
const EVENTS: readonly object[] = [
  ...NAMES.map((event) => ({ type: 'track', event })),
  ...['page', 'screen', 'identify', 'group', 'alias'].map((type) => ({
    type,
    event: undefined,
    name: 'Home',
    traits: { email: 'jane@example.com' },
  })),
];

async function expectSameEvents(mappings: readonly Subscription[]): Promise<void> {
  const settings = importedSettings(mappings);
  for (const event of EVENTS)
    expect([event, await sentBy(settings, event)]).toEqual([event, sentThere(mappings, event)]);
}

const enabledIf = (mappings: readonly Subscription[], isEnabled: (index: number) => boolean) =>
  mappings.map((one, index) => ({ ...one, enabled: isEnabled(index) }));

describe.each(presetSets)('the presets of versions $versions', ({ mappings }) => {
  test('send the same events here, all together', () => expectSameEvents(mappings));

  test('send nothing here if all of them are disabled', () =>
    expectSameEvents(enabledIf(mappings, () => false)));

  test('send the same events here, each alone and all but each', async () => {
    for (const index of mappings.keys()) {
      await expectSameEvents(enabledIf(mappings, (one) => one === index));
      await expectSameEvents(enabledIf(mappings, (one) => one !== index));
    }
  });
});

const OFF = Object.fromEntries(Object.keys(DEFAULT_EVENT_MAPPINGS).map((event) => [event, '']));
const OLD_EVENTS = {
  ...OFF,
  'Order Completed': 'CompletePayment',
  'User Contacted Call Center': 'Contact',
  'User Subscribed In Store': 'Subscribe',
  'Form Submitted': 'SubmitForm',
};
/** Fields that the first version did not have. */
const OLD_PARAMETERS = {
  'user.external_id': '',
  'user.ttclid': '',
  'user.ttp': '',
  'user.lead_id': '',
  'user.ip': '',
  'user.user_agent': '',
  'user.locale': '',
  'properties.content_type': '',
  'properties.search_string': '',
  'page.url': '',
  'page.referrer': '',
};
/** What only a payment had. */
const withoutPayment = (label: string) => ({
  [`${label}: properties.contents`]: '',
  [`${label}: properties.currency`]: '',
  [`${label}: properties.value`]: '',
});
const PAYMENT_BY_HAND = [
  {
    mapping: 'Complete Payment',
    field: 'action',
    problem: '"trackOfflinePaymentConversion", which this command does not know',
    advice: 'look in Segment what it sends, and write an entry of Event Mappings for it',
  },
];
const OLD_SET = {
  eventMappings: OLD_EVENTS,
  parameterMappings: {
    ...OLD_PARAMETERS,
    'properties.contents.brand': '',
    ...withoutPayment('User Contacted Call Center'),
    ...withoutPayment('User Subscribed In Store'),
    ...withoutPayment('Form Submitted'),
  },
  byHand: [],
};

/** By version, what the file says beside the token and the event set. */
const DOCUMENTED: Readonly<Record<string, object>> = {
  '3.153.0 to 3.154.0': {
    eventMappings: { ...OLD_EVENTS, 'Order Completed': '' },
    parameterMappings: {
      ...OLD_PARAMETERS,
      'properties.contents': '',
      'properties.currency': '',
      'properties.value': '',
    },
    byHand: PAYMENT_BY_HAND,
  },
  '3.155.0 to 3.171.0': OLD_SET,
  '3.172.0 to 3.246.0': OLD_SET,
  '3.247.0 to 3.517.0': {
    eventMappings: {
      'Order Completed': 'CompletePayment',
      'Form Submitted': 'SubmitForm',
      'Page View': 'PageView if type = "page"',
      'Product Clicked': 'ClickButton',
      'Order Placed': 'PlaceAnOrder',
      'Trial Started': '',
    },
    parameterMappings: {
      'Callback Started: properties.contents': '',
      'Subscription Created: properties.contents': '',
      'Form Submitted: properties.contents': '',
      'Download Link Clicked: properties.contents': '',
      'Signed Up: properties.contents': '',
    },
    byHand: [],
  },
};

test.each(presetSets)(
  'the presets of versions $versions become what the documentation says',
  ({ versions, mappings }) => {
    const { settings, byHand, differences } = importMappings({ eventSetID: SETTINGS.eventSetId }, mappings);
    const { accessToken, eventSetId, ...maps } = settings;
    expect({ ...maps, byHand }).toEqual(DOCUMENTED[versions]);
    expect([accessToken, eventSetId]).toEqual([{ env: 'TIKTOK_ACCESS_TOKEN' }, SETTINGS.eventSetId]);
    expect(differences).toEqual([]);
  },
);

test('the four lines with the events of the first version are in the documentation', () => {
  const lines = Object.entries(OLD_EVENTS).filter(([, name]) => name !== '');
  expect(lines.length).toBe(4);
  expect(table('Entry of Event Mappings')).toEqual(
    lines.map(([event, name]) => [`\`${event}\` → \`${name}\``]),
  );
});

test('each default that a mapping sends in part only is sent in that part only', async () => {
  for (const [event, name] of Object.entries(DEFAULT_EVENT_MAPPINGS)) {
    const settings = importedSettings([
      mapping({
        trigger: `type = "track" and event = "${event}" and properties.channel = "store"`,
        settings: { ...presetFields('Contact'), event: name },
      }),
    ]);
    const properties = { email: 'jane@example.com' };
    expect(await sentBy(settings, { event, properties: { ...properties, channel: 'store' } })).toEqual([
      name,
    ]);
    expect(await sentBy(settings, { event, properties })).toEqual([]);
  }
});

test('a destination without mappings sends nothing, and so does its import', () => expectSameEvents([]));

test('what equals the defaults of this function is left out', () => {
  const sent = presets.filter(({ name }) => name === 'View Content');
  expect(importMappings({ eventSetID: '1' }, sent).settings).toEqual({
    accessToken: { env: 'TIKTOK_ACCESS_TOKEN' },
    eventSetId: '1',
    eventMappings: Object.fromEntries(Object.entries(OFF).filter(([event]) => event !== 'Product Viewed')),
  });
});
