// The requests of a call and their answers.
import { visible } from '../../../cli/visible';
import { HIDDEN_TOKEN, type Trace } from '../../api';
import { FIRST, More } from '../common/more';

export function Requests({ traces }: { readonly traces: readonly Trace[] }) {
  return (
    <details>
      <summary>Requests and answers</summary>
      {traces.length === 0 && <p class="muted">No request was made.</p>}
      {traces.slice(0, FIRST).map((trace, index) => (
        <TraceView key={index} trace={trace} number={index + 1} />
      ))}
      <More count={traces.length} />
    </details>
  );
}

function TraceView({
  trace: { request, response, error },
  number,
}: {
  readonly trace: Trace;
  readonly number: number;
}) {
  const label = `Request ${number}`;
  return (
    <>
      <h4>{label}</h4>
      <pre tabIndex={0} role="group" aria-label={label}>
        {request.method} {visible(request.url)}
        {'\n'}
        {visible(headersOf(request.headers))}
        {'\n\n'}
        {visible(pretty(request.body))}
      </pre>
      <h4>{response === undefined ? 'No answer' : `Answer: HTTP ${response.status}`}</h4>
      {error !== undefined && <p>{visible(error)}</p>}
      {response !== undefined && (
        <pre tabIndex={0} role="group" aria-label={`Answer ${number}`}>
          {visible(pretty(response.body ?? ''))}
        </pre>
      )}
    </>
  );
}

/** The token stays out of sight: the page may be on a screen that others see. */
const headersOf = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${name === 'Access-Token' ? HIDDEN_TOKEN : value}`)
    .join('\n');

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
