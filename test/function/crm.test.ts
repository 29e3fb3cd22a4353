// CRM event sets: another kind of event set, in which a lead's id identifies the event.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createWorld, hash, SETTINGS, track, type World } from '../support/world';

const CRM = { eventSource: 'crm' } as const;

let world: World;
let offline: World;
beforeAll(async () => {
  [world, offline] = await Promise.all([createWorld(CRM), createWorld()]);
});
afterAll(() => Promise.all([world.close(), offline.close()]));

const won = (properties: object) => track({ event: 'Form Submitted', properties });

test('a lead id is enough, and stands where a CRM event set has it', async () => {
  const mapped = { ...CRM, parameterMappings: { 'lead.lead_event_source': '"Example CRM"' } };
  const sent = await world.deliver(won({ lead_id: 'lead-1' }), mapped);
  expect(sent).toMatchObject({
    event: 'Lead',
    lead: { lead_id: 'lead-1', lead_event_source: 'Example CRM' },
  });
  const request: unknown = JSON.parse(world.tiktok.requests.at(-1)?.body ?? '');
  expect(request).toMatchObject({ event_source: 'crm', event_source_id: SETTINGS.eventSetId });
  expect(request).not.toHaveProperty('data.0.user');
});

test('so is an email address or a phone number', async () => {
  const sent = await world.deliver(won({ email: 'jane@example.com' }), CRM);
  expect(sent.user).toEqual({ email: [hash('jane@example.com')] });
  expect(sent).not.toHaveProperty('lead');
});

test('without any of them the event is refused, with what is wrong with each, and no request is made', async () => {
  const before = world.tiktok.requests.length;
  const { outcome, error } = await world.send(won({ email: 'nobody', lead_id: 'n/a' }), CRM);
  expect(outcome).toBe('Message Rejected');
  expect(error?.message).toMatch(
    /^TikTok needs a lead ID, or a valid email address or phone number\. user\.email: "properties\.email" is not an email address, /,
  );
  expect(error?.message).toContain('lead.lead_id: "properties.lead_id" is only a placeholder.');
  expect(world.tiktok.requests).toHaveLength(before);
});

test('for an offline event set the lead id stands with the user, and is not enough', async () => {
  const sent = await offline.deliver(won({ email: 'jane@example.com', lead_id: 'lead-1' }));
  expect(sent).toMatchObject({ user: { lead_id: 'lead-1' } });
  expect(sent).not.toHaveProperty('lead');
  expect((await offline.send(won({ lead_id: 'lead-1' }))).outcome).toBe('Message Rejected');
});

describe('the setting Event Source', () => {
  test.each([
    ['', 'offline'],
    ['Offline', 'offline'],
    [' CRM ', 'crm'],
  ])('%j is %s', async (eventSource, kind) => {
    const own = kind === 'crm' ? world : offline;
    await own.deliver(won({ email: 'jane@example.com' }), { eventSource });
    expect(JSON.parse(own.tiktok.requests.at(-1)?.body ?? '')).toMatchObject({ event_source: kind });
  });

  test.each<[settings: object, problem: string]>([
    [{ eventSource: 'web' }, 'Event Source must be offline or crm'],
    [
      { ...CRM, parameterMappings: { 'user.lead_id': 'properties.id' } },
      'Parameter Mappings, entry "user.lead_id": user.lead_id is for offline event sets, and Event Source is crm',
    ],
    [
      { parameterMappings: { 'Form Submitted: lead.lead_id': 'properties.id' } },
      'entry "Form Submitted: lead.lead_id": lead.lead_id is for crm event sets, and Event Source is offline',
    ],
  ])('%j must be fixed, and Segment keeps the event', async (settings, problem) => {
    const { outcome, error } = await world.send(won({ email: 'jane@example.com' }), settings);
    expect(outcome).toBe('Retry');
    expect(error?.message).toContain(problem);
  });

  test('of the wrong kind is refused by TikTok, and Segment keeps the event', async () => {
    const { outcome, error } = await world.send(won({ email: 'jane@example.com' }));
    expect(outcome).toBe('Retry');
    expect(error?.message).toMatch(/event_source: the event set is of the kind crm.*Check Event Source,/);
  });
});

test("a lead_event_source that TikTok refuses is the event's own, not a setting", async () => {
  world.tiktok.misbehave({ code: 40002, message: 'data.0.lead.lead_event_source: not valid' });
  const { outcome, error } = await world.send(won({ lead_id: 'lead-1' }), CRM);
  expect(outcome).toBe('Message Rejected');
  expect(error?.message).toContain('Change the event or Parameter Mappings.');
});

test('two instances in one environment, one of each kind, do not see each other', async () => {
  const event = won({ email: 'jane@example.com', lead_id: 'lead-1' });
  await world.deliver(event, CRM);
  await world.send(event);
  const [crm, other] = world.tiktok.requests.slice(-2).map(({ body }) => body);
  expect(crm).toContain('"lead":{"lead_id":"lead-1"}');
  expect(other).toContain('"event_source":"offline"');
  expect(other).not.toContain('"lead":');
});
