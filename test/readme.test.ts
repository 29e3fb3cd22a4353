// The README says what the code does.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { EVENT_MAPPINGS } from '../lib/events';
import { PARAMETERS, type Definition } from '../lib/parameters';
import { SETTINGS } from '../lib/settings';
import { scripts } from '../package.json';

const readme = readFileSync(path.join(__dirname, '../README.md'), 'utf8');

/** The rows of the table whose first heading this is, without its head. */
function table(heading: string): readonly (readonly string[])[] {
  const lines = readme.split('\n');
  const start = lines.findIndex((line) => new RegExp(`^\\| ${heading} +\\|`).test(line));
  expect(start).toBeGreaterThan(0);
  const rows = lines.slice(start + 2);
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}

describe('the README lists', () => {
  test('every setting, with an example', () => {
    const rows = table('Label');
    expect(rows.map((row) => row.slice(0, -1))).toEqual(
      SETTINGS.map(({ label, name, type, required, sensitive, description }) => [
        label,
        `\`${name}\``,
        type,
        required ? 'yes' : 'no',
        sensitive ? 'yes' : 'no',
        description,
      ]),
    );
    for (const row of rows) expect(row.at(-1)).toMatch(/^`.+`$/);
  });

  test('every event that is mapped by default', () => {
    expect(table('Segment event')).toEqual(Object.entries(EVENT_MAPPINGS));
  });

  test('every parameter and its default source', () => {
    expect(table('Parameter')).toEqual(
      Object.entries<Definition>(PARAMETERS).map(([name, [, source]]) => [
        `\`${name}\``,
        source === undefined ? '' : `\`${source}\``,
      ]),
    );
  });

  test('every command', () => {
    const listed = new Set([...readme.matchAll(/`npm (?:run )?(\w+)`/g)].map(([, name]) => name));
    expect([...listed].sort()).toEqual(Object.keys(scripts).sort());
  });

  test('every message that the function has', () => {
    const bundle = readFileSync(path.join(__dirname, '../dist/destination.js'), 'utf8');
    const beginnings = table('In Segment.s Event Delivery').flatMap(([, message = '']) =>
      [...message.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text.split(/[…"]/)[0]?.trim() ?? ''),
    );
    for (const beginning of beginnings) expect(bundle).toContain(beginning);
    // The other way round: each sentence with which a message of the code begins.
    const sentences = [
      ...bundle.matchAll(/(?:message: `|refuse\("|failure: "|\? "|: ")((?:TikTok|The|No) [\w' ]{8,})/g),
    ];
    expect(sentences.length).toBeGreaterThan(5);
    for (const [, sentence = ''] of sentences) {
      expect(beginnings.some((beginning) => sentence.startsWith(beginning.slice(0, 20)))).toBe(true);
    }
  });
});
