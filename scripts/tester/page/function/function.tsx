// The function as in Segment's tester: an event, the settings, Run, and what became of the event.
import { useState } from 'preact/hooks';
import type { Run, State } from '../../api';
import { describeError, runEvent } from '../common/client';
import { EventForm } from './event-form';
import { LastCalls } from './last-calls';
import { RunView } from './run';
import { SettingsForm } from './settings';

interface Props {
  readonly state: State;
  readonly shown: Run | undefined;
  readonly show: (id: number) => void;
}

export function FunctionPanel({ state, shown, show }: Props) {
  const [problem, setProblem] = useState<string>();
  const [isRunning, setIsRunning] = useState(false);
  const [text, setText] = useState(state.examples[0]?.json ?? '');

  async function run(json: string): Promise<string | undefined> {
    setIsRunning(true);
    setProblem(undefined);
    try {
      const { id } = await runEvent(json);
      show(id);
      return undefined;
    } catch (error) {
      const message = describeError(error);
      setProblem(message);
      return message;
    } finally {
      setIsRunning(false);
    }
  }

  return (
    <>
      <p class="lead">
        Like the tester of Segment&apos;s Functions editor: an event goes in, and you see what becomes of it.
      </p>
      <EventForm
        state={state}
        isRunning={isRunning}
        problem={problem}
        text={text}
        setText={setText}
        clearProblem={() => {
          setProblem(undefined);
        }}
        run={run}
      />
      <SettingsForm state={state} eventText={text} />
      <h3>Result</h3>
      <div role="status">
        {shown === undefined ? (
          <p class="muted">
            Here you will see what becomes of an event: the outcome, why, and the requests to TikTok. Press
            Run, or buy something in the shop.
          </p>
        ) : (
          <RunView
            key={shown.id}
            run={shown}
            isRunning={isRunning}
            again={() => {
              void run(shown.json);
            }}
          />
        )}
      </div>
      {state.runs.some((one) => one !== shown) && <LastCalls runs={state.runs} shown={shown} show={show} />}
    </>
  );
}
