// A whole file of events: dropped or chosen, and the report on it as charts.
import { useState } from 'preact/hooks';
import type { FileReport, Report, State } from '../api';
import { Chart, type ChartData } from './chart';
import { describeError, readReport } from './client';

const percent = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10;
const count = (value: number): string => value.toLocaleString('en');

const FATES = [
  { key: 'delivered', label: 'Delivered', mark: '✔', tone: 'good' },
  { key: 'discarded', label: 'Discarded', mark: '✘', tone: 'bad' },
  { key: 'retried', label: 'To be retried', mark: '↻', tone: 'wait' },
  { key: 'unsupported', label: 'Unsupported', mark: '–', tone: 'quiet' },
] as const;

export function FilePanel({ state }: { readonly state: State }) {
  const [name, setName] = useState<string>();
  const [isReading, setIsReading] = useState(false);
  const [isOver, setIsOver] = useState(false);
  const [result, setResult] = useState<FileReport>();
  const [problem, setProblem] = useState<string>();

  async function read(file: File | undefined): Promise<void> {
    if (file === undefined || isReading) return;
    setName(file.name);
    setIsReading(true);
    setProblem(undefined);
    setResult(undefined);
    try {
      const found = await readReport(file);
      setProblem(found.problem);
      if (found.report.events > 0) setResult(found);
    } catch (error) {
      setProblem(describeError(error));
    } finally {
      setIsReading(false);
    }
  }

  return (
    <>
      <p class="lead">A month of events: what would TikTok get of it? The file stays on this machine.</p>
      <label
        class={isOver ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => {
          setIsOver(false);
        }}
        onDrop={(event) => {
          event.preventDefault();
          setIsOver(false);
          void read(event.dataTransfer?.files[0]);
        }}
      >
        <span>
          <strong>Drop a file of events, or choose one</strong>
          <small class="muted">
            A JSON array, or one event a line; gzipped or not. The function&apos;s settings are used.
          </small>
        </span>
        <input
          type="file"
          accept=".json,.jsonl,.ndjson,.gz,application/json"
          onChange={({ currentTarget }) => {
            void read(currentTarget.files?.[0]).then(() => {
              currentTarget.value = '';
            });
          }}
        />
      </label>
      <div role="status">
        {isReading && (
          <p class="muted">
            Reading {name}… {state.surveyed > 0 && `${count(state.surveyed)} events so far`}
          </p>
        )}
        {result !== undefined && (
          <h3>
            {name}: {count(result.report.events)} {result.report.events === 1 ? 'event' : 'events'}
          </h3>
        )}
      </div>
      {problem !== undefined && (
        <p class="notice bad" role="alert">
          {problem}
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
          <li key={key} class={`card tile ${tone}`}>
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
            becomes.length === 0 ? `${name} (no\u00a0mapping)` : `${name} →\u00a0${becomes.join(', ')}`,
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
                  <p>{message}</p>
                  <small class="muted">
                    For example {example.at}
                    {example.messageId !== undefined && <> ({example.messageId})</>}
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
            {count(times)} are sent as {name}. {advice}.
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
