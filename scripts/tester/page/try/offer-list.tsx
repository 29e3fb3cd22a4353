// The list that drops down from a field: its offers or, where a condition compares a path, the values that events have there.
import { countOf } from '../../../report/count';
import { ENDPOINTS } from '../../api';
import { useAnswer } from '../common/attempt';
import { ask } from '../common/client';
import { comparison, type Offer } from './offers';

interface Props {
  readonly id: string;
  readonly typed: string;
  readonly offers: readonly Offer[];
}

export function OfferList({ id, typed, offers }: Props) {
  const compared = comparison(typed);
  const path = compared?.path;
  const { answer: found = [] } = useAnswer(
    path === undefined ? undefined : () => ask(ENDPOINTS.values, { of: path }),
    path,
  );
  const shown = compared
    ? found.map(({ value, count }) => ({ value: compared.kept + value, about: countOf(count, 'event') }))
    : offers;
  return (
    <datalist id={id}>
      {shown.map(({ value, about }) => (
        <option key={value} value={value} label={about} />
      ))}
    </datalist>
  );
}
