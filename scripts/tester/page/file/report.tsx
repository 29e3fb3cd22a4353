// The report on a file of events, as charts and lists.
import { visible } from '../../../cli/visible';
import { describeFlaw } from '../../../../lib/parameters/reasons';
import { FATE_NAMES, FATES } from '../../../local/segment/outcomes';
import type { Report } from '../../api';
import { Badge, lookOf } from '../common/outcome';
import { Chart, type ChartData } from './chart';

const percent = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10;
export const count = (value: number): string => value.toLocaleString('en');

const OUTCOMES = FATES.map((key) => ({ key, ...lookOf(key) }));

export function ReportView({ report }: { readonly report: Report }) {
  const { identifiers, timeline } = report;
  const names = report.names.slice(0, 12);
  return (
    <>
      <ul class="tiles">
        {OUTCOMES.map(({ key, text, mark, tone }) => (
          <li key={key} class={`card tile ${report[key] === 0 ? 'none' : tone}`}>
            <span>
              <span aria-hidden="true">{mark}</span> {text}
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
          data={OUTCOMES.map(({ key, text, tone }): ChartData => ({
            label: text,
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
      <Skipped {...report.skipped} />
      <Reasons reasons={report.reasons} />
      <ThereButNotSent leftOut={report.leftOut} />
      <OptimisedFor {...report.essentials} />
      <ul class="notes">
        {report.warnings.map(({ message, example }) => (
          <li key={message} class="warning">
            {visible(message)} {example !== undefined && <Where {...example} />}
          </li>
        ))}
        <li>
          {count(report.requests)} {report.requests === 1 ? 'request' : 'requests'},{' '}
          {count(Math.round(report.bytes / 1024))} KB.
        </li>
      </ul>
    </>
  );
}

/** How many entries of a list are shown. */
const SHOWN = 20;

function Rest({ length }: { readonly length: number }) {
  return length > SHOWN ? <p class="muted small">… and {count(length - SHOWN)} more</p> : null;
}

function Where({ at, messageId }: Report['reasons'][number]['example']) {
  return (
    <small class="muted">
      For example {visible(at)}
      {messageId !== undefined && <> ({visible(messageId)})</>}
    </small>
  );
}

function Skipped({ count: skipped, problems }: Report['skipped']) {
  if (skipped === 0) return null;
  return (
    <div class="notice bad" role="alert">
      <p>
        {count(skipped)}{' '}
        {skipped === 1 ? 'entry is not an event, and was' : 'entries are not events, and were'} skipped:
      </p>
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{visible(problem)}</li>
        ))}
        {skipped > problems.length && <li>… and {count(skipped - problems.length)} more</li>}
      </ul>
    </div>
  );
}

/** Why events were not delivered. */
function Reasons({ reasons }: Pick<Report, 'reasons'>) {
  if (reasons.length === 0) return null;
  return (
    <>
      <h4>Why events were not delivered</h4>
      <ul class="reasons">
        {reasons.slice(0, SHOWN).map(({ outcome, problem, advice, flaws, count: times, example }) => {
          const { mark, tone } = lookOf(outcome);
          return (
            <li key={`${outcome} ${problem} ${advice}`} class="card">
              <Badge mark={mark} tone={tone} text={`${count(times)} ${FATE_NAMES[outcome]}`} />
              <p>
                {visible(problem)} {visible(advice)}
              </p>
              {flaws.length > 0 && (
                <ul class="flaws">
                  {flaws.map(({ parameter, source, flaw, count: number }) => (
                    <li key={`${parameter} ${source} ${flaw}`}>
                      <strong>{count(number)}</strong>
                      <span>{visible(`${parameter}: ${describeFlaw({ source, flaw })}`)}</span>
                    </li>
                  ))}
                </ul>
              )}
              <Where {...example} />
            </li>
          );
        })}
      </ul>
      <Rest length={reasons.length} />
    </>
  );
}

function ThereButNotSent({ leftOut }: Pick<Report, 'leftOut'>) {
  if (leftOut.length === 0) return null;
  return (
    <>
      <h4>There, but not sent</h4>
      <div class="scroll" tabIndex={0} role="region" aria-label="There, but not sent">
        <table>
          <thead>
            <tr>
              <th scope="col">Parameter</th>
              <th scope="col">Reason</th>
              <th scope="col" class="number">
                Events
              </th>
              <th scope="col">For example</th>
            </tr>
          </thead>
          <tbody>
            {leftOut.slice(0, SHOWN).map((one) => (
              <tr key={`${one.parameter} ${describeFlaw(one)}`}>
                <th scope="row">
                  <code>{visible(one.parameter)}</code>
                </th>
                <td>{visible(describeFlaw(one))}</td>
                <td class="number">{count(one.count)}</td>
                <td>{visible(one.example.at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Rest length={leftOut.length} />
    </>
  );
}

/** What marketers ask first. */
function OptimisedFor({ purchases, pricedPurchases, products, identifiedProducts }: Report['essentials']) {
  const rows = [
    { label: 'Purchases with value and currency', part: pricedPurchases, whole: purchases },
    { label: 'Products with an ID', part: identifiedProducts, whole: products },
  ].filter(({ whole }) => whole > 0);
  if (rows.length === 0) return null;
  return (
    <>
      <h4>What TikTok can optimise for</h4>
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col" class="number">
              Count
            </th>
            <th scope="col" class="number">
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, part, whole }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td class="number">
                {count(part)} of {count(whole)}
              </td>
              <td class="number">{percent(part, whole)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** The events of a part of the timeline, counted from 1. */
function partName(timeline: Report['timeline'], index: number): string {
  const before = timeline.slice(0, index).reduce((sum, { events }) => sum + events, 0);
  const events = timeline[index]?.events ?? 0;
  return events === 1 ? count(before + 1) : `${count(before + 1)} to ${count(before + events)}`;
}
