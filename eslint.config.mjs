import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * The direction of imports: what these files may not import (a pattern of the import's path), and why. The first entry
 * that a file is in applies. In lib/: values, privacy, tiktok, parameters, configuration, conversion, delivery.
 */
const DIRECTIONS = [
  {
    files: ['lib/values/**'],
    forbidden: String.raw`^\.\./`,
    message: 'lib/values imports only its own files.',
  },
  {
    files: ['lib/privacy/**'],
    forbidden: String.raw`^\.\./(?!values/)`,
    message: 'lib/privacy imports only values.',
  },
  {
    files: ['lib/tiktok/**'],
    forbidden: String.raw`^\.\./(?!values/|privacy/|outcome$|result$)`,
    message: 'What TikTok takes and answers does not depend on settings and conversions.',
  },
  {
    files: ['lib/parameters/**'],
    forbidden: String.raw`^\.\./(?!values/|privacy/|tiktok/payload$)`,
    message: 'What a parameter is does not depend on settings and conversions.',
  },
  {
    files: ['lib/configuration/**'],
    forbidden: String.raw`^(?:\.\./)+(?:conversion/|delivery$|scheduler$)|(?:^|/)(?:scripts|test)/`,
    message: 'Settings are compiled before anything is converted or sent.',
  },
  {
    files: ['lib/conversion/**'],
    forbidden: String.raw`^\.\./(?:delivery$|scheduler$)|(?:^|/)(?:scripts|test)/`,
    message: 'Events are converted before anything is sent.',
  },
  {
    files: ['lib/outcome.ts', 'lib/result.ts', 'lib/scheduler.ts'],
    forbidden: '.',
    message: 'This file imports nothing.',
  },
  {
    files: ['functions/**', 'lib/**'],
    forbidden: '(?:^|/)(?:scripts|test)/',
    message: 'What runs in Segment does not import the commands.',
  },
  {
    files: ['scripts/local/**'],
    forbidden: String.raw`^\.\./(?!segment/|tiktok/|clock$|listen$)`,
    message:
      'The local services import only each other: they are strict because they do not know the function.',
  },
  {
    files: ['scripts/deploy.ts', 'scripts/deploy/**'],
    forbidden: '(?:^|/)(?:local|tester|simulate|bench)/',
    message: 'The deploy reaches the local services only through the bundler and the report.',
  },
];

export default tseslint.config(
  { ignores: ['dist/', '.cache/', 'node_modules/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // An `as` that is not `as const` hides what the compiler does not know.
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // A setter in one line, such as `() => setSearch('')`, where nothing is expected of it.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreVoidReturningFunctions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  // If several entries set a rule for a file, ESLint uses the last one.
  ...DIRECTIONS.toReversed().map(({ files, forbidden, message }) => ({
    files,
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ regex: forbidden, message }] }],
    },
  })),
);
