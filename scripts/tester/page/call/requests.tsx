// The requests of a call and their answers.
import { useState } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import type { Trace } from '../../api';
import { FIRST, More } from '../common/more';
import { curlOf } from './curl';

export function Requests({ traces }: { readonly traces: readonly Trace[] }) {
  return (
    <details class="requests">
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
      <div class="bar">
        <h4>{label}</h4>
        <CopyAsCurl request={request} label={label} />
      </div>
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

function CopyAsCurl({ request, label }: { readonly request: Trace['request']; readonly label: string }) {
  const [isCopied, setIsCopied] = useState(false);
  return (
    <>
      <button
        type="button"
        onClick={() => {
          void navigator.clipboard.writeText(curlOf(request)).then(() => {
            setIsCopied(true);
          });
        }}
      >
        Copy as curl<span class="hidden"> of {label}</span>
      </button>
      <small role="status" class="muted">
        {isCopied && 'Copied. It reads the token from $TIKTOK_ACCESS_TOKEN.'}
      </small>
    </>
  );
}

/** The token stays out of sight: the page may be on a screen that others see. */
const headersOf = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${name === 'Access-Token' ? '•••' : value}`)
    .join('\n');

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
