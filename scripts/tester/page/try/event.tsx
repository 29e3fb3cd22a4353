// The event that is to be run: chosen, or typed as JSON.
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import { ENDPOINTS, type State } from '../../api';
import { useAttempt } from '../common/attempt';
import { ask } from '../common/client';
import { JsonEditor } from '../common/editor';
import { visibleJson } from '../common/text';
import { EventPicker } from './picker';

/** An event as it is typed, and where it came from. */
export interface Draft {
  readonly json: string;
  readonly from: string;
  /** If it is one of the events at hand: its number, and those of a list that it came from instead of all. */
  readonly steps?: { readonly index: number; readonly among?: readonly number[] | undefined } | undefined;
}

/** One of the events at hand. */
export async function readDraft(steps: NonNullable<Draft['steps']>): Promise<Draft> {
  const { json, at, name } = await ask(ENDPOINTS.event, { index: steps.index });
  return { json: visibleJson(json), from: `${name}, ${at}`, steps };
}

interface Props {
  readonly state: State;
  readonly draft: Draft;
  readonly setDraft: (draft: Draft) => void;
  /** What is wrong with the JSON. */
  readonly problem: string | undefined;
  /** What runs the event. */
  readonly children: ComponentChildren;
}

export function EventPane({ state, draft, setDraft, problem, children }: Props) {
  const { json, from, steps } = draft;
  const dialog = useRef<HTMLDialogElement>(null);
  const step = useAttempt();
  const shownProblem = problem ?? step.problem;
  return (
    <section class="pane event" aria-label="Event">
      <div class="bar">
        <h2>Event</h2>
        <span class="muted small from">{visible(from)}</span>
        <span class="row">
          {steps !== undefined &&
            STEPS.map(({ by, mark, label }) => {
              const index = neighbourOf(steps, by);
              return (
                <button
                  key={by}
                  type="button"
                  class="icon"
                  aria-label={label}
                  disabled={index === undefined}
                  onClick={() => {
                    if (index !== undefined) step.attempt(readDraft({ ...steps, index }), setDraft);
                  }}
                >
                  {mark}
                </button>
              );
            })}
          <button type="button" onClick={() => dialog.current?.showModal()}>
            Choose…
          </button>
          {children}
        </span>
      </div>
      <JsonEditor
        label="Event"
        text={json}
        change={(changed) =>
          setDraft({ ...draft, json: changed, from: from.replace(/(?:, edited)?$/, ', edited') })
        }
        problem={problem}
        describedBy="event-hint"
      />
      <p id="event-hint" class="hint small bad" role="status">
        {visible(shownProblem ?? '')}
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

const STEPS = [
  { by: -1, mark: '‹', label: 'Previous event' },
  { by: 1, mark: '›', label: 'Next event' },
] as const;

/** The number of the event beside one; `undefined` if there is none. How many events the files have is not known. */
function neighbourOf({ index, among }: NonNullable<Draft['steps']>, by: number): number | undefined {
  if (among !== undefined) return among[among.indexOf(index) + by];
  return index + by < 0 ? undefined : index + by;
}
