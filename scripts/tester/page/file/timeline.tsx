// What became of events in the order they came: a bar for each part, and the same numbers in a table.
import { FATE_NAMES, FATES } from '../../../local/segment/outcomes';
import { countOf, formatCount } from '../../../report/count';
import type { Report } from '../../api';
import { lookOf } from '../common/outcome';
import { number, Table } from '../common/table';

type Part = Report['timeline'][number];

export function Timeline({ parts }: { readonly parts: readonly Part[] }) {
  const most = Math.max(...parts.map(({ events }) => events));
  const bars = parts.map((part, index) => ({ ...part, name: nameOf(parts, index) }));
  const fates = FATES.filter((fate) => parts.some((part) => part[fate] > 0));
  const [first, last] = [bars.at(0), bars.at(-1)];
  return (
    <figure>
      <figcaption>
        <strong>Outcomes over the file</strong>{' '}
        <small class="muted">{countOf(most, 'event')} a bar, in the order of the file</small>
      </figcaption>
      <div class="bars" role="img" aria-label="Outcomes over the file; the numbers are in the table below">
        {bars.map((part) => (
          <div key={part.name} title={describePart(part)}>
            {fates.toReversed().map((fate) => (
              <span
                key={fate}
                class={lookOf(fate).tone}
                style={{ height: `${((100 * part[fate]) / most).toFixed(2)}%` }}
              />
            ))}
          </div>
        ))}
      </div>
      <p class="ticks apart small muted number" aria-hidden="true">
        <span>{first?.name}</span>
        <span>{last?.name}</span>
      </p>
      <ul class="legend row small" aria-hidden="true">
        {fates.map((fate) => (
          <li key={fate}>
            <span class={lookOf(fate).tone} /> {FATE_NAMES[fate]}
          </li>
        ))}
      </ul>
      <details>
        <summary>As a table</summary>
        <Table
          label="Table: Outcomes over the file"
          head={['Events', ...fates.map((fate) => number(FATE_NAMES[fate]))]}
          rows={bars.map((part) => [part.name, ...fates.map((fate) => formatCount(part[fate]))])}
        />
      </details>
    </figure>
  );
}

/** The events of a part, counted from 1. */
function nameOf(parts: readonly Part[], index: number): string {
  const before = parts.slice(0, index).reduce((sum, { events }) => sum + events, 0);
  const events = parts[index]?.events ?? 0;
  return events === 1
    ? formatCount(before + 1)
    : `${formatCount(before + 1)} to ${formatCount(before + events)}`;
}

const describePart = ({ name, ...part }: Part & { readonly name: string }): string =>
  [
    `Events ${name}`,
    ...FATES.filter((fate) => part[fate] > 0).map((fate) => `${formatCount(part[fate])} ${FATE_NAMES[fate]}`),
  ].join('\n');
