// What Segment's tester shows for a call: outcome, error, logs, duration, and the requests with their answers.
import { FATE_NAMES, FATES } from '../../../local/segment/outcomes';
import { type Result, type Run, type Trace } from '../../api';
import { Badge, consequenceOf, FateBadge, lookOf } from '../common/outcome';
import { FIRST, More } from '../common/more';
import { SaveCase } from '../common/save-case';
import { timeOf } from '../common/time';
import { visible } from '../../../cli/visible';

interface Props {
  readonly run: Run;
  readonly isRunning: boolean;
  /** Sends the same event again. */
  readonly again: () => void;
}

export function RunView({ run, isRunning, again }: Props) {
  const { at, isBatch, results, milliseconds, logs, traces } = run;
  const waits = results.some(({ fate }) => fate === 'retried');
  return (
    <div class="card result">
      {isBatch ? (
        <BatchResults results={results} />
      ) : (
        results.map((result) => <OneResult key="one" {...result} />)
      )}
      {waits && (
        <button type="button" disabled={isRunning} onClick={again}>
          Try again now, as Segment will
        </button>
      )}
      <dl class="facts">
        <div>
          <dt>Called</dt>
          <dd>{timeOf(at)}</dd>
        </div>
        <div>
          <dt>Duration</dt>
          <dd>{milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms</dd>
        </div>
        <div>
          <dt>Requests</dt>
          <dd>{traces.length}</dd>
        </div>
      </dl>
      <SaveCase run={run} />
      <details>
        <summary>Logs</summary>
        {logs === '' ? (
          <p class="muted">The function logged nothing.</p>
        ) : (
          <pre tabIndex={0}>{visible(logs)}</pre>
        )}
      </details>
      <details>
        <summary>Requests and answers</summary>
        {traces.length === 0 && <p class="muted">No request was made.</p>}
        {traces.slice(0, FIRST).map((trace, index) => (
          <TraceView key={index} trace={trace} number={index + 1} />
        ))}
        <More count={traces.length} />
      </details>
    </div>
  );
}

function OneResult({ name, outcome, fate, error, leftOut }: Result) {
  return (
    <>
      <p class="result-head">
        <FateBadge fate={fate} /> <strong>{visible(name)}</strong>
      </p>
      {error !== undefined && (
        <p class="error-message">
          <code class="muted">{visible(error.name)}</code> <span>{visible(error.message)}</span>
        </p>
      )}
      <p class="muted small">{consequenceOf(outcome)}</p>
      <ValuesLeftOut leftOut={leftOut} />
    </>
  );
}

/** How many values were there and not sent, and which, for those who ask. */
function ValuesLeftOut({ leftOut }: Pick<Result, 'leftOut'>) {
  if (leftOut.length === 0) return null;
  return (
    <details class="values-left-out">
      <summary>
        <span class="badge wait">
          {leftOut.length} {leftOut.length === 1 ? 'value' : 'values'} left out
        </span>
      </summary>
      <ul>
        {leftOut.map((finding) => (
          <li key={finding}>{visible(finding)}</li>
        ))}
      </ul>
    </details>
  );
}

function BatchResults({ results }: { readonly results: readonly Result[] }) {
  const counts = FATES.map((fate) => ({
    fate,
    count: results.filter((result) => result.fate === fate).length,
  })).filter(({ count }) => count > 0);
  return (
    <>
      <p class="result-head">
        <strong>A batch of {results.length}</strong>
        {counts.map(({ fate, count }) => {
          const { mark, tone } = lookOf(fate);
          return <Badge key={fate} mark={mark} tone={tone} text={`${count} ${FATE_NAMES[fate]}`} />;
        })}
      </p>
      <ol class="batch" tabIndex={0} aria-label="Each event of the batch">
        {results.slice(0, FIRST).map(({ name, fate, error, leftOut }, index) => (
          <li key={index}>
            <div>
              <strong>{visible(name)}</strong> <FateBadge fate={fate} />
            </div>
            {error !== undefined && <p class="error-message">{visible(error.message)}</p>}
            <ValuesLeftOut leftOut={leftOut} />
          </li>
        ))}
      </ol>
      <More count={results.length} />
    </>
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
    <div class="trace">
      <h4>{label}</h4>
      <p class="code-line">
        {request.method} {visible(request.url)}
      </p>
      <pre tabIndex={0} aria-label={label}>
        {visible(headersOf(request.headers))}
        {'\n\n'}
        {visible(pretty(request.body))}
      </pre>
      <h4>{response === undefined ? 'No answer' : `Answer: HTTP ${response.status}`}</h4>
      {error !== undefined && <p class="error-message">{visible(error)}</p>}
      {response !== undefined && (
        <pre tabIndex={0} aria-label={`Answer ${number}`}>
          {visible(pretty(response.body ?? ''))}
        </pre>
      )}
    </div>
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
