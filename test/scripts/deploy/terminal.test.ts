// What the command prints and asks, on streams of any kind.
import { createSink } from '../../support/deploy';
import { describe, expect, test } from '@jest/globals';
import { Readable } from 'node:stream';
import { InputError } from '../../../scripts/cli/command';
import { createTerminal } from '../../../scripts/deploy/terminal';

function start(input: string, token = 'secret') {
  const [stdout, stderr] = [createSink(), createSink()];
  const stdin = Object.assign(Readable.from(input === '' ? [] : [input]), { isTTY: true });
  const terminal = createTerminal(token, {
    stdin,
    stdout: Object.assign(stdout.stream, { isTTY: true }),
    stderr: stderr.stream,
  });
  return { terminal, stdout: stdout.text, stderr: stderr.text };
}

describe('the token', () => {
  test('is masked in whatever is printed, asked, or fails', async () => {
    const { terminal, stdout, stderr } = start('');
    terminal.print('a secret');
    await terminal.confirm('Print the secret?');
    expect(stdout()).toBe('a [token]\nPrint the [token]? [y/N] ');
    terminal.warn('the secret');
    terminal.fail(new InputError('not secret'));
    terminal.fail(new TypeError('a fault with secret'));
    expect(stderr()).toMatch(
      /^the \[token\]\nerror: not \[token\]\nerror: TypeError: a fault with \[token\]\n {4}at /,
    );
    expect(stderr()).not.toContain('secret');
  });

  test('masks nothing if there is none', () => {
    const { terminal, stdout } = start('', '');
    terminal.print('a text');
    expect(stdout()).toBe('a text\n');
  });
});

test('whatever is to be hidden is masked from then on, the longest first, in a finished text too', () => {
  const { terminal, stdout, stderr } = start('');
  terminal.print('a password');
  terminal.hide('pass');
  terminal.hide('password');
  terminal.hide('');
  terminal.print('a password and a pass');
  terminal.print({ finished: '\u001b[31ma password and a secret\u001b[39m' });
  terminal.fail(new InputError('no password'));
  expect(stdout()).toBe('a password\na [token] and a [token]\n\u001b[31ma [token] and a [token]\u001b[39m\n');
  expect(stderr()).toBe('error: no [token]\n');
});

describe('what is printed is what is there', () => {
  const colour = (text: string) => `<green>${text}</green>`;
  test.each([
    ['escape sequences', '\u001b[31mred\u001b[0m', '\\u{1b}[31mred\\u{1b}[0m'],
    ['a sequence in one character', '\u009b31m', '\\u{9b}31m'],
    ['line and paragraph separators', 'a\u2028b\u2029c', 'a\\u{2028}b\\u{2029}c'],
    ['fillers', '\u3164\u115f\uffa0', '\\u{3164}\\u{115f}\\u{ffa0}'],
    ['joiners', 'a\u034f\u200d\u2060b', 'a\\u{34f}\\u{200d}\\u{2060}b'],
    ['marks of direction', '\u202e\u2066', '\\u{202e}\\u{2066}'],
    ['tags and variation selectors', '\u{e0041}\ufe0f\u{e0100}', '\\u{e0041}\\u{fe0f}\\u{e0100}'],
    ['lone surrogates', 'a\ud800b', 'a\\u{d800}b'],
    ['characters of nobody', '\ue000\uffff', '\\u{e000}\\u{ffff}'],
    ['other spaces', '1\u00a0000\u202f€\u3000', '1\\u{a0}000\\u{202f}€\\u{3000}'],
    ['what looks empty', '\u2800\u{1d159}', '\\u{2800}\\u{1d159}'],
    ['carriage returns', 'one\rtwo', 'one\\u{d}two'],
  ])('%s are made visible, in a colour too', async (_, text, shown) => {
    const { terminal, stdout, stderr } = start('');
    terminal.print(text);
    terminal.print(['in colour: ', { text, colour }]);
    await terminal.confirm(text);
    terminal.warn(text);
    terminal.fail(new InputError(text));
    expect(stdout()).toBe(`${shown}\nin colour: <green>${shown}</green>\n${shown} [y/N] `);
    expect(stderr()).toBe(`${shown}\nerror: ${shown}\n`);
  });

  test('letters of any script, emoji and combining marks are left alone', () => {
    const { terminal, stdout } = start('');
    terminal.print('é ü ß 漢字 עברית हिन्दी 🎁 e\u0301\tend');
    expect(stdout()).toBe('é ü ß 漢字 עברית हिन्दी 🎁 e\u0301\tend\n');
  });
});

test.each([
  ['y\n', true],
  ['yes\n', true],
  [' Y \n', true],
  ['YES', true],
  ['n\n', false],
  ['\n', false],
  ['yess\n', false],
  ['n\ny\n', false],
  ['', false],
])('the answer %j is taken for %s', async (answer, expected) => {
  expect(await start(answer).terminal.confirm('Go on?')).toBe(expected);
});

test.each([
  [true, true, true],
  [true, false, false],
  [false, true, false],
  [undefined, undefined, false],
])(
  'with input from a terminal: %s, and output to one: %s, there is somebody to ask: %s',
  (input, output, expected) => {
    const stdin = Object.assign(Readable.from([]), input !== undefined && { isTTY: input });
    const stdout = Object.assign(createSink().stream, output !== undefined && { isTTY: output });
    expect(createTerminal('', { stdin, stdout, stderr: createSink().stream }).isInteractive).toBe(expected);
  },
);
