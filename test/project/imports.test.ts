// Lint keeps the direction of imports.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { ROOT } from '../../scripts/cli/project';

const PROGRAM = path.join(ROOT, 'test/support/complaints.mjs');

const FORBIDDEN = [
  ['lib/delivery.ts', '../scripts/bundle'],
  ['lib/conversion/convert.ts', '../../scripts/bundle'],
  ['lib/values/phone.ts', '../privacy/mask'],
  ['lib/values/phone.ts', '../../scripts/bundle'],
  ['lib/privacy/mask.ts', '../tiktok/answer'],
  ['lib/tiktok/answer.ts', '../configuration/settings'],
  ['functions/destination.ts', '../scripts/bundle'],
  ['scripts/local/segment/runtime.ts', '../../../lib/outcome'],
  ['scripts/local/tiktok/rules.ts', '../../../lib/values/hash'],
  ['scripts/deploy.ts', './local/segment/runtime'],
  ['scripts/deploy/commands.ts', '../local/tiktok/server'],
];
const ALLOWED = [
  ['lib/delivery.ts', './tiktok/request'],
  ['lib/values/phone.ts', './text'],
  ['lib/privacy/mask.ts', '../values/text'],
  ['lib/tiktok/answer.ts', '../outcome'],
  ['scripts/local/segment/runtime.ts', './load'],
  ['scripts/local/tiktok/server.ts', '../segment/network'],
  ['scripts/report/tally.ts', '../../lib/tiktok/answer'],
  ['scripts/deploy.ts', '../lib/configuration/settings'],
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
