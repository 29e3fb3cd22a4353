// Which function of the workspace a deploy changes.
import { describe, expect, test } from '@jest/globals';
import { NAME } from '../../../scripts/deploy/options';
import { built, earlier, inWorkspace, operations, outdated, running } from '../../support/deploy';

describe('the function', () => {
  test('is found by its ID, or by another name', () =>
    inWorkspace(async ({ api, deploy }) => {
      const one = api.add({ ...outdated, displayName: 'One' });
      const other = api.add({ ...outdated, displayName: 'Other' });
      expect((await deploy({ yes: true, function: one.id })).status).toBe(0);
      expect([running(one), running(other)]).toEqual([built, earlier]);
      expect(api.count('list')).toBe(0);
      expect((await deploy({ yes: true, name: 'Other' })).status).toBe(0);
      expect(running(other)).toBe(built);
    }));

  test('is not one with a longer name, alone or beside ours', () =>
    inWorkspace(async ({ api, deploy }) => {
      const staging = api.add({ ...outdated, displayName: `${NAME} (staging)` });
      const { stdout } = await deploy({ dryRun: true });
      expect(stdout).toContain(`\nIn Segment: no function ${NAME} yet.`);
      const ours = api.add(outdated);
      expect((await deploy()).status).toBe(0);
      expect([running(ours), running(staging), api.functions.length]).toEqual([built, earlier, 2]);
    }));

  test('is found on the last page among more than 60 functions', () =>
    inWorkspace(
      async ({ api, deploy }) => {
        for (let index = 0; index < 62; index += 1) api.add({ displayName: `Function ${index}` });
        const there = api.add(outdated);
        expect((await deploy()).status).toBe(0);
        expect(running(there)).toBe(built);
        expect([api.functions.length, api.count('list'), api.count('create')]).toEqual([63, 3, 0]);
      },
      { pageLimit: 25 },
    ));
});

describe('nothing is changed, and the exit code is 2', () => {
  test('if two functions have the name: they are listed', () =>
    inWorkspace(async ({ api, deploy }) => {
      const [one, other] = [api.add(outdated), api.add(outdated), api.add({ displayName: `${NAME} 2` })];
      const { status, stderr } = await deploy();
      expect(status).toBe(2);
      expect(stderr).toBe(
        [
          `error: There are 2 functions named ${NAME}. Choose one by its ID, with --function or in segment.config.json:`,
          `  ${one.id}  ${NAME} (Example)`,
          `  ${other.id}  ${NAME} (Example)`,
          '',
        ].join('\n'),
      );
      expect(operations(api)).toEqual(['workspace', 'list']);
    }));

  test('if the function is not a Destination Function', () =>
    inWorkspace(async ({ api, deploy, restore }) => {
      const { id } = api.add({ displayName: NAME, resourceType: 'SOURCE' });
      const { status, stderr } = await deploy({ yes: true, function: id });
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: `error: ${id} (${NAME}) is a SOURCE function: expected a DESTINATION function.\n`,
      });
      expect(await restore('ver_1', { yes: true })).toEqual({
        status: 2,
        stdout: '',
        stderr: `error: There is no function named ${NAME} in the workspace. Choose another by its name or ID, or create it with npm run deploy.\n`,
      });
      const staging = api.add({ displayName: `${NAME} (staging)` });
      expect((await restore('ver_1', { yes: true })).stderr).toContain(
        `or create it with npm run deploy. Similar names:\n  ${staging.id}  ${NAME} (staging) (Example)\n`,
      );
    }));
});
