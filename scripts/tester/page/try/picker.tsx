// The choice of an event: from the events at hand, which are searched, or from the examples.
import { Fragment, type RefObject } from 'preact';
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

interface ChoiceList {
  readonly title: string;
  readonly choices: readonly {
    readonly name: string;
    readonly about?: string;
    readonly at?: string;
    readonly open: () => void;
  }[];
  /** Shows more of them. */
  readonly more?: () => void;
}

export function EventPicker({ dialog, state: { events, examples }, choose }: Props) {
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<EventList>();
  const { problem, attempt } = useAttempt();
  const hasOwn = events.files.length > 0;
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

  const showMore = (shown: EventList, next: number) => () => {
    attempt(findEvents(search, next), (more) => {
      setFound({ ...more, events: [...shown.events, ...more.events] });
    });
  };

  const lists: readonly ChoiceList[] = [
    {
      title: events.files.join(', '),
      ...(found?.next !== undefined && { more: showMore(found, found.next) }),
      choices: (found?.events ?? []).map(({ index, ...event }) => ({
        ...event,
        open: () => {
          attempt(readDraft({ index }), choose);
        },
      })),
    },
    {
      title: 'Examples',
      choices: examples
        .filter(({ name, json }) => hasWords(`${name}\n${json}`, wordsOf(search)))
        .map(({ name, json }) => ({
          name,
          open: () => {
            choose({ json: visibleJson(json), from: name });
          },
        })),
    },
  ];

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
        {lists
          .filter(({ choices, more }) => choices.length > 0 || more !== undefined)
          .map(({ title, choices, more }) => (
            <Fragment key={title}>
              <h3>{visible(title)}</h3>
              <ul>
                {choices.map(({ name, about = '', at = '', open }, index) => (
                  <li key={index}>
                    <button type="button" onClick={open}>
                      <span>
                        {visible(name)}
                        {about !== '' && <small class="muted"> · {visible(about)}</small>}
                      </span>{' '}
                      <small class="muted">{visible(at)}</small>
                    </button>
                  </li>
                ))}
              </ul>
              {more !== undefined && (
                <button type="button" onClick={more}>
                  More
                </button>
              )}
            </Fragment>
          ))}
        {lists.every(({ choices }) => choices.length === 0) && <p class="muted">No event has these words.</p>}
      </div>
    </dialog>
  );
}
