// The switch of what TikTok answers from now on.
import { useId } from 'preact/hooks';
import type { State } from '../../api';
import { useAttempt } from '../common/attempt';
import { setAnswer } from '../common/client';

export function AnswerSwitch({ state: { answers, answer } }: { readonly state: State }) {
  const { problem, attempt } = useAttempt();
  const about = useId();
  const [usual] = answers;
  const chosen = answers.find(({ name }) => name === answer);
  return (
    <>
      <label class="answer">
        TikTok answers
        <select
          aria-describedby={about}
          value={answer}
          onChange={({ currentTarget: { value } }) => {
            attempt(setAnswer(value));
          }}
        >
          {answers.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <small id={about} role="status" class={chosen === usual ? 'hidden' : 'answer-about'}>
        {problem ?? chosen?.description}
      </small>
    </>
  );
}
