// The event that is to be run: chosen, or typed as JSON.
import { useRef, useState } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import type { State } from '../../api';
import { timeOf } from '../common/time';
import { visibleJson } from './json';

interface Props {
  readonly state: State;
  readonly isRunning: boolean;
  /** Why the event could not be run. */
  readonly problem: string | undefined;
  readonly clearProblem: () => void;
  /** The event as it is typed. */
  readonly text: string;
  readonly setText: (text: string) => void;
  /** Runs JSON, and gives the problem if there is one. */
  readonly run: (json: string) => Promise<string | undefined>;
}

export function EventForm({ state, isRunning, problem, clearProblem, text, setText, run }: Props) {
  const [choice, setChoice] = useState('example-0');
  const editor = useRef<HTMLTextAreaElement>(null);
  const shopRuns = state.runs.filter(({ from }) => from === 'shop').slice(0, 12);
  const isListed = !choice.startsWith('shop-') || shopRuns.some(({ id }) => choice === `shop-${id}`);

  /** Puts the cursor where a problem says that the JSON is bad. */
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
    clearProblem();
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run(text).then((message) => {
          if (message !== undefined) putCursor(message);
        });
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
  );
}
