// Files of events: named or dropped, and what becomes of all their events.
import { useEffect, useRef, useState } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import { countOf, formatCount } from '../../../report/count';
import type { FileReport, State } from '../../api';
import { useAddress } from '../common/address';
import { describeError, dropEvents, makeReport } from '../common/client';
import { Behind, type OpenEvent } from './behind';
import { useDrop } from './drop';
import { ReportView } from './report';
import { Values } from './values';

interface Props {
  readonly state: State;
  /** Shows this tab. */
  readonly open: () => void;
  /** Puts an event into the tab Try. @param from where it comes from. */
  readonly openEvent: OpenEvent;
}

export function FilePanel({
  state: { events, report, settings, isReporting, surveyed },
  open,
  openEvent,
}: Props) {
  const [problem, setProblem] = useState<string>();
  const [reading, setReading] = useState<string>();
  useDrop((files) => {
    open();
    void take(files);
  });

  async function take([first, ...others]: readonly File[]): Promise<void> {
    if (first === undefined) return;
    if (others.length > 0) {
      const names = others.map(({ name }) => name).join(', ');
      setProblem(`One file at a time: ${names} ${others.length === 1 ? 'was' : 'were'} not read.`);
    } else setProblem(undefined);
    if (reading !== undefined || isReporting) {
      setProblem(`${first.name} was not read: a report is being made. Choose it again afterwards.`);
      return;
    }
    setReading(first.name);
    await attempt(async () => {
      await dropEvents(first);
      await makeReport();
    });
    setReading(undefined);
  }

  async function attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      setProblem(describeError(error));
    }
  }

  function makeAgain(): void {
    setProblem(undefined);
    void attempt(makeReport);
  }

  const isBusy = isReporting || reading !== undefined;
  const names = events.files.join(', ');
  // Nobody needs to ask for what is there in a moment.
  const isDue =
    useAddress().tab === 'File' &&
    events.files.length > 0 &&
    events.isSmall &&
    !events.isDropped &&
    report === null &&
    !isBusy;
  const wasMade = useRef(false);
  useEffect(() => {
    if (!isDue || wasMade.current) return;
    wasMade.current = true;
    makeAgain();
  });
  return (
    <div class="stack file">
      <div class="drop">
        <label class="button">
          Choose a file of events
          <input
            type="file"
            class="hidden"
            accept=".json,.jsonl,.ndjson,.gz,application/json"
            onChange={({ currentTarget }) => {
              const files = [...(currentTarget.files ?? [])];
              // The same file can be chosen again after it was fixed.
              currentTarget.value = '';
              void take(files);
            }}
          />
        </label>
        <p class="muted small">
          Or drop it anywhere on the page: a JSON array, or one event a line; gzipped or not. It stays on this
          machine: a copy is kept until the tester ends.
        </p>
        {events.files.length > 0 && report === null && (
          <button type="button" class="main" disabled={isBusy} onClick={makeAgain}>
            Report on {visible(names)}
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
      {[problem, report?.problem].map(
        (text) =>
          text !== undefined && (
            <p key={text} class="notice bad" role="alert">
              {visible(text)}
              {text === report?.problem && ' The report covers the events before that.'}
            </p>
          ),
      )}
      {report !== null && (
        <Behind openEvent={openEvent}>
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
    <div class="bar">
      <h2>
        {visible(files.join(', '))}: {countOf(report.events, 'event')}
      </h2>
      {isOutdated && <span class="wait">The settings or the function have changed since.</span>}
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
