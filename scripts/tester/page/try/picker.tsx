// The choice of an event: from the events at hand, which are searched, or from the examples.
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import type { EventList, State } from '../../api';
import { hasWords, wordsOf } from '../../words';
import { Notice, useAttempt } from '../common/attempt';
import { findEvents } from '../common/client';
import { visibleJson } from '../common/json';
import { readDraft, type Draft } from './event';

interface Props {
  readonly dialog: RefObject<HTMLDialogElement | null>;
  readonly state: State;
  readonly choose: (draft: Draft) => void;
}

export function EventPicker({ dialog, state: { events, examples }, choose }: Props) {
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<EventList>();
  const { problem, attempt } = useAttempt();
  const hasOwn = events.files.length > 0;
  const listed = examples.filter(({ name, json }) => hasWords(`${name}\n${json}`, wordsOf(search)));

  useEffect(() => {
    if (!hasOwn) return undefined;
    let isCurrent = true;
    attempt(findEvents(search), (first) => {
      if (isCurrent) setFound(first);
    });
    return () => {
      isCurrent = false;
    };
  }, [search, hasOwn, JSON.stringify(events)]);

  function showMore(next: number): void {
    attempt(findEvents(search, next), (more) => {
      setFound((old) => old && { ...more, events: [...old.events, ...more.events] });
    });
  }

  return (
    <dialog ref={dialog} class="picker" aria-label="Choose an event">
      <form method="dialog" class="bar">
        <h2>Choose an event</h2>
        <button class="icon" aria-label="Close">
          ✕
        </button>
      </form>
      <label>
        Search
        {/* Of the type search, it would take the first Esc for itself. */}
        <input
          type="text"
          role="searchbox"
          placeholder="A name, or any words in the event"
          autofocus
          autocomplete="off"
          value={search}
          onInput={({ currentTarget: { value } }) => {
            setSearch(value);
          }}
        />
      </label>
      <Notice problem={problem} />
      <div class="choices">
        {found !== undefined && (
          <>
            <h3>{visible(events.files.join(', '))}</h3>
            <ul>
              {found.events.map(({ index, name, about, at }) => (
                <li key={index}>
                  <button
                    type="button"
                    onClick={() => {
                      attempt(readDraft({ index }), choose);
                    }}
                  >
                    <span>
                      {visible(name)}
                      {about !== '' && <small class="muted"> · {visible(about)}</small>}
                    </span>{' '}
                    <small class="muted">{visible(at)}</small>
                  </button>
                </li>
              ))}
            </ul>
            {found.events.length === 0 && <p class="muted">None of {found.read} events has these words.</p>}
            {found.next !== undefined && (
              <button
                type="button"
                onClick={() => {
                  showMore(found.next ?? 0);
                }}
              >
                More
              </button>
            )}
          </>
        )}
        {listed.length > 0 && (
          <>
            <h3>Examples</h3>
            <ul>
              {listed.map(({ name, json }, index) => (
                <li key={index}>
                  <button
                    type="button"
                    onClick={() => {
                      choose({ json: visibleJson(json), from: name });
                    }}
                  >
                    {visible(name)}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </dialog>
  );
}
