// An event and the settings on one side; on the other what becomes of the event, before it is run and after.
import { useEffect, useRef, useState } from 'preact/hooks';
import { ENDPOINTS, type Run, type State } from '../../api';
import { CallView } from '../call/call';
import { runBefore } from '../call/changes';
import { ResultPane } from '../call/result-pane';
import { addressOf } from '../common/address';
import { askAbout, describeError } from '../common/client';
import { showProblem } from '../common/editor';
import { EventPane, readDraft, type Draft } from './event';
import { SettingsPane } from './settings';
import { usePreview, useValues } from './typed';

interface Props {
  readonly state: State;
  /** `undefined` until somebody chooses or types an event: then it is the first one at hand. */
  readonly draft: Draft | undefined;
  readonly setDraft: (draft: Draft) => void;
}

/** A run, and what it was of. */
interface Ran {
  readonly run: Run;
  readonly json: string;
  readonly settings: string;
}

export function Try({ state, draft, setDraft }: Props) {
  const { values, type, forget } = useValues(state.settings);
  const [ran, setRan] = useState<Ran>();
  const [isRunning, setIsRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  const left = useRef<HTMLDivElement>(null);
  const result = useRef<HTMLElement>(null);

  const [example] = state.examples;
  const event = draft ?? { json: example?.json ?? '', from: example?.name ?? '' };
  const preview = usePreview(event.json, values, state);
  const settings = JSON.stringify([values, state.bundle.at]);
  // Once the event, the settings or the function change, the preview takes the result's place.
  const run = ran?.json === event.json && ran.settings === settings ? ran.run : undefined;
  const call = run ?? preview.call;
  const isOwn = state.events.files.length > 0;

  useEffect(() => {
    if (!isOwn || draft !== undefined) return;
    readDraft({ index: 0 }).then(setDraft, (error: unknown) => setProblem(describeError(error)));
  }, [isOwn]);

  useEffect(() => setProblem(undefined), [event.json, settings]);

  /** Where the panes are below each other, the result may be out of sight. */
  const goToResult = () => result.current?.scrollIntoView();
  useEffect(() => {
    if (ran !== undefined) goToResult();
  }, [ran]);

  async function start(): Promise<void> {
    setIsRunning(true);
    setProblem(undefined);
    try {
      setRan({ run: await askAbout(ENDPOINTS.run, event.json), json: event.json, settings });
    } catch (error) {
      const message = describeError(error);
      setProblem(message);
      showProblem(left.current, message);
    } finally {
      setIsRunning(false);
    }
  }

  const latest = useRef(start);
  latest.current = start;
  useEffect(() => {
    const pressed = (key: KeyboardEvent) => {
      if (key.key !== 'Enter' || !(key.ctrlKey || key.metaKey)) return;
      if (document.querySelector(':modal') !== null || left.current?.closest('[hidden]') !== null) return;
      key.preventDefault();
      key.stopPropagation();
      void latest.current();
    };
    addEventListener('keydown', pressed, { capture: true });
    return () => removeEventListener('keydown', pressed, { capture: true });
  }, []);

  return (
    <div class="split">
      <div class="stack" ref={left}>
        <EventPane state={state} draft={event} setDraft={setDraft} problem={problem ?? preview.problem}>
          <span class="run">
            <button type="button" class="jump" onClick={goToResult}>
              See the {run === undefined ? 'preview' : 'result'}
            </button>
            <button
              type="button"
              class="main"
              disabled={isRunning}
              title="Ctrl+Enter or ⌘+Enter"
              onClick={() => void start()}
            >
              {isRunning ? 'Running…' : 'Run'}
            </button>
          </span>
        </EventPane>
        <SettingsPane state={state} preview={preview} values={values} type={type} forget={forget} />
      </div>
      <ResultPane
        title={run === undefined ? 'Preview' : 'Result'}
        about={run === undefined ? 'nothing is sent' : <a href={addressOf('Calls', run.id)}>call {run.id}</a>}
        state={state}
        place={result}
      >
        <p class="hidden" role="status">
          {run?.results.map(({ outcome }) => outcome).join(', ')}
        </p>
        {call === undefined ? (
          <p class="muted">Here you will see what happens to the event, as soon as its JSON can be read.</p>
        ) : (
          <CallView key={run?.id ?? 'preview'} call={call} before={runBefore(state.runs, call)} />
        )}
      </ResultPane>
    </div>
  );
}
