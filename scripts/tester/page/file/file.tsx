// Files of events: named or dropped, and what becomes of all their events.
import { useEffect, useRef, useState } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import { countOf, formatCount } from '../../../report/count';
import { ENDPOINTS, type FileReport, type State } from '../../api';
import { describeBusy, describeEarlyEnd } from '../../words';
import { goTo } from '../common/address';
import { Notice, useAttempt } from '../common/attempt';
import { ask, dropEvents } from '../common/client';
import { FileInput } from '../common/inputs';
import type { Draft } from '../try/event';
import { Behind } from './behind';
import { useDrop } from './drop';
import { ReportView } from './report';
import { Values } from './values';

interface Props {
  readonly state: State;
  readonly isOpen: boolean;
  /** The place of the number in the report whose events are listed. */
  readonly part: string | undefined;
  /** Puts an event into the tab Try. */
  readonly openDraft: (draft: Draft) => void;
}

export function FilePanel({ state, isOpen, part, openDraft }: Props) {
  const { events, report, settings, isReporting, surveyed } = state;
  const [reading, setReading] = useState<string>();
  const { problem, attempt, setProblem } = useAttempt();
  const stopping = useAttempt();
  const isBusy = isReporting || reading !== undefined;
  const names = events.files.join(', ');

  const makeReport = () => ask(ENDPOINTS.report, {});
  const makeAgain = () => {
    attempt(makeReport());
  };

  function take([first, ...others]: readonly File[]): void {
    if (first === undefined) return;
    if (isBusy) {
      setProblem(describeBusy(first.name));
      return;
    }
    setReading(first.name);
    attempt(
      dropEvents(first)
        .then(makeReport)
        .finally(() => setReading(undefined)),
    );
    if (others.length === 0) return;
    const left = others.map(({ name }) => name).join(', ');
    setProblem(`One file at a time: ${left} ${others.length === 1 ? 'was' : 'were'} not read.`);
  }

  useDrop((files) => {
    goTo('File');
    take(files);
  });

  // Nobody needs to ask for what is there in a moment.
  const isDue = isOpen && events.files.length > 0 && events.isSmall && !events.isDropped && report === null;
  const wasMade = useRef(false);
  useEffect(() => {
    if (!isDue || isBusy || wasMade.current) return;
    wasMade.current = true;
    makeAgain();
  });
  return (
    <div class="stack report">
      <div class="card row drop">
        <label class="button">
          Choose a file of events
          <FileInput accept=".json,.jsonl,.ndjson,.gz,application/json" take={take} />
        </label>
        <p class="muted small">
          Or drop it anywhere on the page: a JSON array, or one event a line; gzipped or not. It stays on this
          machine: a copy is kept until the tester ends.
        </p>
        {events.files.length > 0 && report === null && !isBusy && (
          <button type="button" class="main" onClick={makeAgain}>
            Report on {visible(names)}
          </button>
        )}
        {isReporting && (
          <button type="button" onClick={() => stopping.attempt(ask(ENDPOINTS.stopReport, {}))}>
            Stop
          </button>
        )}
      </div>
      <div role="status">
        {isBusy && (
          <p class="muted">
            Reading {visible(reading ?? names)}…{surveyed > 0 && ` ${formatCount(surveyed)} events so far`}
          </p>
        )}
        {report !== null && <Head {...report} isBusy={isBusy} makeAgain={makeAgain} />}
      </div>
      <Notice problem={problem ?? stopping.problem} />
      <Notice problem={report?.problem && describeEarlyEnd(report.problem)} />
      {report !== null && (
        <Behind shown={isOpen ? part : undefined} openDraft={openDraft}>
          <ReportView report={report.report} changes={report.changes} />
          <Values settings={settings.values} report={report} />
        </Behind>
      )}
    </div>
  );
}

interface HeadProps extends FileReport {
  readonly isBusy: boolean;
  readonly makeAgain: () => void;
}

/** What the report is on, and what can be done with it. */
function Head({ files, report, isOutdated, isBusy, makeAgain }: HeadProps) {
  const rejected = report.discarded + report.retried;
  return (
    <div class="row">
      <h2>
        {visible(files.join(', '))}: {countOf(report.events, 'event')}
      </h2>
      {isOutdated && <span class="tone wait">The settings or the function have changed since.</span>}
      <button type="button" class={isOutdated ? 'main' : ''} disabled={isBusy} onClick={makeAgain}>
        Report again
      </button>
      {rejected > 0 && (
        <a class="button" href="/api/report/rejected" download="rejected.ndjson">
          Save the {rejected === 1 ? 'rejected event' : `${formatCount(rejected)} rejected events`}
        </a>
      )}
    </div>
  );
}
