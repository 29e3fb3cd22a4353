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
import { Count } from './behind';
import { Rest, SHOWN, Table } from './table';

export function Sent({ sent, repeats }: Pick<Report, 'sent' | 'repeats'>) {
  if (sent.length === 0) return null;
  return (
    <>
      <Table label="TikTok gets" head={SENT_HEAD}>
        {sent.slice(0, SHOWN).flatMap((event, index) =>
          event.currencies.map((one, place) => (
            <tr key={`${event.name} ${one.currency ?? ''}`}>
              {place === 0 && <Name {...event} index={index} />}
              <td>{one.currency ?? <span class="muted">none</span>}</td>
              <td class="number">
                <Count
                  of={`sent.${index}.currencies.${place}`}
                  count={one.count}
                  what={`${event.name} ${one.currency === undefined ? 'without a currency' : `in ${one.currency}`}`}
                />
              </td>
              <td class="number">{describeSum(one)}</td>
              <td class="number">
                {place === 0 && (
                  <Count
                    of={`sent.withoutId.${index}`}
                    count={event.withoutId}
                    what={`${event.name} without event_id`}
                  />
                )}
              </td>
            </tr>
          )),
        )}
      </Table>
      <Rest length={sent.length} />
      <Note text={describeWithoutId(sent)} />
      <Repeated repeats={repeats} />
    </>
  );
}

/** The name of a row, and of those of its other currencies. */
function Name({ name, count, currencies, index }: Report['sent'][number] & { readonly index: number }) {
  return (
    <>
      <th scope="rowgroup" rowSpan={currencies.length}>
        {visible(name)}
      </th>
      <td class="number" rowSpan={currencies.length}>
        <Count of={`sent.${index}`} count={count} what={`sent as ${name}`} />
      </td>
    </>
  );
}

const Note = ({ text }: { readonly text: string }) => (text === '' ? null : <p class="wait">{text}</p>);

function Repeated({ repeats }: Pick<Report, 'repeats'>) {
  return (
    <>
      <Note text={describeRepeats(repeats)} />
      {repeats.ids.length > 0 && (
        <ul class="flaws">
          {repeats.ids.slice(0, SHOWN).map((one, index) => (
            <li key={`${one.name} ${one.id} ${one.places.join()}`}>
              <span class="number">
                <Count of={`repeats.ids.${index}`} count={one.count + 1} what={`${one.name} ${one.id}`} />
              </span>
              <span>{visible(describeRepeated(one))}</span>
            </li>
          ))}
        </ul>
      )}
      <Rest length={repeats.ids.length} />
    </>
  );
}
