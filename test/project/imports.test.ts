// Lint keeps the direction of imports.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { ROOT } from '../../scripts/cli/project';

const PROGRAM = path.join(ROOT, 'test/support/complaints.mjs');

const FORBIDDEN = [
  ['lib/delivery.ts', '../scripts/bundle/bundle'],
  ['lib/conversion/convert.ts', '../../scripts/bundle/bundle'],
  ['lib/conversion/convert.ts', '../delivery'],
  ['lib/configuration/plan.ts', '../conversion/convert'],
  ['lib/configuration/condition/evaluate.ts', '../../conversion/convert'],
  ['lib/parameters/readers.ts', '../configuration/settings'],
  ['lib/values/phone.ts', '../privacy/mask'],
  ['lib/values/phone.ts', '../../scripts/bundle/bundle'],
  ['lib/privacy/mask.ts', '../tiktok/answer'],
  ['lib/tiktok/answer.ts', '../configuration/settings'],
  ['lib/outcome.ts', './delivery'],
  ['functions/destination.ts', '../scripts/bundle/bundle'],
  ['scripts/local/segment/runtime.ts', '../../../lib/outcome'],
  ['scripts/local/segment/runtime.ts', '../../report/tally'],
  ['scripts/local/tiktok/server.ts', '../../bundle/bundle'],
  ['scripts/deploy.ts', './local/segment/runtime'],
  ['scripts/deploy/deploy.ts', '../local/tiktok/server'],
  ['scripts/deploy/deploy.ts', '../tester/server'],
];
const ALLOWED = [
  ['lib/delivery.ts', './tiktok/request'],
  ['lib/conversion/convert.ts', '../configuration/plan'],
  ['lib/configuration/plan.ts', '../parameters/readers'],
  ['lib/parameters/readers.ts', '../tiktok/payload'],
  ['lib/values/phone.ts', './text'],
  ['lib/privacy/mask.ts', '../values/text'],
  ['lib/tiktok/answer.ts', '../outcome'],
  ['scripts/local/segment/runtime.ts', './load'],
  ['scripts/local/tiktok/server.ts', '../segment/network'],
  ['scripts/report/tally.ts', '../../lib/tiktok/answer'],
  ['scripts/deploy.ts', '../lib/configuration/settings'],
  ['scripts/deploy/deploy.ts', '../report/tally'],
];

test('lint refuses imports against the direction, and no others', () => {
  const imports = [...FORBIDDEN, ...ALLOWED];
  const { stdout } = spawnSync(process.execPath, [PROGRAM, JSON.stringify(imports)], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const complaints = z.array(z.array(z.string())).parse(JSON.parse(stdout));
  const refused = imports.filter((_, index) => complaints[index]?.length === 1);
  expect(refused).toEqual(FORBIDDEN);
}, 30_000);
