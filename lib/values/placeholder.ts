// What stands for a value that nobody has.
import { hash } from './hash';

/** Whole texts, in lower case. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  'null',
  'undefined',
  'nan',
  'none',
  'n/a',
  'na',
  '-',
  'unknown',
  '(not set)',
  '[object object]',
  '00000000-0000-0000-0000-000000000000',
]);

/** `__WORD__`, `{{…}}`, `%%…%%`: a macro or a template that nobody filled in. */
const UNFILLED = /^(?:__\w+__|\{\{.*\}\}|%%.*%%)$/s;

const LONGEST_WORD = '[object object]'.length;
const UUID_LENGTH = 36;

/** Whether a trimmed text is only a placeholder, in any case. The length alone rules most ids out. */
export const isPlaceholder = (text: string): boolean =>
  ((text.length <= LONGEST_WORD || text.length === UUID_LENGTH) && PLACEHOLDERS.has(text.toLowerCase())) ||
  ((text.startsWith('__') || text.startsWith('{{') || text.startsWith('%%')) && UNFILLED.test(text));

// Made when it is first needed: few events have hashes.
let hashes: ReadonlySet<string> | undefined;

/** Whether a SHA-256 is that of an empty text or of a placeholder. */
export function isHashOfPlaceholder(sha256: string): boolean {
  hashes ??= new Set(['', '[object Object]', ...PLACEHOLDERS].map((text): string => hash(text)));
  return hashes.has(sha256);
}
