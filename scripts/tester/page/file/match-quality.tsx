// The estimate of match quality: what TikTok can match each conversion on, and what would raise it.
import { visible } from '../../../cli/visible';
import { countOf, formatShare } from '../../../report/count';
import { MATCH_LABELS, MATCH_QUALITY } from '../../../report/labels';
import type { Report } from '../../api';
import { number, Table } from '../common/table';
import { Count, Rest, Share, SHOWN, Where } from './parts';

type Quality = Report['matchQuality'];

export function MatchQuality({ events, conversions, advice }: Quality) {
  if (events === 0) return null;
  const labels = (conversions[0]?.identifiers ?? []).map(({ parameter }) => MATCH_LABELS[parameter]);
  return (
    <div class="card">
      <h3>Estimated match quality</h3>
      <p class="muted small">{MATCH_QUALITY}</p>
      <div class="columns">
        <div class="stack">
          <Table
            label="Estimated match quality"
            head={['TikTok event', number('Events'), ...labels.map(number), number('none')]}
            rows={conversions
              .slice(0, SHOWN)
              .map(({ name, count, identifiers, none }, index) => [
                visible(name),
                <Count of={`matchQuality.conversions.${index}`} count={count} what={name} />,
                ...identifiers.map(({ count: part }) => <Share part={part} whole={count} />),
                <Share part={none} whole={count} />,
              ])}
          />
          <Rest length={conversions.length} />
        </div>
        <div class="stack">
          <Advice advice={advice} events={events} />
        </div>
      </div>
    </div>
  );
}

function Advice({ advice, events }: Pick<Quality, 'advice' | 'events'>) {
  if (advice.length === 0) return null;
  return (
    <>
      <h4>What would raise it, most gain first</h4>
      <ol class="reasons">
        {advice.slice(0, SHOWN).map((one, index) => (
          <li key={`${one.parameter} ${one.finding}`} class="advice">
            <strong class="number">{formatShare(one.count, events)}</strong>
            <div>
              <p>
                have {visible(one.finding)}: {visible(one.advice)}.
              </p>
              <small class="muted">
                Events: <Count of={`matchQuality.advice.${index}`} count={one.count} what={one.finding} />
                {one.newlySent > 0 && `, ${countOf(one.newlySent, 'event')} newly sent`},{' '}
              </small>
              <Where {...one.example} />
            </div>
          </li>
        ))}
      </ol>
      <Rest length={advice.length} />
    </>
  );
}
