// What a report is made of: numbers that lead to their events, shares, where an example stands, how much more there is.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import { formatCount, formatShare } from '../../../report/count';
import type { Report } from '../../api';
import { addressOf } from '../common/address';

/** A number of the report. */
export interface Counted {
  /** Its place in the report: `reasons.0`. */
  readonly of: string;
  readonly count: number;
  /** What was counted, in words. */
  readonly what: string;
}

/**
 * The numbers on the page that lead to their events, by their places in the report. There are none in a report that is
 * shared without its events.
 */
export const Numbers = createContext<Map<string, Counted> | undefined>(undefined);

/** A number that leads to its events. */
export function Count(counted: Counted) {
  const { of, count, what } = counted;
  const numbers = useContext(Numbers);
  if (count === 0 || numbers === undefined) return <>{formatCount(count)}</>;
  numbers.set(of, counted);
  return (
    <a
      class="count"
      href={addressOf('File', of)}
      aria-label={`${formatCount(count)}: show the events, ${what}`}
    >
      {formatCount(count)}
    </a>
  );
}

/** How many entries of a list are shown, as in the terminal. */
export const SHOWN = 20;

export function Rest({ length }: { readonly length: number }) {
  const isShared = useContext(Numbers) === undefined;
  if (length <= SHOWN) return null;
  return (
    <p class="muted small">
      … and {formatCount(length - SHOWN)} more{!isShared && ', which npm run report -- --json shows'}.
    </p>
  );
}

export const Where = ({ at, messageId }: Report['reasons'][number]['example']) => (
  <small class="muted">
    for example {visible(at)}
    {messageId !== undefined && `, message ${visible(messageId)}`}
  </small>
);

/** A share as a number, and as a bar below it. */
export const Share = ({ part, whole }: { readonly part: number; readonly whole: number }) => (
  <span class="share">
    {formatShare(part, whole)}
    <span>
      <span style={{ width: `${whole === 0 ? 0 : (100 * part) / whole}%` }} />
    </span>
  </span>
);

interface FlawsProps {
  readonly flaws: readonly (Omit<Counted, 'what'> & { readonly text: string; readonly what?: string })[];
}

/** Numbers, and beside each what it counts. */
export function Flaws({ flaws }: FlawsProps) {
  if (flaws.length === 0) return null;
  return (
    <ul class="flaws">
      {flaws.map(({ of, count, text, what = text }) => (
        <li key={of}>
          <span class="number">
            <Count of={of} count={count} what={what} />
          </span>
          <span>{visible(text)}</span>
        </li>
      ))}
    </ul>
  );
}
