// What changed in the request since the run before.
import { countOf } from '../../../report/count';
import type { Run } from '../../api';
import { addressOf } from '../common/address';
import { Code } from '../common/code';
import type { Call } from './call';
import { changesBetween } from './changes';
import { shorten } from '../../shorten';

export function Changes({ call, before }: { readonly call: Call; readonly before: Run }) {
  const changes = changesBetween(before.traces, call.traces);
  const since = <a href={addressOf('Calls', before.id)}>call {before.id}</a>;
  if ((before.traces.length === 0) !== (call.traces.length === 0))
    return (
      <p class="changes">
        {call.traces.length === 0 ? 'There is no request; there was one in ' : 'There was no request in '}
        {since}.
      </p>
    );
  if (changes.length === 0) return <p class="muted small">The request is the same as in {since}.</p>;
  return (
    <details class="changes" open>
      <summary>
        {countOf(changes.length, 'field')} of the request changed since {since}
      </summary>
      <table class="compared">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Before</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.path}>
              <th scope="row">
                <Code text={change.path} />
              </th>
              <td>
                <Side value={change.before} />
              </td>
              <td>
                <Side value={change.after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

const Side = ({ value }: { readonly value: string | undefined }) =>
  value === undefined ? <span class="muted">absent</span> : <Code text={shorten(value)} />;
