// What TikTok gets under each of its names, by currency, and what comes again.
import { visible } from '../../../cli/visible';
import {
  describeRepeated,
  describeRepeats,
  describeSum,
  describeWithoutId,
  SENT_HEAD,
} from '../../../report/labels';
import type { Report } from '../../api';
import { number, Table } from '../common/table';
import { Count, Flaws, Rest, SHOWN } from './parts';

export function Sent({ sent, repeats }: Pick<Report, 'sent' | 'repeats'>) {
  if (sent.length === 0) return null;
  return (
    <>
      <Table
        label="TikTok gets"
        look="sent"
        head={SENT_HEAD.map((head, at) => (at === 0 || head === 'Currency' ? head : number(head)))}
        rows={sent.slice(0, SHOWN).flatMap(rowsOf)}
      />
      <Rest length={sent.length} />
      <Note text={describeWithoutId(sent)} />
      <Note text={describeRepeats(repeats)} />
      <Flaws
        flaws={repeats.ids.slice(0, SHOWN).map((one, index) => ({
          of: `repeats.ids.${index}`,
          count: one.count + 1,
          what: `${one.name} ${one.id}`,
          text: describeRepeated(one),
        }))}
      />
      <Rest length={repeats.ids.length} />
    </>
  );
}

/** A row for each currency of a name; what holds for all of them is in the first one. */
const rowsOf = ({ name, count, withoutId, currencies }: Report['sent'][number], index: number) =>
  currencies.map((one, place) => [
    place === 0 ? visible(name) : '',
    place === 0 && <Count of={`sent.${index}`} count={count} what={`sent as ${name}`} />,
    one.currency ?? <span class="muted">none</span>,
    <Count
      of={`sent.${index}.currencies.${place}`}
      count={one.count}
      what={`${name} ${one.currency === undefined ? 'without a currency' : `in ${one.currency}`}`}
    />,
    describeSum(one),
    place === 0 && (
      <Count of={`sent.withoutId.${index}`} count={withoutId} what={`${name} without event_id`} />
    ),
  ]);

const Note = ({ text }: { readonly text: string }) => (text === '' ? null : <p class="tone wait">{text}</p>);
