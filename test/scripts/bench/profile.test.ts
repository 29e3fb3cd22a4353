// The parts that the bench finds in a profile.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { partsOf, sharesOf, type PartOf } from '../../../scripts/bench/parts';
import { profileTable } from '../../../scripts/bench/tables';
import { ROOT } from '../../../scripts/cli/project';
import { CODE, FILES, LINES } from './files';

const lineOf = (text: string) => LINES.findIndex((line) => line.includes(text));

describe('the profile', () => {
  test('each function of the bundle is known by its file', () => {
    expect(FILES.size).toBeGreaterThan(20);
    for (const file of FILES) {
      expect(file).toMatch(/^(?:lib|functions)\/.+\.ts$/);
      expect(existsSync(path.join(ROOT, file ?? ''))).toBe(true);
    }
  });

  test.each<[what: string, functionName: string, url: string, lineNumber: number, part: string | undefined]>([
    ['at the top of a file', 'timeOf', 'destination.js', lineOf('function timeOf('), 'lib/values/time.ts'],
    ['within another one', 'follow', 'destination.js', lineOf('function follow('), 'lib/splitting.ts'],
    [
      'that Segment calls',
      'onBatch',
      'destination.js',
      LINES.lastIndexOf('function onBatch(events, settings) {'),
      'functions/destination.ts',
    ],
    ['that the bench appends', 'onAlias', 'destination.js', LINES.length, 'the bench'],
    ['of the bench', 'run', '/project/scripts/bench/events.ts', 1, 'the bench'],
    ['that writes JSON', 'stringify', 'destination.js', 0, 'JSON.stringify'],
    ['that hashes', 'hash', 'node:internal/crypto/hash', 200, 'SHA-256'],
    ['that collects garbage', '(garbage collector)', '', -1, 'garbage collection'],
    ['of V8, as part of its caller', 'normalize', '', -1, undefined],
  ])('a function %s is known', (_, functionName, url, lineNumber, part) => {
    expect(partsOf(CODE)({ functionName, url, lineNumber })).toBe(part);
  });

  test('a pattern is part of what searches with it, and the bench is not part of the function', () => {
    const partOf: PartOf = ({ functionName, url }) =>
      url === 'destination.js' ? functionName : url === '' ? undefined : 'the bench';
    const node = (id: number, functionName: string, url: string, hitCount: number, children: number[]) => ({
      id,
      callFrame: { functionName, url, scriptId: '', lineNumber: 0, columnNumber: 0 },
      hitCount,
      children,
    });
    const nodes = [
      node(1, '(root)', '', 5, [2, 6]),
      node(2, 'run', 'events.ts', 50, [3]),
      node(3, 'reads', 'destination.js', 20, [4, 5]),
      node(4, 'RegExp: a', '', 10, []),
      node(5, 'sends', 'destination.js', 10, []),
      node(6, '(program)', '', 100, []),
    ];
    expect(sharesOf(nodes, partOf)).toEqual({ reads: 0.75, sends: 0.25 });
  });

  test('each part has its share of the time that was measured, the largest of the first event first', () => {
    const ratio = { median: 2, min: 1, max: 3 };
    const { head, rows } = profileTable(
      [
        { name: 'one', shares: { little: 0.25, much: 0.75 } },
        { name: 'two', shares: { much: 0.5, other: 0.5 } },
      ],
      [
        { name: 'two', microseconds: 40, ratio },
        { name: 'three', microseconds: 7, ratio },
        { name: 'one', microseconds: 20, ratio },
      ],
    );
    expect([head, ...rows]).toEqual([
      ['Part', 'one', 'two'],
      ['much', '15.0', '20.0'],
      ['little', '5.0', '0.0'],
      ['other', '0.0', '20.0'],
      ['all', '20.0', '40.0'],
      ['the floor', '10.0', '20.0'],
    ]);
  });
});
