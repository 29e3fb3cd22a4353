// The events behind a number of the report: the first hundred, each of which can be tried.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import { countOf, formatCount } from '../../../report/count';
import { ENDPOINTS, type ListedEvent } from '../../api';
import { goTo } from '../common/address';
import { Notice, useAnswer, useAttempt } from '../common/attempt';
import { ask } from '../common/client';
import { readDraft, type Draft } from '../try/event';
import { Numbers, type Counted } from './parts';

interface Props {
  /** The place of the number whose events are listed. */
  readonly shown: string | undefined;
  /** Puts an event into the tab Try. */
  readonly openDraft: (draft: Draft) => void;
  readonly children: ComponentChildren;
}

/** Lets the numbers within it lead to their events. */
export function Behind({ shown, openDraft, children }: Props) {
  // Filled by the numbers, which are drawn before the list.
  const numbers = useRef(new Map<string, Counted>()).current;
  return (
    <Numbers.Provider value={numbers}>
      {children}
      {shown !== undefined && <List key={shown} numbers={numbers} shown={shown} openDraft={openDraft} />}
    </Numbers.Provider>
  );
}

interface ListProps extends Omit<Props, 'children'> {
  readonly numbers: ReadonlyMap<string, Counted>;
  readonly shown: string;
}

function List({ numbers, shown, openDraft }: ListProps) {
  const { answer: events, problem } = useAnswer(() => ask(ENDPOINTS.behind, { of: shown }), shown);
  const opening = useAttempt();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const counted = numbers.get(shown);

  function open({ index }: ListedEvent): void {
    opening.attempt(readDraft({ index, among: events?.map((one) => one.index) }), openDraft);
  }

  return (
    <dialog ref={dialog} aria-labelledby="behind" onClose={() => goTo('File')}>
      <form method="dialog" class="bar apart">
        <h3 id="behind">{counted && `${countOf(counted.count, 'event')}: ${visible(counted.what)}`}</h3>
        <button class="icon" aria-label="Close">
          ✕
        </button>
      </form>
      <Notice problem={problem ?? opening.problem} />
      <ul class="choices">
        {events?.map((event) => (
          <li key={event.index}>
            <button
              type="button"
              class="apart"
              aria-label={`Try ${visible(event.at)}`}
              onClick={() => open(event)}
            >
              <span>{visible(event.name)}</span>
              <small class="muted">
                {visible(event.at)}
                {event.messageId !== undefined && `, message ${visible(event.messageId)}`}
              </small>
            </button>
          </li>
        ))}
      </ul>
      {events !== undefined && (counted?.count ?? 0) > events.length && (
        <p class="hint muted small">These are the first {formatCount(events.length)}.</p>
      )}
    </dialog>
  );
}
