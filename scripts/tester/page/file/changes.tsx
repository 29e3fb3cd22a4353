// What has become of the events since the report before: a difference beside each outcome, and the events behind it.
import { FATE_NAMES, type Fate } from '../../../local/segment/outcomes';
import { formatCount } from '../../../report/count';
import type { FileReport } from '../../api';
import { Count } from './parts';

type Changes = FileReport['changes'];

export function Changed({ changes }: { readonly changes: Changes }) {
  if (changes.length === 0) return null;
  return (
    <p>
      Since the report before:{' '}
      {changes.map(({ before, after, count }, index) => {
        const what = `${FATE_NAMES[before]} before, now ${FATE_NAMES[after]}`;
        return (
          <span key={what}>
            {index > 0 && '; '}
            <Count of={`changes.${index}`} count={count} what={what} /> {what}
          </span>
        );
      })}
      .
    </p>
  );
}

/** How many more events came to an end than before: `+2`; empty if there are as many. */
export function describeChange(changes: Changes, fate: Fate): string {
  const difference = changes.reduce(
    (sum, { before, after, count }) => sum + (after === fate ? count : 0) - (before === fate ? count : 0),
    0,
  );
  if (difference === 0) return '';
  return `${difference > 0 ? '+' : '−'}${formatCount(Math.abs(difference))}`;
}
