import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * Which way imports go: what the files may not import (a pattern of the import's path), and why. The first entry that
 * a file is in counts.
 */
const DIRECTIONS = [
  {
    files: ['lib/values/**'],
    forbidden: String.raw`^\.\./`,
    message: 'Values know nothing but values.',
  },
  {
    files: ['lib/privacy/**'],
    forbidden: String.raw`^\.\./(?!values/)`,
    message: 'Privacy knows nothing but values.',
  },
  {
    files: ['lib/tiktok/**'],
    forbidden: String.raw`^\.\./(?!values/|privacy/|outcome$|result$)`,
    message: 'What TikTok takes and answers does not depend on settings and conversions.',
  },
  {
    files: ['functions/**', 'lib/**'],
    forbidden: '(?:^|/)(?:scripts|test)/',
    message: 'What runs in Segment knows nothing of the commands.',
  },
  {
    files: ['scripts/local/**'],
    forbidden: '(?:^|/)(?:lib|functions)/',
    message: 'The local services are strict because they do not know the function.',
  },
  {
    files: ['scripts/deploy.ts', 'scripts/deploy/**'],
    forbidden: '(?:^|/)local/',
    message: 'The deploy reaches the local services through the report only.',
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
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  // ESLint takes the last one.
  ...DIRECTIONS.toReversed().map(({ files, forbidden, message }) => ({
    files,
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ regex: forbidden, message }] }],
    },
  })),
);
