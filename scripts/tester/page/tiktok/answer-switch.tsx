// The switch of what TikTok answers.
import { useState } from 'preact/hooks';
import type { State } from '../../api';
import { describeError, setAnswer } from '../common/client';

export function AnswerSwitch({ state: { answers, answer } }: { readonly state: State }) {
  const [problem, setProblem] = useState<string>();
  const chosen = answers.find(({ name }) => name === answer);
  return (
    <fieldset class="card switch">
      <legend>What TikTok answers from now on</legend>
      <div class="options">
        {answers.map(({ name, label }) => (
          <label key={name} class="option">
            <input
              type="radio"
              name="answer"
              value={name}
              checked={name === answer}
              onChange={() => {
                setAnswer(name).then(
                  () => {
                    setProblem(undefined);
                  },
                  (error: unknown) => {
                    setProblem(describeError(error));
                  },
                );
              }}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
      <p role="status" class="small">
        {problem ?? chosen?.description}
      </p>
    </fieldset>
  );
}
