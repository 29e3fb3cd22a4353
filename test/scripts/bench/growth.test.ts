// What shows that a text costs more than its length.
import { describe, expect, test } from '@jest/globals';
import { CLASSES, measureGrowth, textOf, tooSteep } from '../../../scripts/bench/growth';

/** What a function costs that spends so much on a text of each kind. @param cost of a text of `length` characters. */
async function measure(cost: string) {
  let spent = 0;
  const spend = (length: number) => (spent += length);
  const code = `
    async function onTrack(event, settings) {
      const response = await fetch('https://business-api.tiktok.com/', {});
      const texts = [event.messageId, ...Object.keys(settings.eventMappings || {}), await response.text()];
      for (const { length } of texts.filter((text) => typeof text === 'string')) spend(${cost});
    }`;
  const meter = { read: () => spent, globals: { spend } };
  return measureGrowth(code, { rounds: 1 }, () => undefined, { letters: 'a' }, meter);
}

test('the square of the length is too steep, in every place', async () => {
  const steep = tooSteep(await measure('length * length'));
  expect(steep.map(({ place }) => place)).toEqual(['an event', 'a settings text', "TikTok's answer"]);
  for (const { ratio } of steep) expect(ratio).toBeCloseTo(4, 1);
});

test('the length is not', async () => {
  expect(tooSteep(await measure('length'))).toEqual([]);
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
