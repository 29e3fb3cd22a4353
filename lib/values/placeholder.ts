// What stands for a value that nobody has.
import { hash } from './hash';

/** Whole texts, in lower case: of people, programming languages, databases' exports, spreadsheets and Google Analytics. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  'null',
  '(null)',
  '<null>',
  'nil',
  '<nil>',
  '\\n',
  'undefined',
  'nan',
  'none',
  '(none)',
  'n/a',
  'n.a.',
  'na',
  '#n/a',
  '-',
  'unknown',
  '(not set)',
  '[object object]',
  '00000000-0000-0000-0000-000000000000',
  // What is given to Segment so that it does not look at the address of the connection.
  '0.0.0.0',
  '::',
]);

/** `__WORD__`, `{{…}}`, `${…}`, `%%…%%`, `%WORD%`, `*|…|*`, `<%…%>`: a macro or a template that nobody filled in. */
const UNFILLED = /^(?:__\w+__|\{\{.*\}\}|\$\{.*\}|%%.*%%|%\w+%|\*\|.*\|\*|<%.*%>)$/s;
/** What they begin with: most texts begin with none of it. */
const BEGINNINGS = '_{$%*<';

const LONGEST_WORD = '[object object]'.length;
const UUID_LENGTH = 36;

/** Whether a trimmed text is only a placeholder, in any case. The length alone rules most ids out. */
export const isPlaceholder = (text: string): boolean =>
  ((text.length <= LONGEST_WORD || text.length === UUID_LENGTH) && PLACEHOLDERS.has(text.toLowerCase())) ||
  (BEGINNINGS.includes(text.charAt(0)) && UNFILLED.test(text));

// Made when it is first needed: few events have hashes.
let hashes: ReadonlySet<string> | undefined;

/** As programs write a placeholder that somebody hashed without looking: `null`, `NULL`, `None`, `NaN`. */
const spellingsOf = (word: string): readonly string[] => [
  word,
  word.toUpperCase(),
  word.charAt(0).toUpperCase() + word.slice(1),
];

/** Whether a SHA-256 is that of an empty text, of a zero (a guest's ID in some shops) or of a placeholder. */
export function isHashOfPlaceholder(sha256: string): boolean {
  hashes ??= new Set(
    ['', '0', '[object Object]', 'NaN', ...Array.from(PLACEHOLDERS).flatMap(spellingsOf)].map(
      (text): string => hash(text),
    ),
  );
  return hashes.has(sha256);
}
