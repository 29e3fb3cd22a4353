// What the command says when Segment refuses a request, or answers something else.
import { describe, expect, test } from '@jest/globals';
import { BUILT, built, inWorkspace, operations, outdated, running } from '../../support/deploy';
import type { Misbehaviour } from '../../support/public-api';

describe('a refusal', () => {
  test.each<[status: number, on: 'list' | 'create' | 'deploy', roles: string]>([
    [401, 'list', 'Functions Read-only or Functions Admin'],
    [403, 'create', 'Functions Admin'],
    [403, 'deploy', 'Functions Admin and Source Admin'],
  ])('with HTTP %d to "%s" says which role the token needs: %s', (status, on, roles) =>
    inWorkspace(async ({ api, deploy }) => {
      api.misbehave({ on, status });
      const answered = await deploy();
      expect(answered.status).toBe(1);
      expect(answered.stderr).toMatch(
        new RegExp(
          `^error: Segment did not .*: HTTP ${status}: as instructed, for \\[token\\]\\. SEGMENT_PUBLIC_API_TOKEN must be a token of this workspace, in this region \\(--region\\), with the role Workspace Owner, or ${roles}\\.\n$`,
        ),
      );
      expect(api.count(on)).toBe(1);
    }),
  );

  test("of any other kind shows Segment's message and field", () =>
    inWorkspace(async ({ api, deploy }) => {
      api.add(outdated);
      const body = JSON.stringify({
        errors: [{ type: 'input-validation', message: '"code" is too long', field: 'code' }],
      });
      api.misbehave({ on: 'update', status: 422, body });
      const { status, stderr } = await deploy();
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: 'error: Segment did not save the function: HTTP 422: code: "code" is too long.\n',
      });
    }));

  test('because of an unknown ID says what to check', () =>
    inWorkspace(async ({ deploy }) => {
      expect((await deploy({ yes: true, function: 'dfn_none' })).stderr).toBe(
        'error: Segment did not read the function: HTTP 404: function dfn_none was not found. Check the ID, and that the token is for the workspace that the function is in.\n',
      );
    }));
});

describe('an answer that is not of the Public API is reported, and the token is sent nowhere else', () => {
  test.each<[what: string, misbehaviour: Partial<Misbehaviour>, message: RegExp]>([
    ['a redirect', { status: 302, headers: { Location: 'https://example.com/' } }, /HTTP 302/],
    [
      'a page instead of JSON',
      { status: 200, body: '<html>' },
      /The answer to the request to list the functions does not have the Public API's form: /,
    ],
    ['another form', { status: 200, body: '{"data":{"functions":7}}' }, /: data\.functions: /],
  ])('%s', (_, misbehaviour, message) =>
    inWorkspace(async ({ api, deploy }) => {
      api.misbehave({ on: 'list', ...misbehaviour });
      const { status, stderr } = await deploy();
      expect(status).toBe(1);
      expect(stderr).toMatch(message);
      expect(operations(api)).toEqual(['workspace', 'list']);
    }),
  );
});

describe('if Segment refuses to deploy a Destination Function', () => {
  test('and a save deploys already, the job is done; otherwise it says what to do in Segment', () =>
    inWorkspace(
      async ({ api, deploy }) => {
        const there = api.add(outdated);
        const { status, stdout } = await deploy();
        expect([status, running(there)]).toEqual([0, built]);
        expect(stdout).toContain(`Confirmed: it runs ${BUILT}.\n`);

        expect((await deploy({ yes: true, name: 'Another' })).stderr).toBe(
          'error: Segment did not deploy the function: HTTP 400: only source functions can be deployed. The function is saved: open it in Segment, and choose Save & Deploy there.\n',
        );
      },
      { isDeployedOnSave: true },
    ));

  test('and it cannot be known what runs, the function is not said to run', () =>
    inWorkspace(
      async ({ api, deploy }) => {
        api.add(outdated);
        api.misbehave({ on: 'listVersions', status: 404 }, { on: 'listVersions', status: 404 });
        const { status, stdout, stderr } = await deploy();
        expect([status, stdout.includes('Confirmed')]).toEqual([1, false]);
        expect(stderr).toContain(
          'The function is saved: open it in Segment, and choose Save & Deploy there.\n',
        );
      },
      { isDeployedOnSave: true, omitsIsLatestVersion: true },
    ));
});

test('if Segment reports a deploy, but something else runs, it says so', () =>
  inWorkspace(async ({ api, deploy }) => {
    api.add(outdated);
    api.misbehave({ on: 'deploy', body: '{"data":{"functionDeployment":{"status":"SUCCESS"}}}' });
    const { status, stdout, stderr } = await deploy();
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr:
        'error: Segment reports that it deployed the function, but what is saved does not run. Run it again.\n',
    });
    expect(stdout).not.toContain('Deployed');
  }));
