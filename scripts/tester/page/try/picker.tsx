// The choice of an event: from the events at hand, which are searched, or from the examples.
import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import { ENDPOINTS, type State } from '../../api';
import { hasWords, wordsOf } from '../../words';
import { Notice, useAnswer, useAttempt } from '../common/attempt';
import { ask } from '../common/client';
import { TextField } from '../common/inputs';
import { visibleJson } from '../common/text';
import { readDraft, type Draft } from './event';

interface Props {
  readonly dialog: RefObject<HTMLDialogElement | null>;
  readonly state: State;
  readonly choose: (draft: Draft) => void;
}

export function EventPicker({ dialog, state: { events, examples }, choose }: Props) {
  const [search, setSearch] = useState('');
  const fitting = examples.filter(({ name, json }) => hasWords(`${name}\n${json}`, wordsOf(search)));
  return (
    <dialog ref={dialog} class="picker" aria-label="Choose an event">
      <form method="dialog" class="bar apart">
        <h2>Choose an event</h2>
        <button class="icon" aria-label="Close">
          ✕
        </button>
      </form>
      <label>
        Search
        {/* Of the type search, it would take the first Esc for itself. */}
        <TextField
          role="searchbox"
          placeholder="A name, or any words in the event"
          autofocus
          value={search}
          change={setSearch}
        />
      </label>
      <div class="choices">
        {events.files.length > 0 && (
          <>
            <h3>{visible(events.files.join(', '))}</h3>
            <Found key={JSON.stringify([search, events])} search={search} choose={choose} />
          </>
        )}
        <h3>Examples</h3>
        <ul>
          {fitting.map(({ name, json }) => (
            <Choice key={name} name={name} open={() => choose({ json: visibleJson(json), from: name })} />
          ))}
        </ul>
        {fitting.length === 0 && <NoEvent />}
      </div>
    </dialog>
  );
}

interface FoundProps extends Pick<Props, 'choose'> {
  readonly search: string;
  readonly from?: number;
}

/** The events at hand with the words of a search, from a number on; more of them on request. */
function Found({ search, from = 0, choose }: FoundProps) {
  const { answer, problem } = useAnswer(() => ask(ENDPOINTS.events, { search, from }), [search, from]);
  const [showsMore, setShowsMore] = useState(false);
  const opening = useAttempt();
  if (answer === undefined) return <Notice problem={problem} />;
  const { events, next } = answer;
  return (
    <>
      <Notice problem={opening.problem ?? answer.problem} />
      <ul>
        {events.map(({ index, ...event }) => (
          <Choice key={index} {...event} open={() => opening.attempt(readDraft({ index }), choose)} />
        ))}
      </ul>
      {from === 0 && events.length === 0 && next === undefined && <NoEvent />}
      {next !== undefined && showsMore && <Found search={search} from={next} choose={choose} />}
      {next !== undefined && !showsMore && (
        <button type="button" onClick={() => setShowsMore(true)}>
          More
        </button>
      )}
    </>
  );
}

const NoEvent = () => <p class="muted">No event has these words.</p>;

interface ChoiceProps {
  readonly name: string;
  readonly about?: string;
  readonly at?: string;
  readonly open: () => void;
}

const Choice = ({ name, about = '', at = '', open }: ChoiceProps) => (
  <li>
    <button type="button" class="apart" onClick={open}>
      <span>
        {visible(name)}
        {about !== '' && <small class="muted"> · {visible(about)}</small>}
      </span>{' '}
      <small class="muted">{visible(at)}</small>
    </button>
  </li>
);
