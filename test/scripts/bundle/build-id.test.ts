// Which build a text is: the version and the digest in its header.
import { describe, expect, test } from '@jest/globals';
import { describeBuild, isSameCode, readBuild, stamp, title } from '../../../scripts/bundle/build-id';

describe('a build', () => {
  const code = stamp(`${title('1.2.3')}\n// Settings to create:\n\nlet handlers;`);

  test('says its version and digest, however its lines end', () => {
    expect(readBuild(code)).toEqual({ version: '1.2.3', digest: '52accac9310e9c3d', isIntact: true });
    for (const same of [`${code}\n\n`, code.replaceAll('\n', '\r\n')]) {
      expect([isSameCode(same, code), describeBuild(same)]).toEqual([true, '1.2.3, build 52accac9310e9c3d']);
    }
  });

  test.each([
    ['a changed line', code.replace('let', 'var'), '1.2.3, edited by hand'],
    ['a line more', `${code}\nlet x;`, '1.2.3, edited by hand'],
    ['another version', code.replace('1.2.3', '1.2.4'), '1.2.4, edited by hand'],
    ['another digest', code.replace(/Build ..../, 'Build 0000'), '1.2.3, edited by hand'],
    ['no digest', code.replace(/^\/\/ Build .*\n/m, ''), 'not built by this project'],
    ['nothing of ours', 'async function onTrack() {}', 'not built by this project'],
  ])('with %s is recognised as different', (_, text, words) => {
    expect([isSameCode(text, code), describeBuild(text)]).toEqual([false, words]);
  });
});
