// The event that is to be run: chosen, or typed as JSON.
import { useRef } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import type { State } from '../../api';
import { JsonEditor } from '../common/editor';
import { EventPicker } from './picker';

/** An event as it is typed, and where it came from. */
export interface Draft {
  readonly json: string;
  readonly from: string;
}

interface Props {
  readonly state: State;
  readonly draft: Draft;
  readonly setDraft: (draft: Draft) => void;
  /** What is wrong with the JSON. */
  readonly problem: string | undefined;
  readonly isRunning: boolean;
  readonly run: () => void;
}

export function EventPane({ state, draft: { json, from }, setDraft, problem, isRunning, run }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <section class="pane event" aria-label="Event">
      <div class="bar">
        <h2>Event</h2>
        <span class="muted small from">{visible(from)}</span>
        <button
          type="button"
          onClick={() => {
            dialog.current?.showModal();
          }}
        >
          Choose…
        </button>
        <button
          type="button"
          class="main run"
          disabled={isRunning}
          title="Ctrl+Enter or ⌘+Enter"
          onClick={run}
        >
          {isRunning ? 'Running…' : 'Run'}
        </button>
      </div>
      <JsonEditor
        label="Event"
        text={json}
        change={(changed) => {
          setDraft({ json: changed, from: from.replace(/(?:, edited)?$/, ', edited') });
        }}
        problem={problem}
        describedBy="event-hint"
      />
      <p id="event-hint" class={`hint small ${problem === undefined ? 'muted' : 'bad'}`} role="status">
        {visible(problem ?? 'One event as JSON, or an array of them for the batch handler.')}
      </p>
      <EventPicker
        dialog={dialog}
        state={state}
        choose={(chosen) => {
          setDraft(chosen);
          dialog.current?.close();
        }}
      />
    </section>
  );
}
