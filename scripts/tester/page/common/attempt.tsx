// Work that may fail, and the notice that says so.
import { useState } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import { goTo } from './address';
import { describeError } from './client';

/** Does work, one after the other, and keeps what went wrong with the last one. */
export function useAttempt() {
  const [problem, setProblem] = useState<string>();
  function attempt<Result>(work: Promise<Result>, done: (result: Result) => void = () => undefined): void {
    setProblem(undefined);
    work.then(done, (error: unknown) => {
      setProblem(describeError(error));
    });
  }
  return { problem, attempt };
}

export const Notice = ({ problem }: { readonly problem: string | undefined }) =>
  problem === undefined ? null : (
    <p class="notice bad" role="alert">
      {visible(problem)} <FixSettings problem={problem} />
    </p>
  );

/** Milliseconds until a tab is there after its address. */
const SOON = 50;

/** If the settings are to blame: leads to the first field with a mistake. */
export const FixSettings = ({ problem }: { readonly problem: string }) =>
  /^Fix the (?:function's )?settings/.test(problem) ? (
    <button
      type="button"
      onClick={() => {
        goTo('Try');
        setTimeout(() => {
          document
            .querySelector<HTMLElement>('.settings [aria-invalid="true"], .settings .cm-content')
            ?.focus();
        }, SOON);
      }}
    >
      Show the mistake
    </button>
  ) : null;
