// What changed in the request since the run before.
import { countOf } from '../../../report/count';
import type { Run } from '../../api';
import { shorten } from '../../words';
import { addressOf } from '../common/address';
import { Table } from '../common/table';
import { Code } from '../common/text';
import type { Call } from './call';
import { changesBetween } from './changes';

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
      <Table
        label="What changed in the request"
        look="compared tall"
        head={['Field', 'Before', 'Now']}
        rows={changes.map((change) => [
          <Code text={change.path} />,
          <Side value={change.before} />,
          <Side value={change.after} />,
        ])}
      />
    </details>
  );
}

const Side = ({ value }: { readonly value: string | undefined }) =>
  value === undefined ? <span class="muted">absent</span> : <Code text={shorten(value)} />;
