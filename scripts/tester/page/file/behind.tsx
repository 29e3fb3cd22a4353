// The events behind a number of the report: the first hundred, each of which can be tried.
import { createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import { countOf, formatCount } from '../../../report/count';
import type { ListedEvent } from '../../api';
import { describeError, readBehind, readEvent } from '../common/client';
import { nameOf } from '../common/file-name';

/** A number of the report. */
interface Counted {
  /** Its place in the report: `reasons.0`. */
  readonly of: string;
  readonly count: number;
  /** What was counted, in words. */
  readonly what: string;
}

/** Shows the events behind a number; there is none in a report that is shared without its events. */
const Show = createContext<((counted: Counted) => void) | undefined>(undefined);

/** Whether the report is shared as a page of its own. */
export const useIsShared = (): boolean => useContext(Show) === undefined;

/** A number that leads to its events. */
export function Count(counted: Counted) {
  const show = useContext(Show);
  if (counted.count === 0 || show === undefined) return <>{formatCount(counted.count)}</>;
  return (
    <button
      type="button"
      class="count"
      aria-label={`${formatCount(counted.count)}: show the events, ${counted.what}`}
      onClick={() => {
        show(counted);
      }}
    >
      {formatCount(counted.count)}
    </button>
  );
}

interface Props {
  /** Puts an event into the tab Try. @param from where it comes from. */
  readonly openEvent: (json: string, from: string) => void;
  readonly children: preact.ComponentChildren;
}

/** Lets the numbers within it lead to their events. */
export function Behind({ openEvent, children }: Props) {
  const [shown, setShown] = useState<Counted>();
  const [events, setEvents] = useState<readonly ListedEvent[]>();
  const [problem, setProblem] = useState<string>();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (shown === undefined) return;
    dialog.current?.showModal();
    readBehind(shown.of).then(
      ({ events: read }) => {
        setEvents(read);
      },
      (error: unknown) => {
        setProblem(describeError(error));
      },
    );
  }, [shown]);

  async function open({ index }: ListedEvent): Promise<void> {
    try {
      const { json, at } = await readEvent(index);
      dialog.current?.close();
      openEvent(json, at);
    } catch (error) {
      setProblem(describeError(error));
    }
  }

  return (
    <Show.Provider
      value={(counted) => {
        setEvents(undefined);
        setProblem(undefined);
        setShown({ ...counted });
      }}
    >
      {children}
      <dialog ref={dialog} class="behind" aria-labelledby="behind">
        <form method="dialog" class="bar">
          <h3 id="behind">{shown && `${countOf(shown.count, 'event')}: ${visible(shown.what)}`}</h3>
          <button>Close</button>
        </form>
        {problem !== undefined && (
          <p class="notice bad" role="alert">
            {visible(problem)}
          </p>
        )}
        {events !== undefined && (
          <ul>
            {events.map((event) => (
              <li key={event.index}>
                <span class="name">
                  <strong>{visible(event.name)}</strong>{' '}
                  <small class="muted">
                    {visible(nameOf(event.at))}
                    {event.messageId !== undefined && `, message ${visible(event.messageId)}`}
                  </small>
                </span>
                <button
                  type="button"
                  aria-label={`Try ${visible(nameOf(event.at))}`}
                  onClick={() => void open(event)}
                >
                  Try
                </button>
              </li>
            ))}
          </ul>
        )}
        {shown !== undefined && events !== undefined && shown.count > events.length && (
          <p class="muted small">These are the first {formatCount(events.length)}.</p>
        )}
      </dialog>
    </Show.Provider>
  );
}
