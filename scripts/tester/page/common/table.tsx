// Tables: the first cell of a row is its name unless it is empty, and columns of numbers are on the right.
import type { ComponentChildren } from 'preact';

/** The head of a column of numbers. */
interface NumberColumn {
  readonly number: string;
}

export const number = (head: string): NumberColumn => ({ number: head });

interface Props {
  readonly label: string;
  /** A class of its own. */
  readonly look?: string;
  readonly head: readonly (string | NumberColumn)[];
  readonly rows: readonly (readonly ComponentChildren[])[];
}

export function Table({ label, look = '', head, rows }: Props) {
  const looks = head.map((column) => (typeof column === 'string' ? '' : 'number'));
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <table class={look}>
        <thead>
          <tr>
            {head.map((column, at) => (
              <th key={at} scope="col" class={looks[at]}>
                {typeof column === 'string' ? column : column.number}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells], index) => (
            <tr key={index}>
              {name === '' ? <td /> : <th scope="row">{name}</th>}
              {cells.map((cell, at) => (
                <td key={at} class={looks[at + 1]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
