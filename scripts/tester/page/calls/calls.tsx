// The calls of the function as a list, newest first; of the one that is chosen, input and output side by side.
import { useEffect, useRef, useState } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import { FATES } from '../../../local/segment/outcomes';
import { ENDPOINTS, type Run, type State } from '../../api';
import { CallView } from '../call/call';
import { runBefore } from '../call/changes';
import { ResultPane } from '../call/result-pane';
import { goTo } from '../common/address';
import { Notice, useAttempt } from '../common/attempt';
import { askAbout } from '../common/client';
import { JsonEditor } from '../common/editor';
import { Select, TextField } from '../common/inputs';
import { lookOf } from '../common/outcome';
import { visibleJson } from '../common/text';
import type { Draft } from '../try/event';
import { CallLink } from './call-link';
import { SaveCases } from './cases';
import { NO_FILTER, passes, type Filter } from './filter';

interface Props {
  readonly state: State;
  /** The id of the call that is shown; the newest one if there is none. */
  readonly selected: string | undefined;
  readonly openDraft: (draft: Draft) => void;
}

export function Calls({ state, selected: part, openDraft }: Props) {
  const { runs } = state;
  const selected = part === undefined ? undefined : Number(part);
  const [filter, setFilter] = useState(NO_FILTER);
  const listed = runs.filter((run) => passes(run, filter));
  const shown = selected === undefined ? listed[0] : runs.find(({ id }) => id === selected);
  return (
    <div class="split calls-split">
      <section class="pane" aria-label="List of calls">
        <Filters runs={runs} filter={filter} setFilter={setFilter} />
        {listed.length === 0 ? (
          <p class="body muted">
            {runs.length === 0 ? 'Nothing yet: run an event, or use the shop.' : 'No call is like this.'}
          </p>
        ) : (
          <ol class="body call-list" tabIndex={0} aria-label="Calls, newest first">
            {listed.map((run) => (
              <li key={run.id}>
                <CallLink run={run} isShown={run === shown} />
              </li>
            ))}
          </ol>
        )}
      </section>
      {shown !== undefined && (
        <CallPanes
          key={shown.id}
          run={shown}
          isChosen={selected !== undefined}
          state={state}
          openDraft={openDraft}
        />
      )}
      {selected !== undefined && runs.every(({ id }) => id > selected) && (
        <p class="pane hint muted">Call {selected} is not kept any more.</p>
      )}
    </div>
  );
}

interface FiltersProps {
  readonly runs: readonly Run[];
  readonly filter: Filter;
  readonly setFilter: (filter: Filter) => void;
}

function Filters({ runs, filter, setFilter }: FiltersProps) {
  const names = new Set(runs.flatMap(({ results }) => results.map(({ name }) => name)));
  return (
    <div class="bar" role="search">
      <TextField
        type="search"
        aria-label="Text in the event, the requests or the answers"
        placeholder="Any text"
        value={filter.text}
        change={(text) => setFilter({ ...filter, text })}
      />
      <Select
        aria-label="Outcome"
        value={filter.fate}
        change={(fate) => setFilter({ ...filter, fate })}
        options={[
          { value: '', label: 'Any outcome' },
          ...FATES.map((fate) => ({ value: fate, label: lookOf(fate).text })),
        ]}
      />
      <Select
        aria-label="Name"
        value={filter.name}
        change={(name) => setFilter({ ...filter, name })}
        options={[
          { value: '', label: 'Any name' },
          ...[...names].sort().map((name) => ({ value: name, label: visible(name) })),
        ]}
      />
    </div>
  );
}

interface PanesProps extends Pick<Props, 'state' | 'openDraft'> {
  readonly run: Run;
  /** Whether somebody asked for this call, and not just for the newest one. */
  readonly isChosen: boolean;
}

function CallPanes({ run, isChosen, state, openDraft }: PanesProps) {
  const { problem, attempt } = useAttempt();
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    // Where the panes are below each other, the call may be out of sight.
    if (isChosen) place.current?.scrollIntoView();
  }, [isChosen]);
  const json = visibleJson(run.json);

  const again = () => {
    attempt(askAbout(ENDPOINTS.run, run.json), ({ id }) => goTo('Calls', id));
  };
  const waits = run.results.some(({ fate }) => fate === 'retried');
  return (
    <>
      <section class="pane" aria-label="Input" ref={place}>
        <div class="bar">
          <h2>Input</h2>
          <span class="muted small from">call {run.id}</span>
          <span class="row">
            <button type="button" onClick={() => openDraft({ json, from: `call ${run.id}` })}>
              Open in Try
            </button>
            <button type="button" class="main" onClick={again}>
              {waits ? 'Try again, as Segment will' : 'Run again'}
            </button>
          </span>
        </div>
        <Notice problem={problem} />
        <JsonEditor label="Input" text={json} />
        <SaveCases run={run} settings={state.settings} />
      </section>
      <ResultPane title="Output" about="" state={state}>
        <CallView call={run} before={runBefore(state.runs, run)} />
      </ResultPane>
    </>
  );
}
