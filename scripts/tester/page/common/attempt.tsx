// Work that may fail, answers of the server that are shown, and the notice of what went wrong.
import { useEffect, useState } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import { goTo } from './address';
import { describeError } from './client';

/** Does work, one after the other, and keeps what went wrong with the last one. */
export function useAttempt() {
  const [problem, setProblem] = useState<string>();
  function attempt<Result>(work: Promise<Result>, done: (result: Result) => void = () => undefined): void {
    setProblem(undefined);
    work.then(done, (error: unknown) => setProblem(describeError(error)));
  }
  return { problem, attempt, setProblem };
}

interface Answered<Answer> {
  /** The last answer; it stays until there is another one. */
  readonly answer?: Answer;
  /** Why the last question was not answered. */
  readonly problem?: string;
}

/**
 * An answer of the server, asked for again whenever what it is about changes.
 *
 * @param question asks; or `undefined` if there is nothing to ask.
 * @param about what the answer depends on. Each update of the server has other objects, so it is compared as JSON.
 * @param pause milliseconds without a change before the question is asked.
 */
export function useAnswer<Answer>(
  question: (() => Promise<Answer>) | undefined,
  about: unknown,
  pause = 0,
): Answered<Answer> {
  const [answered, setAnswered] = useState<Answered<Answer>>({});
  useEffect(() => {
    let isCurrent = true;
    async function ask(): Promise<void> {
      const last = await question?.().then(
        (answer) => ({ answer }),
        (error: unknown) => ({ problem: describeError(error) }),
      );
      if (isCurrent) setAnswered(last ?? {});
    }
    const timer = setTimeout(() => void ask(), pause);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [JSON.stringify(about)]);
  return answered;
}

export const Notice = ({ problem }: { readonly problem: string | undefined }) =>
  problem === undefined ? null : (
    <p class="notice bad" role="alert">
      {visible(problem)} <FixSettings problem={problem} />
    </p>
  );

/** A field is marked when the preview has come, and can be focused when its tab is shown. */
const PAUSE = 50;
const TRIES = 100;

function focusWhenShown(selector: string, tries = TRIES): void {
  const field = document.querySelector<HTMLElement>(selector);
  field?.focus();
  if (tries > 0 && (field === null || document.activeElement !== field))
    setTimeout(() => {
      focusWhenShown(selector, tries - 1);
    }, PAUSE);
}

/** If the settings are to blame: leads to the first field with a mistake. */
export const FixSettings = ({ problem }: { readonly problem: string }) =>
  /^Fix the (?:function's )?settings/.test(problem) ? (
    <button
      type="button"
      onClick={() => {
        goTo('Try');
        focusWhenShown('.settings [aria-invalid="true"], .settings .cm-content');
      }}
    >
      Show the mistake
    </button>
  ) : null;
