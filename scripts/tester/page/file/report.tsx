// The report on the events at hand, in the words of the terminal. Each number leads to its events.
import { describeFlaw } from '../../../../lib/parameters/reasons';
import { visible } from '../../../cli/visible';
import { FATE_NAMES, FATES } from '../../../local/segment/outcomes';
import { countOf, formatBytes, formatCount, formatShare } from '../../../report/count';
import { describeBecomes, describeLeftOutKind, ESSENTIALS, IDENTIFIERS } from '../../../report/labels';
import type { FileReport, Report } from '../../api';
import { lookOf } from '../common/outcome';
import { number, Table } from '../common/table';
import { Code } from '../common/text';
import { Changed, describeChange } from './changes';
import { MatchQuality } from './match-quality';
import { Sent } from './sent';
import { Count, Flaws, Rest, Share, SHOWN, Where } from './parts';
import { Timeline } from './timeline';

interface Props {
  readonly report: Report;
  /** Since the report before. */
  readonly changes?: FileReport['changes'];
}

export function ReportView({ report, changes = [] }: Props) {
  return (
    <>
      <ul class="tiles">
        {FATES.map((fate) => {
          const { mark, tone } = lookOf(fate);
          return (
            <li key={fate} class={`tile ${report[fate] === 0 ? 'muted' : tone}`}>
              <span>
                <span aria-hidden="true">{mark}</span> {FATE_NAMES[fate]}
              </span>
              <strong>
                <Count of={fate} count={report[fate]} what={FATE_NAMES[fate]} />
              </strong>
              <small class="muted">
                {`${describeChange(changes, fate)} ${formatShare(report[fate], report.events)}`.trim()}
              </small>
            </li>
          );
        })}
      </ul>
      <Changed changes={changes} />
      <Skipped {...report.skipped} />
      <div class="columns">
        <div class="card">
          <Reasons reasons={report.reasons} />
          <Sent sent={report.sent} repeats={report.repeats} />
        </div>
        <div class="card">
          {report.events > 1 && <Timeline parts={report.timeline} />}
          <Names names={report.names} />
          <MatchedOn identifiers={report.identifiers} />
          <OptimisedFor essentials={report.essentials} />
        </div>
      </div>
      <MatchQuality {...report.matchQuality} />
      <div class="card">
        <LeftOut leftOut={report.leftOut} />
        <ul class="muted">
          {report.warnings.map(({ message, count, example }, index) => (
            <li key={message} class="tone wait">
              {visible(message)} {example !== undefined && <Where {...example} />}{' '}
              {count !== undefined && (
                <small>
                  Events: <Count of={`warnings.${index}`} count={count} what={message} />
                </small>
              )}
            </li>
          ))}
          <li>
            {countOf(report.requests, 'request')}, {formatBytes(report.bytes)}.
          </li>
        </ul>
      </div>
    </>
  );
}

function Skipped({ count, problems }: Report['skipped']) {
  if (count === 0) return null;
  return (
    <div class="notice bad" role="alert">
      <p>
        {formatCount(count)}{' '}
        {count === 1 ? 'entry is not an event, and was skipped' : 'entries are not events, and were skipped'}:
      </p>
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{visible(problem)}</li>
        ))}
        {count > problems.length && <li>… and {formatCount(count - problems.length)} more</li>}
      </ul>
    </div>
  );
}

