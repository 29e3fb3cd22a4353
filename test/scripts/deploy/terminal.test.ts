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
