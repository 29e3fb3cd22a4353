// The list that drops down from a field: its offers or, where a condition compares a path, the values that events have there.
import { useEffect, useState } from 'preact/hooks';
import { countOf } from '../../../report/count';
import { readValues } from '../common/client';
import { comparison, type Offer } from './offers';

interface Props {
  readonly id: string;
  readonly typed: string;
  readonly offers: readonly Offer[];
}

export function OfferList({ id, typed, offers }: Props) {
  const [values, setValues] = useState<readonly Offer[]>([]);
  const compared = comparison(typed);
  const path = compared?.path;
  useEffect(() => {
    setValues([]);
    if (path === undefined) return;
    readValues(path).then(
      (found) => {
        setValues(found.values.map(({ value, count }) => ({ value, about: countOf(count, 'event') })));
      },
      () => {
        setValues([]);
      },
    );
  }, [path]);
  const shown = compared ? values.map((one) => ({ ...one, value: compared.kept + one.value })) : offers;
  return (
    <datalist id={id}>
      {shown.map(({ value, about }) => (
        <option key={value} value={value} label={about} />
      ))}
    </datalist>
  );
}
