// Segment's tester: an event, the settings, Run, and what became of it.
import { useRef, useState } from 'preact/hooks';
import type { Run, State } from '../api';
import { describeError, runEvent } from './client';
import { RunView } from './run';
import { SettingsForm } from './settings';
import { timeOf } from './time';
import { visible } from '../../cli/visible';
import { visibleJson } from './json';

interface Props {
  readonly state: State;
  readonly shown: Run | undefined;
  readonly show: (id: number) => void;
}

export function FunctionPanel({ state, shown, show }: Props) {
  const [text, setText] = useState(state.examples[0]?.json ?? '');
  const [choice, setChoice] = useState('example-0');
  const [problem, setProblem] = useState<string>();
  const [isRunning, setIsRunning] = useState(false);
  const editor = useRef<HTMLTextAreaElement>(null);
  const shopRuns = state.runs.filter(({ from }) => from === 'shop').slice(0, 12);

  const isListed = !choice.startsWith('shop-') || shopRuns.some(({ id }) => choice === `shop-${id}`);

  async function run(json: string): Promise<void> {
    setIsRunning(true);
    setProblem(undefined);
    try {
      const { id } = await runEvent(json);
      show(id);
    } catch (error) {
      const message = describeError(error);
      setProblem(message);
      putCursor(message);
    } finally {
      setIsRunning(false);
    }
  }

  /** Puts the cursor where the JSON is bad. */
  function putCursor(message: string): void {
    const [, line, column] = /^Line (\d+), column (\d+)/.exec(message) ?? [];
    if (line === undefined || editor.current === null) return;
    const before = text.split('\n').slice(0, Number(line) - 1);
    const at = before.reduce((sum, { length }) => sum + length + 1, 0) + Number(column) - 1;
    editor.current.focus();
    editor.current.setSelectionRange(at, at + 1);
  }

  function choose(value: string): void {
    setChoice(value);
    const [kind, id = ''] = value.split('-');
    const json =
      kind === 'example'
        ? state.examples[Number(id)]?.json
        : shopRuns.find((one) => one.id === Number(id))?.json;
    setText(visibleJson(json ?? ''));
    setProblem(undefined);
  }

  return (
    <>
      <p class="lead">
        As the tester of Segment&apos;s Functions editor: an event goes in, and you see what becomes of it.
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run(text);
        }}
      >
        <label>
          Choose an event
          <select
            value={isListed ? choice : 'own'}
            onChange={({ currentTarget: { value } }) => {
              choose(value);
            }}
          >
            <option value="own">(typed)</option>
            {shopRuns.length > 0 && (
              <optgroup label="From the shop">
                {shopRuns.map(({ id, at, results }) => (
                  <option key={id} value={`shop-${id}`}>
                    {visible(`${results.map(({ name }) => name).join(', ')}, ${timeOf(at)}`)}
                  </option>
                ))}
              </optgroup>
            )}
            <optgroup label="Examples">
              {state.examples.map(({ name }, index) => (
                <option key={index} value={`example-${index}`}>
                  {visible(name)}
                </option>
              ))}
            </optgroup>
          </select>
        </label>
        <label>
          Event
          <textarea
            ref={editor}
            class="code"
            rows={14}
            spellcheck={false}
            autocapitalize="off"
            autocomplete="off"
            value={text}
            aria-describedby={problem === undefined ? 'event-hint' : 'event-problem'}
            aria-invalid={problem !== undefined}
            onInput={({ currentTarget: { value } }) => {
              setText(value);
              setChoice('own');
            }}
          />
        </label>
        {problem === undefined ? (
          <p id="event-hint" class="muted small">
            One event as JSON, or an array of them for the batch handler.
          </p>
        ) : (
          <p id="event-problem" class="notice bad" role="alert">
            {visible(problem)}
          </p>
        )}
        <button type="submit" class="main run" disabled={isRunning}>
          {isRunning ? 'Running…' : 'Run'}
        </button>
      </form>
      <SettingsForm state={state} />
      <h3>Result</h3>
      <div role="status">
        {shown === undefined ? (
          <p class="muted">
            Here you will see what becomes of an event: the outcome, why, and the requests to TikTok. Press
            Run, or buy something in the shop.
          </p>
        ) : (
          <RunView
            key={shown.id}
            run={shown}
            isRunning={isRunning}
            again={() => {
              void run(shown.json);
            }}
          />
        )}
      </div>
      {state.runs.some((one) => one !== shown) && (
        <label>
          Last calls
          <select
            value={String(shown?.id ?? '')}
            onChange={({ currentTarget: { value } }) => {
              show(Number(value));
            }}
          >
            {shown === undefined && <option value="">(choose one)</option>}
            {state.runs.map((one) => (
              <option key={one.id} value={String(one.id)}>
                {visible(describeRun(one))}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

function describeRun({ at, results }: Run): string {
  const [first] = results;
  const what =
    results.length === 1
      ? `${first?.name ?? ''}: ${first?.outcome ?? ''}`
      : `${results.length} events in a batch`;
  return `${timeOf(at)}  ${what}`;
}
