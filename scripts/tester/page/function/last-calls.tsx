// A choice of the last calls, to look at one of them again.
import { visible } from '../../../cli/visible';
import { FATE_NAMES } from '../../../local/segment/outcomes';
import type { Run } from '../../api';
import { timeOf } from '../common/time';

interface Props {
  /** Newest first. */
  readonly runs: readonly Run[];
  readonly shown: Run | undefined;
  readonly show: (id: number) => void;
}

export function LastCalls({ runs, shown, show }: Props) {
  return (
    <label>
      Last calls
      <select
        value={String(shown?.id ?? '')}
        onChange={({ currentTarget: { value } }) => {
          show(Number(value));
        }}
      >
        {shown === undefined && <option value="">(choose one)</option>}
        {runs.map((run) => (
          <option key={run.id} value={String(run.id)}>
            {visible(describeRun(run))}
          </option>
        ))}
      </select>
    </label>
  );
}

function describeRun({ at, results }: Run): string {
  const [first] = results;
  const what =
    first !== undefined && results.length === 1
      ? `${first.name}: ${FATE_NAMES[first.fate]}`
      : `${results.length} events in a batch`;
  return `${timeOf(at)}  ${what}`;
}
