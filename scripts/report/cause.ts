// Why an event was not delivered, as the commands print it.
import wrap from 'wrap-ansi';
import type { Flaw } from '../../lib/conversion/convert';
import { describeFlaw } from '../../lib/parameters/reasons';
import { formatCount } from './count';
import type { CountedAdvice } from './tally';

/** Columns that the commands print at most. */
export const WIDTH = 100;
export const INDENT = '    ';

interface DescribedCause {
  readonly problem: string;
  /** With how many events it is for, if it depends on the event. */
  readonly advice: string | readonly CountedAdvice[];
  /** With how many events have it, if there are several. */
  readonly flaws: readonly (Flaw & { readonly count?: number })[];
}

/** The problem, what is wrong with each source, and what to do. */
export function describeCause({ problem, advice, flaws }: DescribedCause): string {
  const width = Math.max(...flaws.map(({ count = 0 }) => formatCount(count).length));
  const lines = flaws.map(({ count, ...flaw }) => {
    const number = count === undefined ? '' : `${formatCount(count).padStart(width)}  `;
    return number + hang(`${flaw.parameter}: ${describeFlaw(flaw)}`, number.length + 2);
  });
  return [hang(problem), ...lines, ...describeAdvice(advice)].join('\n').replace(/^/gm, INDENT);
}

function describeAdvice(advice: DescribedCause['advice']): readonly string[] {
  if (typeof advice === 'string') return advice === '' ? [] : [hang(advice)];
  return advice.map(({ text, count }) =>
    hang(advice.length === 1 ? text : `For ${formatCount(count)} of them: ${text}`),
  );
}

/** Wraps a text that stands indented, with these many more columns before all lines but the first. */
export const hang = (text: string, columns = 0): string =>
  wrap(text, WIDTH - INDENT.length - columns).replaceAll('\n', `\n${' '.repeat(columns)}`);
