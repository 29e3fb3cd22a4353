// The tables of the documentation are those of the code.
import { describe, expect, test } from '@jest/globals';
import { DEFAULT_EVENT_MAPPINGS } from '../../lib/configuration/event-mappings';
import { SETTINGS } from '../../lib/configuration/settings';
import { DEFINITIONS } from '../../lib/parameters/definitions';
import { REASONS } from '../../lib/parameters/reasons';
import { PERSONAL_DATA } from '../../lib/privacy/personal-data';
import { table } from '../support/documentation';

/** As code, unless there is nothing. */
const code = (text: string): string => (text === '' ? '' : `\`${text}\``);

describe('the documentation lists', () => {
  test('every setting, with its example', () => {
    expect(table('Label')).toEqual(
      SETTINGS.map(({ label, name, type, required, sensitive, description, example }) => [
        label,
        `\`${name}\``,
        type,
        required ? 'yes' : 'no',
        sensitive ? 'yes' : 'no',
        description,
        (typeof example === 'object' ? Object.entries(example).flat() : [example])
          .map((part) => `\`${part}\``)
          .join(' → '),
      ]),
    );
  });

  test('every event that is mapped by default', () => {
    expect(table('Segment event', 'TikTok event')).toEqual(Object.entries(DEFAULT_EVENT_MAPPINGS));
  });

  test('every parameter, its default source and what it is', () => {
    expect(table('Parameter', 'Default source')).toEqual(
      DEFINITIONS.map(({ name, from, description }) => [`\`${name}\``, code(from), description]),
    );
  });

  test('every reason why a value is left out', () => {
    expect(table('Reason')).toEqual(
      Object.entries(REASONS).map(([reason, words]) => [`\`${reason}\``, words]),
    );
  });

  test('everything that is looked for in texts, and examples of it', () => {
    const visible = (example: string) => example.replace(/\u00ad/g, '\\u00ad');
    expect(table('It is')).toEqual(
      PERSONAL_DATA.map(({ name, onlyInFreeText, examples }) => [
        name,
        onlyInFreeText ? 'free text' : 'anywhere',
        examples.map((example) => `\`${visible(example)}\``).join(', '),
      ]),
    );
  });
});
