// What a save of settings holds, and what it comes to, for whatever stands in Segment and in the file.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SETTINGS } from '../../../lib/configuration/settings';
import { isRecord } from '../../../lib/values/json';
import type { Destination } from '../../../scripts/deploy/api/destinations';
import { planSettings } from '../../../scripts/deploy/destination/plan';
import { FUNCTION_METADATA, SECRET } from '../../support/connected';

const text = fc.oneof(
  fc.constantFrom('', ' ', 'US', 'a', ' a ', 'A', '__proto__', 'toString', '✓'),
  fc.string({ unit: 'binary', maxLength: 6 }).filter((one) => !/[•*]{3}/.test(one)),
);
const map = fc.dictionary(text, text, { maxKeys: 4 });
const values = {
  STRING: fc.oneof(text, fc.constant(undefined), fc.constant(null)),
  BOOLEAN: fc.constantFrom(true, false, undefined, null),
  TEXT_MAP: fc.oneof(map, fc.constant(undefined), fc.constant(null)),
};
/** Each setting in any case, with a value, without one, or not there. */
const settings = fc
  .tuple(
    ...SETTINGS.map(({ name, type }) =>
      fc.tuple(fc.constantFrom(name, name.toUpperCase(), name.toLowerCase()), values[type]),
    ),
  )
  .map((entries): Readonly<Record<string, unknown>> =>
    Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
  );
const others = fc.dictionary(fc.constantFrom('region', 'Sampling'), fc.oneof(text, map, fc.boolean()));
const isListed = fc.boolean();

const destination = (stored: Readonly<Record<string, unknown>>, listed: boolean): Destination => ({
  id: 'dst_1',
  enabled: true,
  sourceId: 'src_1',
  metadata: {
    id: 'mtd_1',
    name: 'Function',
    options: listed ? FUNCTION_METADATA.options.map(({ name, label, type }) => ({ name, label, type })) : [],
    actions: [],
  },
  settings: stored,
});
const wantedOf = (given: Readonly<Record<string, unknown>>) => ({
  file: 'settings.json',
  values: {
    ...Object.fromEntries(Object.entries(given).filter(([name]) => name.toLowerCase() !== 'accesstoken')),
    accessToken: SECRET,
  },
  variables: new Map([['accessToken', 'TIKTOK_ACCESS_TOKEN']]),
});

test.each(['merge', 'replace'] as const)(
  'after a save that is to %s settings nothing is different, and nothing of others is lost',
  (saves) => {
    fc.assert(
      fc.property(settings, others, settings, isListed, (stored, foreign, given, listed) => {
        const wanted = wantedOf(given);
        const before = { ...stored, ...foreign };
        const { body, problems } = planSettings(destination(before, listed), wanted);
        expect(problems).toEqual([]);
        const after = saves === 'merge' ? { ...before, ...body } : body;
        const next = planSettings(destination(after, listed), wanted);
        expect(next.differences.filter(({ kind }) => kind !== 'kept')).toEqual([
          { kind: 'same', label: 'Access Token' },
        ]);
        for (const [name, value] of Object.entries(foreign))
          if (typeof value !== 'string' || value.trim() !== '') expect(after).toHaveProperty([name], value);
      }),
      { numRuns: 500 },
    );
  },
);

test('every setting is in every save, of the type that Segment has for it', () => {
  fc.assert(
    fc.property(settings, settings, isListed, (stored, given, listed) => {
      const { body } = planSettings(destination(stored, listed), wantedOf(given));
      for (const { name, type } of SETTINGS) {
        const held = Object.entries(body).filter(([one]) => one.toLowerCase() === name.toLowerCase());
        expect(held.length).toBeGreaterThan(0);
        for (const [, value] of held) {
          if (type === 'TEXT_MAP') expect(isRecord(value) && !Array.isArray(value)).toBe(true);
          else expect(typeof value).toBe(type === 'BOOLEAN' ? 'boolean' : 'string');
        }
      }
    }),
    { numRuns: 500 },
  );
});

describe('a mask is recognised however it looks, and never sent', () => {
  test.each([
    '••••••••••dada',
    '****abcd',
    'sk-****',
    'ab••••••yz',
    '***',
    '•••-•••',
    '********',
    'a***b***c',
  ])('%s', (mask) => {
    const wanted = wantedOf({ eventSetId: '1' });
    const shown = planSettings(destination({ accessToken: mask, eventSetId: '1' }, true), wanted);
    expect(JSON.stringify(shown.body)).not.toMatch(/[•*]{3}/);
    expect(shown.secrets).toEqual([]);
    const copied = { ...wanted, values: { ...wanted.values, accessToken: mask } };
    expect(planSettings(destination({}, true), copied).problems).toEqual([
      'accessToken: its value is masked, as Segment shows a secret: expected the secret itself',
    ]);
  });

  test.each([
    ['••••••••••51f0', 'hidden'],
    ['••••••••••51f1', 'differs'],
    ['tt-****', 'hidden'],
    ['xx-****', 'differs'],
    ['tt****f0', 'hidden'],
    ['tt****00', 'differs'],
    ['****', 'hidden'],
    ['', 'hidden'],
    [SECRET, 'same'],
    [`${SECRET}0`, 'differs'],
  ])('of the token, %s says: %s', (accessToken, kind) => {
    const { differences } = planSettings(destination({ accessToken }, true), wantedOf({}));
    expect(differences).toEqual([{ kind, label: 'Access Token' }]);
  });
});
