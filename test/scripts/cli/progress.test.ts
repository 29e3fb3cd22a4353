// How far a command is, on a terminal.
import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { createEventProgress } from '../../../scripts/cli/progress';

describe('progress', () => {
  function terminal(isTTY: boolean) {
    const stream = Object.assign(new PassThrough(), { isTTY, columns: 100, rows: 20 });
    let shown = '';
    stream.setEncoding('utf8').on('data', (text: string) => (shown += text));
    return { stream, shown: () => shown };
  }

  test.each([
    [
      'of files: share, events, events a second, time left',
      2000,
      /50 %, 1,500 events, [\d,]+ a second, \S+ left/,
    ],
    ['of the standard input: events, events a second', undefined, /1,500 events, [\d,]+ a second/],
  ])('on a terminal, %s', (_, size, pattern) => {
    const { stream, shown } = terminal(true);
    const progress = createEventProgress(size, stream);
    progress.read(1000);
    progress.start();
    progress.handled(1500);
    progress.stop();
    expect(shown()).toMatch(pattern);
  });

  test('elsewhere, nothing is shown', () => {
    const { stream, shown } = terminal(false);
    const progress = createEventProgress(2000, stream);
    progress.start();
    progress.handled(10);
    progress.stop();
    expect(shown()).toBe('');
  });
});
