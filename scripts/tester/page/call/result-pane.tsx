// The pane of a result: what it is, what TikTok answers from now on, and the result, which scrolls.
import type { ComponentChildren, Ref } from 'preact';
import { useId } from 'preact/hooks';
import { ENDPOINTS, type State } from '../../api';
import { useAttempt } from '../common/attempt';
import { ask } from '../common/client';
import { Select } from '../common/inputs';

interface Props {
  readonly title: string;
  readonly about: ComponentChildren;
  readonly state: State;
  readonly place?: Ref<HTMLElement>;
  readonly children: ComponentChildren;
}

export function ResultPane({ title, about, state, place = null, children }: Props) {
  return (
    <section class="pane" aria-label={title} ref={place}>
      <div class="bar">
        <h2>{title}</h2>
        <span class="muted small">{about}</span>
        <AnswerSwitch state={state} />
      </div>
      <div class="body" tabIndex={0} role="group" aria-label="What became of the event">
        {children}
      </div>
    </section>
  );
}

function AnswerSwitch({ state: { answers, answer } }: Pick<Props, 'state'>) {
  const { problem, attempt } = useAttempt();
  const about = useId();
  const [usual] = answers;
  const chosen = answers.find(({ name }) => name === answer);
  return (
    <>
      <label class="answer">
        TikTok answers
        <Select
          aria-describedby={about}
          value={answer}
          change={(name) => attempt(ask(ENDPOINTS.setAnswer, { answer: name }))}
          options={answers.map(({ name, label }) => ({ value: name, label }))}
        />
      </label>
      <small id={about} role="status" class={chosen === usual ? 'hidden' : 'answer-about'}>
        {problem ?? chosen?.description}
      </small>
    </>
  );
}
