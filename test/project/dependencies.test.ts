// What the project depends on: versions that stay as they are have a reason, and Dependabot leaves them alone.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import root from '../../package.json';
import { ROOT } from '../../scripts/cli/project';
import peer from '../../scripts/bench/peer/package.json';

const readText = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

const IGNORED = z.strictObject({
  'dependency-name': z.string(),
  'update-types': z.array(z.string()).optional(),
});
const UPDATE = z.strictObject({
  'package-ecosystem': z.enum(['npm', 'github-actions']),
  directory: z.string(),
  schedule: z.strictObject({ interval: z.enum(['weekly', 'monthly']) }),
  groups: z.record(
    z.string(),
    z.union([
      z.strictObject({ patterns: z.array(z.string()) }),
      z.strictObject({ 'update-types': z.array(z.enum(['minor', 'patch'])) }),
    ]),
  ),
  ignore: z.array(IGNORED).optional(),
});
const DEPENDABOT = z.strictObject({ version: z.literal(2), updates: z.array(UPDATE) });

const text = readText('.github/dependabot.yml');
const { updates } = DEPENDABOT.parse(parse(text));

describe('Dependabot', () => {
  test('updates the packages of the project and of the bench, and the actions of the workflows', () => {
    expect(updates.map((update) => `${update['package-ecosystem']} ${update.directory}`)).toEqual([
      'npm /',
      'npm /scripts/bench/peer',
      'github-actions /',
    ]);
  });

  test('leaves alone what package.json pins to one version, and nothing else altogether', () => {
    const pinned = Object.entries(root.devDependencies).filter(([, range]) => /^\d/.test(range));
    const ignored = updates.flatMap(({ ignore = [] }) =>
      ignore.filter((one) => one['update-types'] === undefined).map((one) => one['dependency-name']),
    );
    expect(ignored.sort()).toEqual(pinned.map(([name]) => name).sort());
    expect(ignored.length).toBeGreaterThan(0);
  });

  test('has a reason above each version that it leaves alone, of a package that is there', () => {
    const lines = text.split('\n').map((line) => line.trim());
    const reasons = lines.flatMap((line, index) => {
      const [, name] = /^- dependency-name: '?([^']+)'?$/.exec(line) ?? [];
      return name === undefined ? [] : [{ name, above: lines[index - 1] }];
    });
    expect(reasons.map(({ name }) => name)).toEqual(
      updates.flatMap(({ ignore = [] }) => ignore.map((one) => one['dependency-name'])),
    );
    for (const { name, above } of reasons) {
      expect(Object.keys(root.devDependencies)).toContain(name);
      expect(above).toMatch(/^# .+\.$/);
    }
  });
});

test.each([
  ['package.json', root],
  ['scripts/bench/peer/package.json', peer],
])('%s has a reason for each override', (_, { overrides, '//overrides': reasons }) => {
  expect(Object.keys(reasons)).toEqual(Object.keys(overrides));
  for (const reason of Object.values(reasons)) expect(reason).toMatch(/\w+ .+\.$/);
});

test("package.json's addresses are of one place", () => {
  const { repository, homepage, bugs } = root;
  expect({ homepage, bugs }).toEqual({ homepage: `${repository}#readme`, bugs: `${repository}/issues` });
});

test('people, CI and package.json agree on the oldest Node.js', () => {
  const [, oldest] = /^>=(\d+)/.exec(root.engines.node) ?? [];
  expect(readText('.nvmrc').trim()).toBe(oldest);
  const [, matrix = ''] = /node-version: \[(.+)\]/.exec(readText('.github/workflows/ci.yml')) ?? [];
  const versions = matrix.split(', ');
  expect(versions[0]).toBe(oldest);
  const listed = `Node.js ${versions.slice(0, -1).join(', ')} and ${versions.at(-1) ?? ''}`;
  expect(readText('CONTRIBUTING.md')).toContain(`On GitHub it runs on ${listed}.`);
});
