// TikTok's side: what it answers, and what it received, field by field.
import { useState } from 'preact/hooks';
import type { Conversion, Field, Run, State } from '../api';
import { describeError, setAnswer } from './client';
import { FIRST, More } from './more';
import { Badge } from './outcome';
import { visible } from '../../cli/visible';

export function TikTokPanel({ state, shown }: { readonly state: State; readonly shown: Run | undefined }) {
  const { totals } = state;
  return (
    <>
      <p class="lead">A local TikTok, as strict as the real one. It counts an event once.</p>
      <AnswerSwitch state={state} />
      <dl class="facts">
        <div>
          <dt>Requests</dt>
          <dd>{totals.requests}</dd>
        </div>
        <div>
          <dt>Events counted</dt>
          <dd>{totals.counted}</dd>
        </div>
      </dl>
      <h3>Received in this call</h3>
      <Received shown={shown} />
    </>
  );
}

function AnswerSwitch({ state: { answers, answer } }: { readonly state: State }) {
  const [problem, setProblem] = useState<string>();
  const chosen = answers.find(({ name }) => name === answer);
  return (
    <fieldset class="card switch">
      <legend>What TikTok answers, until you choose another</legend>
      <div class="options">
        {answers.map(({ name, label }) => (
          <label key={name} class="option">
            <input
              type="radio"
              name="answer"
              value={name}
              checked={name === answer}
              onChange={() => {
                setAnswer(name).then(
                  () => {
                    setProblem(undefined);
                  },
                  (error: unknown) => {
                    setProblem(describeError(error));
                  },
                );
              }}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
      <p role="status" class="small">
        {problem ?? chosen?.description}
      </p>
    </fieldset>
  );
}

function Received({ shown }: { readonly shown: Run | undefined }) {
  if (shown === undefined) return <p class="muted">Nothing yet. Use the shop, or run an event.</p>;
  const received = shown.results.flatMap(({ name, conversions }) =>
    conversions.map((conversion) => ({ name, conversion })),
  );
  if (received.length === 0) {
    return (
      <p class="muted">
        Nothing: {shown.traces.length === 0 ? 'the function made no request.' : 'the request did not arrive.'}
      </p>
    );
  }
  return received.length === 1 ? (
    received.map(({ name, conversion }) => (
      <div class="card" key="one">
        <ConversionHead name={name} conversion={conversion} />
        <ConversionBody conversion={conversion} />
      </div>
    ))
  ) : (
    <>
      <p class="result-head">
        <strong>{received.length} TikTok events</strong>
        {Object.entries(COUNTED).map(([counted, { mark, tone, total }]) => {
          const count = received.filter(({ conversion }) => conversion.counted === counted).length;
          return count > 0 && <Badge key={counted} mark={mark} tone={tone} text={`${count} ${total}`} />;
        })}
      </p>
      {received.slice(0, FIRST).map(({ name, conversion }, index) => (
        <details class="card conversion" key={index}>
          <summary>
            <ConversionHead name={name} conversion={conversion} />
          </summary>
          <ConversionBody conversion={conversion} />
        </details>
      ))}
      <More count={received.length} />
    </>
  );
}

const COUNTED = {
  counted: { mark: '✔', tone: 'good', text: 'Counted', total: 'counted' },
  again: { mark: '=', tone: 'quiet', text: 'Had it already, counted once', total: 'had already' },
  'not counted': { mark: '✘', tone: 'bad', text: 'Not counted', total: 'not counted' },
} as const;

interface HeadProps {
  readonly name: string;
  readonly conversion: Conversion;
}

function ConversionHead({ name, conversion: { event, counted } }: HeadProps) {
  return (
    <span class="conversion-head">
      <span>
        <span class="muted">{visible(name)} →</span> <strong>{visible(event)}</strong>
      </span>
      <Badge {...COUNTED[counted]} />
    </span>
  );
}

function ConversionBody({ conversion: { event, matches, fields } }: { readonly conversion: Conversion }) {
  const arrived = fields.filter(({ state }) => state === 'hashed' || state === 'sent');
  const leftOut = fields.filter(({ state }) => state === 'left out');
  const absent = fields.filter(({ state }) => state === 'absent');
  return (
    <>
      <p class="matches">
        <span>Can match on</span>
        {matches.map((match) => (
          <span key={match} class="chip">
            {match}
          </span>
        ))}
      </p>
      <table class="received">
        <caption class="hidden">What arrived of {visible(event)}</caption>
        <thead class="hidden">
          <tr>
            <th scope="col">Parameter</th>
            <th scope="col">What arrived</th>
          </tr>
        </thead>
        {groupsOf(arrived).map(([group, members]) => (
          <tbody key={group}>
            {group !== '' && (
              <tr>
                <th scope="rowgroup" colSpan={2} class="group">
                  <code>{visible(group)}</code>
                </th>
              </tr>
            )}
            {members.map((field) => (
              <FieldRow key={field.parameter} field={field} />
            ))}
          </tbody>
        ))}
      </table>
      {leftOut.length > 0 && (
        <>
          <h4>Left out</h4>
          <ul class="left-out">
            {leftOut.map(({ parameter, description, source, reason }) => (
              <li key={parameter}>
                <code>{visible(parameter)}</code>
                <span>
                  <code class="muted">{visible(source)}</code> is {reason}.{' '}
                  <span class="muted">
                    <Description text={description} />
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {absent.length > 0 && (
        <details>
          <summary>{absent.length} parameters had no value</summary>
          <ul class="left-out">
            {absent.map(({ parameter, description, source }) => (
              <li key={parameter}>
                <code>{visible(parameter)}</code>
                <span>
                  <Description text={description} />{' '}
                  <span class="muted">
                    Looked in <code>{visible(source)}</code>
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** A parameter's group and its name in it: what stands before and after the last dot. */
const namesOf = (parameter: string): readonly [group: string, name: string] => {
  const at = parameter.lastIndexOf('.');
  return [parameter.slice(0, Math.max(at, 0)), parameter.slice(at + 1)];
};

/** In the order in which they come first. */
function groupsOf(fields: readonly Field[]): readonly (readonly [string, readonly Field[]])[] {
  const groups = new Map<string, Field[]>();
  for (const field of fields) {
    const [group] = namesOf(field.parameter);
    groups.set(group, [...(groups.get(group) ?? []), field]);
  }
  return [...groups];
}

/** What TikTok takes a parameter for; what stands between backticks is code. */
function Description({ text }: { readonly text: string }) {
  return (
    <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>
  );
}

function FieldRow({
  field: { parameter, description, state, source, value = '', reason },
}: {
  readonly field: Field;
}) {
  return (
    <tr>
      <th scope="row">
        <code>{visible(namesOf(parameter)[1])}</code>
        <span class="muted description">
          <Description text={description} />
        </span>
        <code class="muted source">{visible(source)}</code>
      </th>
      <td>
        <code class="value">{visible(shorten(value))}</code>
        {state === 'hashed' && <span class="chip"># hashed</span>}
        {reason !== undefined && <span class="muted reason">{reason}</span>}
      </td>
    </tr>
  );
}

/** A hash by its beginning; strings without their quotes. */
const shorten = (value: string): string =>
  value
    .replace(/^"(.*)"$/s, '$1')
    .replace(/[0-9a-f]{64}/g, (hash) => `${hash.slice(0, 10)}…`)
    .replace(/^\["(.*)"\]$/s, '$1')
    .replaceAll('","', ', ');
