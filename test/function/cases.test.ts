// What people really send, and what TikTok must get: inputs with the right answers, through the shipped bundle.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import get from 'lodash/get';
import { z } from 'zod';
import cases from '../cases/values.json';
import { createWorld, hash, track, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  // What is not international is read by the library.
  world = await createWorld({ needs: ['libphonenumberjslib'] });
});
afterAll(() => world.close());

const EMAIL = 'jane@example.com';
const HASHED = /^user\.(?:email|phone|external_id|first_name|last_name|zip_code)$/;

/** What TikTok got of a parameter, as the cases write it: the only item of a hashed list, null for nothing. */
function got(received: unknown, parameter: string): unknown {
  const value: unknown = z.unknown().parse(get(received, parameter));
  const isOnlyItem = HASHED.test(parameter) && Array.isArray(value) && value.length === 1;
  return (isOnlyItem ? z.array(z.unknown()).parse(value)[0] : value) ?? null;
}

/** Hashed parameters are given in the clear form whose hash must be sent. */
const expected = (parameter: string, sent: unknown): unknown =>
  HASHED.test(parameter) && typeof sent === 'string' ? hash(sent) : sent;

describe('a phone number', () => {
  interface Phone {
    readonly why: string;
    readonly phone: string | number;
    /** The setting Default Country. */
    readonly country?: string;
    /** The event's own. */
    readonly phoneCountry?: string;
    readonly sent: string | null;
  }
  const phones: readonly Phone[] = cases.phones;
  test.each(phones)(
    '$why: $phone ($country $phoneCountry)',
    async ({ phone, country, phoneCountry, sent }) => {
      const event = track({ properties: { email: EMAIL, phone, country: phoneCountry } });
      const received = await world.deliver(event, {
        ...(country !== undefined && { defaultCountry: country }),
        parameterMappings: { 'user.phone.country': 'properties.country' },
      });
      expect(got(received, 'user.phone')).toEqual(expected('user.phone', sent));
    },
  );
});

describe('an email address', () => {
  test.each(cases.emails)('$why: $email', async ({ email, sent }) => {
    const received = await world.deliver(track({ properties: { email, phone: '+14155550100' } }));
    expect(got(received, 'user.email')).toEqual(expected('user.email', sent));
  });
});

describe('the first usable source wins', () => {
  interface Fallback {
    readonly why: string;
    readonly properties: object;
    readonly traits?: object;
    readonly url?: string;
    readonly userId?: unknown;
    readonly anonymousId?: string;
    readonly sent: Readonly<Record<string, unknown>>;
  }
  const fallbacks: readonly Fallback[] = cases.fallback;
  test.each(fallbacks)('$why', async ({ properties, traits, url, userId, anonymousId, sent }) => {
    const event = track({ properties, traits, userId, anonymousId, context: { page: { url } } });
    const received = await world.deliver(event);
    for (const [parameter, value] of Object.entries(sent))
      expect(got(received, parameter)).toEqual(expected(parameter, value));
  });
});

describe('an amount', () => {
  test.each(cases.amounts)('$value is $sent', async ({ value, sent }) => {
    const received = await world.deliver(track({ properties: { email: EMAIL, value } }));
    expect(got(received, 'properties.value')).toBe(sent);
  });
});

describe('a time', () => {
  test.each(cases.times)('$mapped is $sent', async ({ mapped, sent }) => {
    const event = track({ properties: { email: EMAIL, paid_at: mapped } });
    const call = await world.send(event, { parameterMappings: { event_time: 'properties.paid_at' } });
    if (sent === 'refused') expect(call.outcome).toBe('Message Rejected');
    else expect(world.tiktok.counted.at(-1)?.event.event_time).toBe(sent);
  });
});

describe('a shape', () => {
  interface Shape {
    readonly why: string;
    readonly properties?: object;
    readonly context?: object;
    readonly sent: Readonly<Record<string, unknown>>;
  }
  const shapes: readonly Shape[] = cases.shapes;
  test.each(shapes)('$why', async ({ properties = { email: EMAIL }, context, sent }) => {
    const received = await world.deliver(track({ properties, context }));
    for (const [parameter, value] of Object.entries(sent)) expect(got(received, parameter)).toEqual(value);
  });
});

describe('a name or an address', () => {
  interface Normalised {
    readonly parameter: string;
    readonly value: string;
    readonly country?: string;
    readonly plain?: boolean;
    readonly sent: string;
  }
  const normalised: readonly Normalised[] = cases.normalised;
  test.each(normalised)('$parameter: $value', async ({ parameter, value, country, plain, sent }) => {
    const received = await world.deliver(track({ properties: { email: EMAIL, value } }), {
      ...(country !== undefined && { defaultCountry: country }),
      parameterMappings: { [parameter]: 'properties.value' },
    });
    expect(got(received, parameter)).toEqual(plain ? sent : hash(sent));
  });
});

describe('what only looks personal is kept', () => {
  interface Kept {
    readonly why: string;
    readonly name?: string;
    readonly url?: string;
  }
  const kept: readonly Kept[] = cases.kept;
  test.each(kept)('$why: $name $url', async ({ name, url }) => {
    const product = { product_id: 'a', ...(name !== undefined && { name }) };
    const event = track({ properties: { email: EMAIL, products: [product] }, context: { page: { url } } });
    const received = await world.deliver(event);
    expect(received.properties?.contents?.[0]).toEqual({
      content_id: 'a',
      ...(name !== undefined && { content_name: name }),
    });
    expect(received.page?.url).toBe(url);
  });
});
