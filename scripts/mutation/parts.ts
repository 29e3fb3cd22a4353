// What is tested together: parts of lib/, each with the tests that should notice a change in it. Every test of the bundle
// reaches most of lib/, so running all of them for each change would take minutes.

export interface Part {
  readonly name: string;
  /** Files, and folders with `/` at their end. */
  readonly sources: readonly string[];
  /** Likewise. */
  readonly tests: readonly string[];
}

/** Only tests of the bundle can notice a change in this file: if they do, the bundle is built from the changed sources. */
export const HANDLERS = 'functions/destination.ts';

export const PARTS: readonly Part[] = [
  {
    name: 'values',
    sources: ['lib/values/'],
    tests: [
      'test/lib/values/',
      'test/lib/privacy/personal-data.test.ts',
      ...ofBundle('conversion', 'identity'),
    ],
  },
  {
    name: 'privacy',
    sources: ['lib/privacy/'],
    tests: ['test/lib/privacy/', 'test/lib/documentation.test.ts', ...ofBundle('identity')],
  },
  {
    name: 'conversion',
    sources: ['lib/conversion/', 'lib/parameters/', 'lib/log.ts'],
    tests: [
      'test/lib/conversion/',
      'test/lib/parameters/',
      'test/lib/documentation.test.ts',
      'test/lib/log.test.ts',
      ...ofBundle('conversion', 'crm', 'identity', 'mapping'),
    ],
  },
  {
    name: 'tiktok',
    sources: ['lib/tiktok/'],
    tests: ['test/lib/tiktok/', ...ofBundle('crm', 'settings')],
  },
  {
    name: 'splitting',
    sources: ['lib/splitting.ts', 'lib/scheduler.ts', 'lib/outcome.ts', 'lib/result.ts'],
    tests: [
      'test/lib/splitting.test.ts',
      'test/lib/scheduler.test.ts',
      'test/lib/outcome.test.ts',
      ...ofBundle('log', 'settings'),
    ],
  },
  {
    name: 'delivery',
    sources: ['lib/delivery.ts'],
    tests: ofBundle('batch', 'conditions', 'crm', 'delivery', 'faults', 'hostile', 'log', 'settings'),
  },
  {
    name: 'configuration',
    sources: [
      ...['configure', 'entries', 'event-fields', 'event-mappings', 'expression', 'key', 'names'],
      ...['not-mapped', 'parameter-mappings', 'plan', 'print-expression', 'read-source', 'settings'],
    ].map((name) => `lib/configuration/${name}.ts`),
    tests: [
      'test/lib/configuration/expression.test.ts',
      'test/lib/configuration/mappings.test.ts',
      'test/lib/configuration/read-source.test.ts',
      'test/lib/configuration/settings.test.ts',
      'test/lib/documentation.test.ts',
      ...ofBundle('conditions', 'crm', 'mapping', 'settings'),
    ],
  },
  {
    name: 'conditions',
    sources: ['lib/configuration/condition/'],
    tests: [
      ...['condition', 'condition-limits', 'condition-oracle', 'condition-syntax'].map(
        (name) => `test/lib/configuration/${name}.test.ts`,
      ),
      ...ofBundle('conditions'),
    ],
  },
];

function ofBundle(...names: readonly string[]): readonly string[] {
  return names.map((name) => `test/function/${name}.test.ts`);
}

/** Whether a file is one of these, or in one of these folders. */
export const isAmong = (file: string, entries: readonly string[]): boolean =>
  entries.some((entry) => (entry.endsWith('/') ? file.startsWith(entry) : file === entry));

/** Entries as glob patterns, for the files with an extension. */
export const patternsOf = (entries: readonly string[], extension: string): string =>
  entries.map((entry) => (entry.endsWith('/') ? `${entry}**/*${extension}` : entry)).join(',');