/** Why events were not delivered. */
function Reasons({ reasons }: Pick<Report, 'reasons'>) {
  if (reasons.length === 0) return <p class="muted">Every event was delivered.</p>;
  return (
    <>
      <h3>Not delivered</h3>
      <ul class="reasons">
        {reasons.slice(0, SHOWN).map(({ outcome, problem, advice, flaws, count, example }, index) => (
          <li key={`${outcome} ${problem}`}>
            <p>
              <strong>
                <Count of={`reasons.${index}`} count={count} what={`${FATE_NAMES[outcome]}: ${problem}`} />
              </strong>{' '}
              <span class={`fate tone ${lookOf(outcome).tone}`}>{FATE_NAMES[outcome]}</span>{' '}
              {visible(problem)}
            </p>
            <Flaws
              flaws={flaws.map((flaw, at) => ({
                of: `reasons.${index}.flaws.${at}`,
                count: flaw.count,
                text: `${flaw.parameter}: ${describeFlaw(flaw)}`,
              }))}
            />
            {advice.map(({ text, count: advised }, at) => (
              <p key={text}>
                {advice.length > 1 && (
                  <>
                    For <Count of={`reasons.${index}.advice.${at}`} count={advised} what={text} /> of
                    them:{' '}
                  </>
                )}
                {visible(text)}
              </p>
            ))}
            <Where {...example} />
          </li>
        ))}
      </ul>
      <Rest length={reasons.length} />
    </>
  );
}

function Names({ names }: Pick<Report, 'names'>) {
  const all = names.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return null;
  return (
    <>
      <Table
        label="Segment events"
        head={['Segment event', number('Events'), number('Share'), 'TikTok event']}
        rows={names
          .slice(0, SHOWN)
          .map(({ name, count, ...one }, index) => [
            visible(name),
            <Count of={`names.${index}`} count={count} what={name} />,
            <Share part={count} whole={all} />,
            <span class={one.becomes.length === 0 ? 'muted' : ''}>{visible(describeBecomes(one))}</span>,
          ])}
      />
      <Rest length={names.length} />
    </>
  );
}

function MatchedOn({ identifiers }: Pick<Report, 'identifiers'>) {
  if (identifiers.events === 0) return null;
  return (
    <Table
      label="TikTok can match on"
      head={['TikTok can match on', number('Events'), number('Share')]}
      rows={[
        ...IDENTIFIERS.map(([label, key]) => [
          label,
          <Count of={`identifiers.${key}`} count={identifiers[key]} what={`sent with ${label}`} />,
          <Share part={identifiers[key]} whole={identifiers.events} />,
        ]),
        [
          'all that it accepted',
          <Count of="identifiers.events" count={identifiers.events} what="all that TikTok accepted" />,
          '',
        ],
      ]}
    />
  );
}

/** What marketers ask first. */
function OptimisedFor({ essentials }: Pick<Report, 'essentials'>) {
  const rows = ESSENTIALS.filter(([, , total]) => essentials[total] > 0);
  if (rows.length === 0) return null;
  // Purchases are events; products are in events.
  const countOfKey = (of: keyof Report['essentials'], what: string) =>
    of === 'products' || of === 'identifiedProducts' ? (
      formatCount(essentials[of])
    ) : (
      <Count of={`essentials.${of}`} count={essentials[of]} what={what} />
    );
  return (
    <Table
      label="TikTok can optimise for"
      head={['TikTok can optimise for', number('Count'), number('Of'), number('Share')]}
      rows={rows.map(([label, key, total]) => [
        label,
        countOfKey(key, label),
        countOfKey(total, total),
        <Share part={essentials[key]} whole={essentials[total]} />,
      ])}
    />
  );
}

function LeftOut({ leftOut }: Pick<Report, 'leftOut'>) {
  if (leftOut.length === 0) return null;
  return (
    <>
      <Table
        label="There, but not sent"
        look="left-out tall"
        head={['There, but not sent', 'Reason', number('Events'), 'For example']}
        rows={leftOut.slice(0, SHOWN).map((one, index) => {
          const { parameter, count, example } = one;
          const kind = describeLeftOutKind(one);
          return [
            <Code text={parameter} />,
            visible(kind),
            <Count of={`leftOut.${index}`} count={count} what={`${parameter}: ${kind}`} />,
            <span class="muted">{visible(example.at)}</span>,
          ];
        })}
      />
      <Rest length={leftOut.length} />
    </>
  );
}
