// The choice of an event: from the events at hand, which are searched, or from the examples.
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import type { EventList, State } from '../../api';
import { describeError, findEvents, readEvent } from '../common/client';
import { nameOf } from '../common/file-name';
import { visibleJson } from '../common/json';
import type { Draft } from './event';

interface Props {
  readonly dialog: RefObject<HTMLDialogElement | null>;
  readonly state: State;
  readonly choose: (draft: Draft) => void;
}

export function EventPicker({ dialog, state: { events, examples }, choose }: Props) {
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<EventList>();
  const [problem, setProblem] = useState<string>();
  const hasOwn = events.files.length > 0;
  const wanted = search.trim().toLowerCase();
  const listed = examples.filter(({ name, json }) => `${name}\n${json}`.toLowerCase().includes(wanted));

  useEffect(() => {
    if (!hasOwn) return undefined;
    let isCurrent = true;
    findEvents(search).then(
      (first) => {
        if (isCurrent) setFound(first);
      },
      (error: unknown) => {
        setProblem(describeError(error));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [search, hasOwn, JSON.stringify(events)]);

  function showMore(next: number): void {
    findEvents(search, next).then(
      (more) => {
        setFound((old) => old && { ...more, events: [...old.events, ...more.events] });
      },
      (error: unknown) => {
        setProblem(describeError(error));
      },
    );
  }

  function chooseOwn(index: number, name: string): void {
    readEvent(index).then(
      ({ json, at }) => {
        choose({ json: visibleJson(json), from: `${name}, ${nameOf(at)}` });
      },
      (error: unknown) => {
        setProblem(describeError(error));
      },
    );
  }

  return (
    <dialog ref={dialog} aria-label="Choose an event">
      <form method="dialog" class="bar">
        <h2>Choose an event</h2>
        <button class="icon" aria-label="Close">
          ✕
        </button>
      </form>
      <label>
        Search
        <input
          type="search"
          placeholder="A name, or any text in the event"
          autofocus
          value={search}
          onInput={({ currentTarget: { value } }) => {
            setSearch(value);
          }}
        />
      </label>
      {problem !== undefined && (
        <p class="notice bad" role="alert">
          {visible(problem)}
        </p>
      )}
      <div class="choices">
        {found !== undefined && (
          <>
            <h3>{events.files.map((file) => visible(nameOf(file))).join(', ')}</h3>
            <ul>
              {found.events.map(({ index, name, at }) => (
                <li key={index}>
                  <button
                    type="button"
                    onClick={() => {
                      chooseOwn(index, name);
                    }}
                  >
                    <span>{visible(name)}</span> <small class="muted">{visible(nameOf(at))}</small>
                  </button>
                </li>
              ))}
            </ul>
            {found.events.length === 0 && <p class="muted">None of {found.read} events has this text.</p>}
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
