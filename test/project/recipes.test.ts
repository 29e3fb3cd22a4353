// The recipes of the documentation: settings, and a case that they must pass.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { parseJson } from '../../lib/values/json';
import { EXAMPLES } from '../../scripts/cli/project';
import { prove } from '../scripts/report/commands';
import { createFolder } from '../support/command';
import { pages } from '../support/documentation';

const Json = z.record(z.string(), z.unknown());
const { accessToken, eventSetId } = Json.parse(
  JSON.parse(readFileSync(path.join(EXAMPLES, 'settings.json'), 'utf8')),
);

/** Settings, a line of text, and a case: under the heading that comes before them. */
const RECIPE = /^```json\n(\{[^`]*?\n?)^```\n\n[^`\n]+\n\n^```json\n(\{\n {2}"event": [^`]+)^```$/gm;

const recipes = Array.from(pages).flatMap(([page, text]) =>
  [...text.matchAll(RECIPE)].map(({ index, 1: settings = '', 2: given = '' }) => ({
    name: `${page}: ${
      /^#+ (.+)$/.exec(
        text
          .slice(0, index)
          .match(/^#+ .+$/gm)
          ?.at(-1) ?? '',
      )?.[1] ?? ''
    }`,
    settings: Json.parse(parseJson(settings)),
    given: Json.parse(parseJson(given)),
  })),
);

let files: ReturnType<typeof createFolder>;
beforeAll(() => {
  files = createFolder();
});
afterAll(() => {
  files.remove();
});

test('there is a recipe for what people ask about', () => {
  const names = recipes.map(({ name }) => name.replace(/^docs\/settings\.md: /, ''));
  expect(names).toEqual(
    expect.arrayContaining([
      'Several countries',
      'Amounts in cents',
      'Consent',
      'Another data source',
      'A CRM',
      'Several TikTok names',
    ]),
  );
});

test.each(recipes)('$name: the event becomes what the page shows', async ({ settings, given }) => {
  const file = files.file('settings.json', JSON.stringify({ accessToken, eventSetId, ...settings }));
  const { status, stdout, stderr } = await prove([files.file('case.json', JSON.stringify(given))], {
    settings: file,
  });
  expect({ status, stdout, stderr }).toEqual({
    status: 0,
    stdout: 'Passed: 1 case as expected.\n',
    stderr: '',
  });
});
