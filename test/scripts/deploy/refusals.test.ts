// What the command says when Segment refuses a request, or answers something else.
import { describe, expect, test } from '@jest/globals';
import { BUILT, built, inWorkspace, operations, outdated, PAUSES, running } from '../../support/deploy';
import type { LocalApiOptions, Misbehaviour } from '../../support/public-api';

describe('a refusal', () => {
  test('with HTTP 401 says that the token is not known, and where to get one', () =>
    inWorkspace(async ({ api, deploy }) => {
      api.misbehave({ on: 'list', status: 401 });
      const { status, stderr } = await deploy();
      expect([status, api.count('list')]).toEqual([1, 1]);
      expect(stderr).toBe(
        'error: Segment did not list the functions: HTTP 401: as instructed, for [token]. Segment does not know the token in SEGMENT_PUBLIC_API_TOKEN: it is mistyped, was revoked, or is from a workspace in the other region (us or eu). Create one in Segment under Settings → Workspace settings → Access Management → Tokens, and set SEGMENT_PUBLIC_API_TOKEN to it.\n',
      );
    }));

  test.each<[on: 'list' | 'create' | 'deploy', roles: string, options: Partial<LocalApiOptions>]>([
    ['list', 'Functions Read-only or Functions Admin', {}],
    ['create', 'Functions Admin', {}],
    ['deploy', 'Functions Admin and Source Admin', { deploysOn: 'call' }],
  ])('with HTTP 403 to "%s" says which role the token needs: %s', (on, roles, options) =>
    inWorkspace(async ({ api, deploy }) => {
      api.misbehave({ on, status: 403 });
      const answered = await deploy();
      expect(answered.status).toBe(1);
      expect(answered.stderr).toMatch(
        new RegExp(
          `^error: Segment did not .*: HTTP 403: as instructed, for \\[token\\]\\. The token in SEGMENT_PUBLIC_API_TOKEN may not do that: expected a token of this workspace with the role Workspace Owner, or ${roles}\\.\n$`,
        ),
      );
      expect(api.count(on)).toBe(1);
    }, options),
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

describe('if Segment does not show that what was saved runs, and refuses to deploy a Destination Function', () => {
  const NOT_FOR_DESTINATIONS =
    'error: Segment did not deploy the function: HTTP 400: only applicable to Source Function instances. The function is saved, and Segment shows: ';
  const WHAT_TO_DO = ' Open it in Segment to see which version runs; Save & Deploy there deploys it.\n';

  test('it says what Segment shows, and ends with 1: never that it runs, never more than Segment says', () =>
    inWorkspace(
      async ({ api, deploy, pauses }) => {
        api.add(outdated);
        const { status, stdout, stderr } = await deploy();
        expect([status, pauses, api.count('deploy')]).toEqual([1, PAUSES, 1]);
        expect(stdout).not.toMatch(/Deployed|Confirmed/);
        expect(stderr).toBe(
          `${NOT_FOR_DESTINATIONS}${BUILT}; saved, not deployed (what runs was deployed 2026-11-20 10:02 UTC).${WHAT_TO_DO}`,
        );
      },
      { deploysOn: 'save', readsUntilShown: Infinity },
    ));

  test('nor that it is not deployed, if Segment does not say which version is the latest', () =>
    inWorkspace(
      async ({ api, deploy }) => {
        api.add(outdated);
        // Neither do the versions.
        const unknown = { on: 'listVersions', status: 404 } as const;
        api.misbehave(...Array.from({ length: 20 }, () => unknown));
        const { status, stderr } = await deploy();
        expect(status).toBe(1);
        expect(stderr).toBe(
          `${NOT_FOR_DESTINATIONS}${BUILT}; deployed 2026-11-20 10:02 UTC; Segment does not say whether something was saved after that.${WHAT_TO_DO}`,
        );
      },
      { deploysOn: 'save', readsUntilShown: Infinity, omitsIsLatestVersion: true },
    ));
});

test('a later time of deployment is enough to know that a save runs, if Segment says nothing else', () =>
  inWorkspace(
    async ({ api, deploy, savesDeploy, readsUntilShown }) => {
      const there = api.add(outdated);
      const unknown = { on: 'listVersions', status: 404 } as const;
      api.misbehave(...Array.from({ length: 20 }, () => unknown));
      const { status, stdout } = await deploy();
      expect([status, running(there)]).toEqual([0, built]);
      expect(stdout).toContain(`Confirmed: it runs ${BUILT}.\n`);
      expect(api.count('get')).toBe(2 + (savesDeploy ? 0 : PAUSES.length + 1) + readsUntilShown + 1);
    },
    { omitsIsLatestVersion: true },
  ));

test('if Segment reports a deploy, but something else runs, it says so', () =>
  inWorkspace(
    async ({ api, deploy, pauses }) => {
      api.add(outdated);
      api.misbehave({ on: 'deploy', body: '{"data":{"functionDeployment":{"status":"SUCCESS"}}}' });
      const { status, stdout, stderr } = await deploy();
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: `error: Segment reports that it deployed the function, but it shows: ${BUILT}; saved, not deployed (what runs was deployed 2026-11-20 10:02 UTC). Run it again.\n`,
      });
      expect(pauses).toEqual([...PAUSES, ...PAUSES]);
      expect(stdout).not.toContain('Deployed');
    },
    { deploysOn: 'call' },
  ));
