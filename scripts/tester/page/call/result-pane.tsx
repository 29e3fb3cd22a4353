// The pane of a result: what it is, what TikTok answers, and the result, which scrolls.
import type { ComponentChildren, Ref } from 'preact';
import type { State } from '../../api';
import { AnswerSwitch } from './answer-switch';

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
