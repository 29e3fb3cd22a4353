// Where the page shows each problem of the settings.
import { expect, test } from '@jest/globals';
import type { Values } from '../../../scripts/tester/api';
import { placeProblems } from '../../../scripts/tester/problems';

const GOOD: Values = { accessToken: 'example-access-token', eventSetId: '7000000000000000001' };

test.each<[what: string, changed: Values, problems: readonly (readonly [at: string, message: RegExp])[]]>([
  ['none', {}, []],
  [
    'a setting that is missing, and one that is malformed',
    { eventSetId: '', defaultCountry: 'Germany' },
    [
      ['eventSetId', /^Event Set ID is missing$/],
      ['defaultCountry', /^Default Country must be two letters/],
    ],
  ],
  [
    'entries of both maps',
    {
      eventMappings: { 'Order Completed': 'Purchase', ' Leads': 'Lead if type =' },
      parameterMappings: { 'user.mail': 'properties.mail', 'user.email': 'propertys.mail' },
    },
    [
      ['eventMappings: Leads', /^at character 7 of type =: expected a path/],
      ['parameterMappings:user.mail', /did you mean user\.email\?$/],
      ['parameterMappings:user.email', /did you mean properties\?$/],
    ],
  ],
])('%s', (_, changed, problems) => {
  const placed = placeProblems({ ...GOOD, ...changed });
  expect(
    placed.map(({ setting, key }) => [setting, key].filter((part) => part !== undefined).join(':')),
  ).toEqual(problems.map(([at]) => at));
  for (const [index, [, message]] of problems.entries()) expect(placed[index]?.message).toMatch(message);
});
