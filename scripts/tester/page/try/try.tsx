// An event and the settings on one side; on the other what becomes of the event, before it is run and after.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Run, State, Values } from '../../api';
import { CallView } from '../call/call';
import { runBefore } from '../call/changes';
import { ResultPane } from '../call/result-pane';
import { addressOf } from '../common/address';
import { describeError, readEvent, runEvent } from '../common/client';
import { showProblem } from '../common/editor';
import { nameOf } from '../common/file-name';
import { visibleJson } from '../common/json';
import { EventPane, type Draft } from './event';
import { usePreview } from './preview';
import { SettingsPane } from './settings';

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
  const [typed, setTyped] = useState<Values>({});
  const [ran, setRan] = useState<Ran>();
  const [isRunning, setIsRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  const left = useRef<HTMLDivElement>(null);
  const result = useRef<HTMLElement>(null);

  const [example] = state.examples;
  const event = draft ?? { json: example?.json ?? '', from: example?.name ?? '' };
  const preview = usePreview(event.json, typed, state);
  const settings = JSON.stringify([{ ...state.settings.values, ...typed }, state.bundle.at]);
  // Once the event, the settings or the function change, the preview takes the result's place.
  const run = ran?.json === event.json && ran.settings === settings ? ran.run : undefined;
  const call = run ?? preview.call;
  const isOwn = state.events.files.length > 0;

  useEffect(() => {
    if (!isOwn || draft !== undefined) return;
    readEvent(0).then(
      ({ json, at }) => {
        setDraft({ json: visibleJson(json), from: nameOf(at) });
      },
      (error: unknown) => {
        setProblem(describeError(error));
      },
    );
  }, [isOwn]);

  useEffect(() => {
    setProblem(undefined);
  }, [event.json, settings]);

  async function start(): Promise<void> {
    setIsRunning(true);
    setProblem(undefined);
    try {
      const made = await runEvent(event.json);
      // What was saved just before has come back by now.
      setRan({ run: made, json: event.json, settings: latest.current.settings });
      // Where the panes are below each other, the result may be out of sight.
      result.current?.scrollIntoView();
    } catch (error) {
      const message = describeError(error);
      setProblem(message);
      showProblem(left.current, message);
    } finally {
      setIsRunning(false);
    }
  }

  const latest = useRef({ start, settings });
  latest.current = { start, settings };
  useEffect(() => {
    const pressed = (key: KeyboardEvent) => {
      if (key.key !== 'Enter' || !(key.ctrlKey || key.metaKey)) return;
      if (document.querySelector(':modal') !== null || left.current?.closest('[hidden]') !== null) return;
      key.preventDefault();
      // A field saves what was typed in it when it is left.
      const { activeElement } = document;
      if (activeElement instanceof HTMLElement) {
        activeElement.blur();
        activeElement.focus();
      }
      void latest.current.start();
    };
    addEventListener('keydown', pressed, { capture: true });
    return () => {
      removeEventListener('keydown', pressed, { capture: true });
    };
  }, []);

  return (
    <div class="split">
      <div class="stack" ref={left}>
        <EventPane
          state={state}
          draft={event}
          setDraft={setDraft}
          problem={problem ?? preview.problem}
          isRunning={isRunning}
          run={() => void start()}
        />
        <SettingsPane state={state} preview={preview} setTyped={setTyped} />
      </div>
      <ResultPane
        title={run === undefined ? 'Preview' : 'Result'}
        about={
          run === undefined ? (
            'Nothing is sent until you press Run.'
          ) : (
            <a href={addressOf('Calls', run.id)}>call {run.id}</a>
          )
        }
        state={state}
        place={result}
      >
        <p class="hidden" role="status">
          {run?.results.map(({ outcome }) => outcome).join(', ')}
        </p>
        {call === undefined ? (
          <p class="muted">Here you will see what becomes of the event, as soon as its JSON can be read.</p>
        ) : (
          <CallView key={run?.id ?? 'preview'} call={call} before={runBefore(state.runs, call)} />
        )}
      </ResultPane>
    </div>
  );
}
