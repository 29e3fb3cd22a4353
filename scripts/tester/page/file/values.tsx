// The values of a field: how many of the events with each were delivered.
import { useEffect, useState } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import { formatCount } from '../../../report/count';
import type { FieldValues, FileReport, State } from '../../api';
import { describeError, readFieldValues, readSources } from '../common/client';
import { Count } from './behind';
import { Table } from './table';

interface Props {
  readonly settings: State['settings']['values'];
  /** The numbers are those of this report. */
  readonly report: FileReport;
}

export function Values({ settings, report }: Props) {
  const [paths, setPaths] = useState<readonly string[]>([]);
  const [path, setPath] = useState('');
  const [found, setFound] = useState<FieldValues>();
  const [problem, setProblem] = useState<string>();
  // Only what is counted: a report that is outdated is the same report.
  const made = JSON.stringify(report.report);

  useEffect(() => {
    readSources().then(
      ({ sources }) => {
        setPaths(sources.map((source) => source.path));
      },
      () => {
        setPaths([]);
      },
    );
  }, [report.files.join()]);

  useEffect(() => {
    setFound(undefined);
    setProblem(undefined);
    if (path === '') return;
    readFieldValues(path).then(setFound, (error: unknown) => {
      setProblem(describeError(error));
    });
  }, [path, made]);

  return (
    <div class="values">
      <label>
        Values of a field
        <input
          list="values-paths"
          placeholder="properties.currency"
          onChange={({ currentTarget }) => {
            setPath(currentTarget.value.trim());
          }}
        />
      </label>
      <datalist id="values-paths">
        {rank(paths, settings).map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      {problem !== undefined && (
        <p class="notice bad" role="alert">
          {visible(problem)}
        </p>
      )}
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
      <Table label={`Values of ${path}`} head={['Value', 'Sent', 'Not sent']}>
        {values.map(({ value, delivered, others }, index) => {
          const what = value === undefined ? `without ${path}` : `${path} ${value}`;
          return (
            <tr key={what}>
              <th scope="row" class="source">
                {value === undefined ? <span class="muted">absent</span> : visible(value)}
              </th>
              <td class="number">
                <Count of={`values.delivered.${index}`} count={delivered} what={`${what}, sent`} />
              </td>
              <td class="number">
                <Count of={`values.others.${index}`} count={others} what={`${what}, not sent`} />
              </td>
            </tr>
          );
        })}
      </Table>
      {rest > 0 && <p class="muted small">… and {formatCount(rest)} more.</p>}
    </>
  );
}
