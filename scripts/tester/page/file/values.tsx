// The values of a field: how many of the events with each were delivered.
import { useState } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import { formatCount } from '../../../report/count';
import { ENDPOINTS, type FieldValues, type FileReport, type State } from '../../api';
import { Notice, useAnswer } from '../common/attempt';
import { ask } from '../common/client';
import { number, Table } from '../common/table';
import { Count } from './parts';

interface Props {
  readonly settings: State['settings']['values'];
  /** The numbers are those of this report. */
  readonly report: FileReport;
}

export function Values({ settings, report }: Props) {
  const [path, setPath] = useState('');
  const { answer: sources } = useAnswer(() => ask(ENDPOINTS.sources, {}), report.files);
  const count = path === '' ? undefined : () => ask(ENDPOINTS.fieldValues, { of: path });
  // Only what is counted: a report that is outdated is the same report.
  const { answer: found, problem } = useAnswer(count, [path, report.report]);
  return (
    <div class="card values">
      <label>
        Values of a field
        <input
          list="values-paths"
          placeholder="properties.currency"
          onChange={({ currentTarget }) => setPath(currentTarget.value.trim())}
        />
      </label>
      <datalist id="values-paths">
        {rank(sources?.paths.map(({ value }) => value) ?? [], settings).map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <Notice problem={problem} />
      {found !== undefined && <Found {...found} />}
    </div>
  );
}

/** Those that stand in the settings come first. */
function rank(paths: readonly string[], { eventMappings = {}, parameterMappings = {} }: Props['settings']) {
  const mapped = JSON.stringify([eventMappings, parameterMappings]);
  return paths.toSorted((one, other) => Number(mapped.includes(other)) - Number(mapped.includes(one)));
}

function Found({ path, values, rest }: FieldValues) {
  return (
    <>
      <Table
        label={`Values of ${path}`}
        head={['Value', number('Sent'), number('Not sent')]}
        rows={values.map(({ value, delivered, others }, index) => {
          const what = value === undefined ? `without ${path}` : `${path} ${value}`;
          return [
            value === undefined ? <span class="muted">absent</span> : visible(value),
            <Count of={`values.delivered.${index}`} count={delivered} what={`${what}, sent`} />,
            <Count of={`values.others.${index}`} count={others} what={`${what}, not sent`} />,
          ];
        })}
      />
      {rest > 0 && <p class="muted small">… and {formatCount(rest)} more.</p>}
    </>
  );
}
