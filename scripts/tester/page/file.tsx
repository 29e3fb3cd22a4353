// A whole file of events: dropped or chosen, and the report on it as charts.
import { useRef, useState } from 'preact/hooks';
import type { FileReport, Report, State } from '../api';
import { Chart, type ChartData } from './chart';
import { describeError, readReport } from './client';
import { useDrop } from './drop';
import { visible } from '../../cli/visible';

const percent = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10;
const count = (value: number): string => value.toLocaleString('en');

const FATES = [
  { key: 'delivered', label: 'Delivered', mark: '✔', tone: 'good' },
  { key: 'discarded', label: 'Discarded', mark: '✘', tone: 'bad' },
  { key: 'retried', label: 'To be retried', mark: '↻', tone: 'wait' },
  { key: 'unsupported', label: 'Unsupported', mark: '–', tone: 'quiet' },
] as const;

interface Props {
  readonly state: State;
  /** Shows this panel. */
  readonly open: () => void;
}

export function FilePanel({ state, open }: Props) {
  const [file, setFile] = useState<File>();
  const [isReading, setIsReading] = useState(false);
  const [result, setResult] = useState<FileReport>();
  const [problem, setProblem] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  useDrop((files) => {
    open();
    take(files);
  });

  /** Puts the file's name into the input, wherever the file came from. */
  function show(shown: File | undefined): void {
    const transfer = new DataTransfer();
    if (shown !== undefined) transfer.items.add(shown);
    if (input.current !== null) input.current.files = transfer.files;
  }

  function take([first, ...others]: readonly File[]): void {
    if (first === undefined) return;
    if (isReading && file !== undefined) {
      setRefusal(
        `${first.name} was not taken: ${file.name} is still being read. Choose it again after that.`,
      );
      show(file);
      return;
    }
    setRefusal(
      others.length === 0
        ? undefined
        : `One file at a time: ${first.name} is taken, and not ${others.map(({ name }) => name).join(', ')}.`,
    );
    show(first);
    void read(first);
  }

  async function read(next: File): Promise<void> {
    setFile(next);
    setIsReading(true);
    setProblem(undefined);
    setResult(undefined);
    try {
      const found = await readReport(next);
      setProblem(found.problem);
      if (found.report.events > 0) setResult(found);
    } catch (error) {
      setProblem(describeError(error));
    } finally {
      setIsReading(false);
    }
  }

  const name = file?.name ?? '';
  return (
    <>
      <p class="lead">A month of events: what would TikTok get of it? The file stays on this machine.</p>
      <label class="drop">
        <span>
          <strong>Drop a file of events, or choose one</strong>
          <small class="muted">
            A JSON array, or one event a line; gzipped or not. It may be dropped anywhere on the page. The
            function&apos;s settings are used.
          </small>
        </span>
        <input
          ref={input}
          type="file"
          accept=".json,.jsonl,.ndjson,.gz,application/json"
          onClick={() => {
            // Otherwise the same file, mended, could not be chosen again.
            show(undefined);
          }}
          onCancel={() => {
            show(file);
          }}
          onChange={({ currentTarget }) => {
            take([...(currentTarget.files ?? [])]);
          }}
        />
      </label>
      {refusal !== undefined && (
        <p class="notice bad" role="alert">
          {visible(refusal)}
        </p>
      )}
      <div role="status">
        {isReading && (
          <p class="muted">
            Reading {visible(name)}… {state.surveyed > 0 && `${count(state.surveyed)} events so far`}
          </p>
        )}
        {result !== undefined && (
          <h3>
            {visible(name)}: {count(result.report.events)} {result.report.events === 1 ? 'event' : 'events'}
          </h3>
        )}
      </div>
      {problem !== undefined && (
        <p class="notice bad" role="alert">
          {visible(problem)}
          {result !== undefined && ' The report is of the events until there.'}
        </p>
      )}
      {result !== undefined && <ReportView report={result.report} />}
    </>
  );
}

function ReportView({ report }: { readonly report: Report }) {
  const { identifiers, timeline } = report;
  const names = report.names.slice(0, 12);
  return (
    <>
      <ul class="tiles">
        {FATES.map(({ key, label, mark, tone }) => (
          <li key={key} class={`card tile ${report[key] === 0 ? 'none' : tone}`}>
            <span>
              <span aria-hidden="true">{mark}</span> {label}
            </span>
            <strong>{count(report[key])}</strong>
            <small class="muted">{percent(report[key], report.events)} %</small>
          </li>
        ))}
      </ul>
      <div class="charts">
        <Chart
          title="Outcomes over the file"
          unit="events"
          isStacked
          labels={timeline.map((_, index) => partName(timeline, index))}
          data={FATES.map(({ key, label, tone }): ChartData => ({
            label,
            tone,
            values: timeline.map((part) => part[key]),
          })).filter(({ values }) => values.some((value) => value > 0))}
        />
        <Chart
          title="What TikTok can match on"
          unit={`% of ${count(identifiers.events)} TikTok events`}
          isHorizontal
          max={100}
          labels={['Email', 'Phone', 'Both', 'External ID', 'Click ID']}
          data={[
            {
              label: 'Share',
              tone: 'accent',
              values: [
                identifiers.email,
                identifiers.phone,
                identifiers.both,
                identifiers.externalId,
                identifiers.ttclid,
              ].map((value) => percent(value, identifiers.events)),
            },
          ]}
        />
        <Chart
          title={names.length < report.names.length ? 'The 12 most frequent names' : 'Names'}
          unit="events"
          isHorizontal
          labels={names.map(({ name, becomes }) =>
            // The arrow and what it leads to stay in one line.
            visible(
              becomes.length === 0 ? `${name} (no\u00a0mapping)` : `${name} →\u00a0${becomes.join(', ')}`,
            ),
          )}
          data={[{ label: 'Events', tone: 'accent', values: names.map((one) => one.count) }]}
        />
      </div>
      {report.reasons.length > 0 && (
        <>
          <h4>Why events were not delivered</h4>
          <ul class="reasons">
            {report.reasons.slice(0, 20).map(({ outcome, message, count: times, example }) => {
              const fate = FATES.find(({ key }) => key === outcome);
              return (
                <li key={`${outcome} ${message}`} class="card">
                  <span class={`badge ${fate?.tone ?? 'quiet'}`}>
                    <span aria-hidden="true">{fate?.mark}</span> {count(times)} {fate?.label.toLowerCase()}
                  </span>
                  <p>{visible(message)}</p>
                  <small class="muted">
                    For example {visible(example.at)}
                    {example.messageId !== undefined && <> ({visible(example.messageId)})</>}
                  </small>
                </li>
              );
            })}
          </ul>
        </>
      )}
      <ul class="notes">
        {report.old > 0 && (
          <li>{count(report.old)} TikTok events are older than 28 days: TikTok does not attribute them.</li>
        )}
        {report.retiring.map(({ name, count: times, advice }) => (
          <li key={name}>
            {count(times)} are sent as {visible(name)}. {advice}.
          </li>
        ))}
        <li>
          {count(report.requests)} requests, {count(Math.round(report.bytes / 1024))} KB.
        </li>
      </ul>
    </>
  );
}

/** The events that a part of the timeline is of, counted from 1. */
function partName(timeline: Report['timeline'], index: number): string {
  const before = timeline.slice(0, index).reduce((sum, { events }) => sum + events, 0);
  const events = timeline[index]?.events ?? 0;
  return events === 1 ? count(before + 1) : `${count(before + 1)} to ${count(before + events)}`;
}
