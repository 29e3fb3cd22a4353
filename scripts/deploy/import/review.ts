// What an import found and what it became, as a person reads it before the file.
import { markdownTable } from 'markdown-table';
import { printable } from '../../cli/printable';
import { isDefault, type ByHand, type Import, type Outcome } from './import';

const WITHOUT_ENTRY = {
  disabled: 'nothing: the mapping is disabled',
  'by hand': 'nothing yet: see below',
  'no event name': 'nothing: it has no event name, so nothing is sent there',
} as const;

/** The review, in paragraphs. */
export function describeImport({ settings, outcomes, turnedOff, byHand, differences }: Import): string {
  return [
    outcomes.length === 0 ? 'It has no mappings.' : '',
    table(
      ['Mapping', 'Trigger', 'Entry of Event Mappings'],
      outcomes.map(({ mapping, became }) => [mapping.name, mapping.trigger, describeOutcome(became)]),
    ),
    turnedOff.length === 0
      ? ''
      : `Sent by default and by no mapping, so turned off: ${turnedOff.join(', ')}.`,
    table(
      ['Entry of Parameter Mappings', 'Source'],
      Object.entries(settings.parameterMappings ?? {}).map(([key, text]) => [
        key,
        text === '' ? '(empty)' : text,
      ]),
    ),
    "Fields that are as the built-in destination has them by default are left to this function's defaults.",
    list('Different here:', differences),
    list('To do by hand:', byHand.map(describeByHand)),
  ]
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** Each row in one line; nothing without rows. */
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0 ? '' : markdownTable([head, ...rows.map((row) => row.map(printable))]);

const list = (title: string, items: readonly string[]): string =>
  items.length === 0 ? '' : [title, ...items.map((item) => `- ${printable(item)}`)].join('\n');

export const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

function describeOutcome(became: Outcome['became']): string {
  if (typeof became === 'string') return WITHOUT_ENTRY[became];
  return `${became.label} → ${became.value}${isDefault(became) ? ', the default' : ''}`;
}

function describeByHand({ mapping, field, problem, advice, meanwhile }: ByHand): string {
  const place = mapping === undefined ? field : `"${mapping}", ${field}`;
  const sentences = [
    `${advice.charAt(0).toUpperCase()}${advice.slice(1)}.`,
    ...(meanwhile ? [meanwhile] : []),
  ];
  return `${place}: ${problem}. ${sentences.join(' ')}`;
}
