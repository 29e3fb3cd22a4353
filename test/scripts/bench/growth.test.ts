// What shows that a text costs more than its length.
import { describe, expect, test } from '@jest/globals';
import { CLASSES, measureGrowth, textOf, tooSteep } from '../../../scripts/bench/growth';

/** A function that does some work for each text of an event. */
const working = (work: string) => `
  async function onTrack(event, settings) {
    const texts = [event.messageId, ...Object.keys(settings.eventMappings || {})];
    const response = await fetch('https://business-api.tiktok.com/', {});
    texts.push(await response.text());
    for (const text of texts) { const n = typeof text === 'string' ? text.length : 0; ${work} }
  }`;
const measure = (work: string) =>
  measureGrowth(working(work), { rounds: 1 }, () => undefined, { letters: 'a' });

test('the square of the length is too steep, in every place', async () => {
  const steep = tooSteep(await measure('let sum = 0; for (let i = 0; i < n * n / 4; i += 1) sum += i & 7;'));
  expect(steep.map(({ place }) => place)).toEqual(['an event', 'a settings text', "TikTok's answer"]);
  for (const { ratio } of steep) expect(ratio).toBeGreaterThan(2.5);
});

test('the length is not', async () => {
  expect(tooSteep(await measure('let sum = 0; for (let i = 0; i < n * 500; i += 1) sum += i & 7;'))).toEqual(
    [],
  );
});

describe('the text of a class', () => {
  test.each(Object.entries(CLASSES))('%s is as long as it must be', (_, unit) => {
    expect(textOf(unit, 4096).length).toBeGreaterThan(4090);
    expect(textOf(unit, 4096).length).toBeLessThanOrEqual(4096);
  });

  test('of marks in disorder has each of them in a row: they must be sorted', () => {
    expect(textOf('\u0345\u0300\u0316', 6)).toBe('\u0345\u0345\u0300\u0300\u0316\u0316');
  });
});
