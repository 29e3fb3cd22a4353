// The server's workspace as the page knows it, kept up to date by the server's stream.
import { useEffect, useState } from 'preact/hooks';
import { ENDPOINTS, Update, type State } from '../../api';
import { latestOf } from '../../history';
import { ask, describeError, NO_ANSWER } from './client';

interface View {
  readonly state: State | undefined;
  /** Why there is no state, or only an old one. */
  readonly problem: string | undefined;
}

function apply(state: State, { run, ...rest }: Update): State {
  const changed = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const runs = run === undefined ? state.runs : [run, ...state.runs.filter(({ id }) => id !== run.id)];
  return { ...state, ...changed, runs: latestOf(runs) };
}

export function useWorkspace(): View {
  const [state, setState] = useState<State>();
  const [problem, setProblem] = useState<string>();

  async function readState(): Promise<void> {
    try {
      setState(await ask(ENDPOINTS.state, {}));
      setProblem(undefined);
    } catch (error) {
      setProblem(describeError(error));
    }
  }

  useEffect(() => {
    const stream = new EventSource('/api/stream');
    // The stream has only what changes, so the whole state is read whenever it begins.
    stream.onopen = () => void readState();
    stream.onmessage = ({ data }: MessageEvent<string>) => {
      const update = Update.parse(JSON.parse(data));
      setState((old) => (old === undefined ? old : apply(old, update)));
    };
    stream.onerror = () => {
      setProblem(NO_ANSWER);
    };
    return () => stream.close();
  }, []);

  return { state, problem };
}
