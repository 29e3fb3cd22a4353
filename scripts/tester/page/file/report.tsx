// The report on a file of events, as charts and lists.
import { visible } from '../../../cli/visible';
import type { Report } from '../../api';
import { Chart, type ChartData } from './chart';

const percent = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10;
export const count = (value: number): string => value.toLocaleString('en');

const FATES = [
  { key: 'delivered', label: 'Delivered', mark: '✔', tone: 'good' },
  { key: 'discarded', label: 'Discarded', mark: '✘', tone: 'bad' },
  { key: 'retried', label: 'To be retried', mark: '↻', tone: 'wait' },
  { key: 'unsupported', label: 'Unsupported', mark: '–', tone: 'quiet' },
] as const;

export function ReportView({ report }: { readonly report: Report }) {
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
            // The arrow and what it leads to stay on one line.
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

/** The events of a part of the timeline, counted from 1. */
function partName(timeline: Report['timeline'], index: number): string {
  const before = timeline.slice(0, index).reduce((sum, { events }) => sum + events, 0);
  const events = timeline[index]?.events ?? 0;
  return events === 1 ? count(before + 1) : `${count(before + 1)} to ${count(before + events)}`;
}
