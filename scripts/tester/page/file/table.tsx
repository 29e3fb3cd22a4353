// What the parts of a report are made of: tables, shares, where an example stands, how much more there is.
import type { ComponentChildren } from 'preact';
import { visible } from '../../../cli/visible';
import { formatCount, formatShare } from '../../../report/count';
import { MATCH_LABELS } from '../../../report/labels';
import type { Report } from '../../api';
import { useIsShared } from './behind';

/** How many entries of a list are shown, as in the terminal. */
export const SHOWN = 20;

export function Rest({ length }: { readonly length: number }) {
  const isShared = useIsShared();
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

interface TableProps {
  readonly label: string;
  /** A class of its own. */
  readonly look?: string;
  readonly head: readonly string[];
  readonly children: ComponentChildren;
}

/** A table whose first column is a row's name. Columns of numbers are on the right. */
export const Table = ({ label, look = '', head, children }: TableProps) => (
  <div class={`scroll ${look}`.trim()} tabIndex={0} role="region" aria-label={label}>
    <table>
      <thead>
        <tr>
          {head.map((text) => (
            <th key={text} scope="col" class={NUMBERS.has(text) ? 'number' : undefined}>
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);
const NUMBERS: ReadonlySet<string> = new Set([
  ...[
    'Events',
    'Count',
    'Of',
    'Share',
    'none',
    'In it',
    'Sum of values',
    'Without event_id',
    'Sent',
    'Not sent',
  ],
  ...Object.values(MATCH_LABELS),
]);

/** The name of a parameter, which is broken only behind a dot. */
export const Path = ({ text }: { readonly text: string }) => (
  <code class="path">
    {visible(text)
      .split(/(?<=\.)/)
      .map((part, index) => [index > 0 && <wbr />, part])}
  </code>
);

/** A share as a number, and as a bar below it. */
export const Share = ({ part, whole }: { readonly part: number; readonly whole: number }) => (
  <td class="number share">
    {formatShare(part, whole)}
    <span class="bar-of">
      <span style={{ width: `${whole === 0 ? 0 : (100 * part) / whole}%` }} />
    </span>
  </td>
);
