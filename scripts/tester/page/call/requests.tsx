// The requests of a call and their answers.
import { visible } from '../../../cli/visible';
import { HIDDEN_TOKEN, type Trace } from '../../api';
import { FIRST, More, Pre } from '../common/text';

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

interface TraceProps {
  readonly trace: Trace;
  readonly number: number;
}

function TraceView({ trace: { request, response, error }, number }: TraceProps) {
  const label = `Request ${number}`;
  return (
    <>
      <h4>{label}</h4>
      <Pre
        label={label}
        text={`${request.method} ${request.url}\n${headersOf(request.headers)}\n\n${pretty(request.body)}`}
      />
      <h4>{response === undefined ? 'No answer' : `Answer: HTTP ${response.status}`}</h4>
      {error !== undefined && <p>{visible(error)}</p>}
      {response !== undefined && <Pre label={`Answer ${number}`} text={pretty(response.body ?? '')} />}
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
