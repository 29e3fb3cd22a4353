// A call of the function: what became of its events, what TikTok got, what was left out, and what changed since.
import { Fragment } from 'preact';
import { visible } from '../../../cli/visible';
import { countOf } from '../../../report/count';
import { FATE_NAMES, FATES } from '../../../local/segment/outcomes';
import type { Result, Run } from '../../api';
import { FixSettings } from '../common/attempt';
import { Badge, consequenceOf, lookOf } from '../common/outcome';
import { Copy, FIRST, More, Pre, Time } from '../common/text';
import { Changes } from './changes-view';
import { ConversionView } from './conversion';
import { curlOf } from './curl';
import { Requests } from './requests';

/** A call that was made, or a preview of one, which has no id. */
export type Call = Omit<Run, 'id'> & { readonly id?: number };

const isPreview = ({ id }: Call): boolean => id === undefined;

interface Props {
  readonly call: Call;
  /** The run that it is compared with. */
  readonly before?: Run | undefined;
}

export function CallView({ call, before }: Props) {
  const { isBatch, results, logs, traces } = call;
  return (
    <div class="call stack">
      {isBatch ? (
        <BatchHead results={results} />
      ) : (
        results.map((result) => (
          <Fragment key="one">
            <p class="row">
              <Head result={result} call={call} />
            </p>
            <Reason result={result} call={call} />
          </Fragment>
        ))
      )}
      <Facts call={call} />
      {before !== undefined && <Changes call={call} before={before} />}
      {isBatch ? (
        <>
          {results.slice(0, FIRST).map((result, index) => (
            <details class="card" key={index}>
              <summary>
                <Head result={result} call={call} />{' '}
                {result.leftOut.length > 0 && <LeftOutBadge {...result} />}
              </summary>
              <Reason result={result} call={call} />
              <Received result={result} call={call} />
            </details>
          ))}
          <More count={results.length} />
        </>
      ) : (
        results.map((result) => <Received key="one" result={result} call={call} />)
      )}
      <details>
        <summary>Logs</summary>
        {logs === '' ? <p class="muted">The function logged nothing.</p> : <Pre label="Logs" text={logs} />}
      </details>
      <Requests traces={traces} />
    </div>
  );
}

function Facts({ call }: Pick<Props, 'call'>) {
  const { at, milliseconds, traces } = call;
  return (
    <div class="muted small row">
      {!isPreview(call) && (
        <>
          <Time iso={at} />
          <span>{milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms</span>
        </>
      )}
      {!(isPreview(call) && traces.length === 0) && <span>{countOf(traces.length, 'request')}</span>}
      {traces.length > 0 && (
        <Copy
          label="Copy as curl"
          text={traces.map(({ request }) => curlOf(request)).join('\n\n')}
          about="The token is read from $TIKTOK_ACCESS_TOKEN."
        />
      )}
    </div>
  );
}

function BatchHead({ results }: { readonly results: readonly Result[] }) {
  return (
    <p class="row">
      <strong>A batch of {results.length}</strong>
      {FATES.map((fate) => {
        const count = results.filter((result) => result.fate === fate).length;
        const { mark, tone } = lookOf(fate);
        return (
          count > 0 && <Badge key={fate} mark={mark} tone={tone} text={`${count} ${FATE_NAMES[fate]}`} />
        );
      })}
    </p>
  );
}

/** An event's name, and what it became: `Order Completed → Purchase`. */
export const becameOf = ({ name, conversions }: Result): string =>
  visible([name, conversions.map(({ event }) => event).join(', ')].filter((part) => part !== '').join(' → '));

interface ResultProps extends Pick<Props, 'call'> {
  readonly result: Result;
}

function Head({ result, call }: ResultProps) {
  const { text, ...look } = lookOf(result.fate);
  return (
    <>
      <Badge {...look} text={isPreview(call) ? `Would be ${text.toLowerCase()}` : text} />{' '}
      <strong>{becameOf(result)}</strong>
    </>
  );
}

const LeftOutBadge = ({ leftOut }: Pick<Result, 'leftOut'>) => (
  <span class="badge wait">{countOf(leftOut.length, 'value')} left out</span>
);

/** Why it became that, and what Segment does then. */
function Reason({ result: { outcome, error }, call }: ResultProps) {
  return (
    <>
      {error !== undefined && (
        <p class="error-message">
          <code class="muted">{visible(error.name)}</code> <span>{visible(error.message)}</span>{' '}
          <FixSettings problem={error.message} />
        </p>
      )}
      {!(isPreview(call) && outcome === 'Delivered') && <p class="muted small">{consequenceOf(outcome)}</p>}
    </>
  );
}

function Received({ result: { leftOut, conversions, name }, call }: ResultProps) {
  return (
    <>
      {leftOut.length > 0 && (
        <section aria-label="Left out">
          <h3>
            <LeftOutBadge leftOut={leftOut} />
          </h3>
          <ul class="findings">
            {leftOut.map((finding) => (
              <li key={finding}>{visible(finding)}</li>
            ))}
          </ul>
        </section>
      )}
      <h3>{isPreview(call) ? 'What TikTok would get' : 'What TikTok got'}</h3>
      {conversions.length === 0 && (
        <p class="muted">
          Nothing:{' '}
          {call.traces.length === 0 ? 'the function made no request.' : 'the request did not arrive.'}
        </p>
      )}
      {conversions.map((conversion, index) => (
        <ConversionView key={index} name={name} conversion={conversion} isPreview={isPreview(call)} />
      ))}
    </>
  );
}
