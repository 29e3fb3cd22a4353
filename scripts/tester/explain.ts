// Field by field, what TikTok received of a Segment event, and why it did not receive the rest. Pure.
import { PAGE_VIEWED } from '../../lib/events';
import { evaluate, readSource } from '../../lib/expression';
import type { Mapping } from '../../lib/mapping';
import { CONTENTS, type Parameter, type TypeName } from '../../lib/parameters';
import { isPresent, isRecord, listOf, own } from '../../lib/record';
import { clickIdOf, textOf } from '../../lib/values';
import type { Field } from './api';

const PERSONAL = 'it is no text, or there is personal data in it';
/** Why a value that is there could not be sent, by the type that it should have become. */
const FLAWS: Readonly<Record<TypeName, string>> = {
  email: 'no email address',
  phone: 'no phone number with country code or of Default Country',
  hashes: 'no text and no whole number',
  hash: 'no text and no whole number',
  text: PERSONAL,
  id: 'no text and no whole number',
  url: 'there is personal data in it',
  clickId: PERSONAL,
  contentType: 'neither product nor product_group',
  currency: 'no currency of ISO 4217',
  number: 'no number, or a phone number',
  time: 'no time in ISO 8601',
  limitedDataUse: 'neither yes nor no',
  contents: 'no product in it has anything that can be sent',
  custom: 'no text, number or boolean, or there is personal data in it',
};

const HASHED: ReadonlySet<string> = new Set<TypeName>(['email', 'phone', 'hashes', 'hash']);

/** Where a value comes from when no source has one. */
const OTHERWISE: Readonly<Partial<Record<TypeName, string>>> = {
  time: 'the time of handling',
  limitedDataUse: 'the setting Limited Data Use',
};

/** The name by which the mappings know an event. */
export const mappedName = (event: unknown): string =>
  own(event, 'type') === 'page' ? PAGE_VIEWED : textOf(own(event, 'event'));

/**
 * Explains a TikTok event that was received for a Segment event.
 *
 * @param received as it stands in `data` of TikTok's request.
 */
export function explain(event: unknown, mapping: Mapping, received: unknown): readonly Field[] {
  const { [CONTENTS]: items = [], ...groups } = mapping(mappedName(event)).plan.groups;
  return Object.values(groups)
    .flat()
    .flatMap((parameter) => {
      const { group, field, name, type, source } = parameter;
      const arrived = own(group === '' ? received : own(received, group), field);
      if (type !== 'contents' || !Array.isArray(arrived))
        return [explainOne(parameter, name, event, arrived)];
      const products = listOf(evaluate(source, event)).filter(isRecord);
      // Which product is which is known where all of them arrived.
      if (products.length !== arrived.length) {
        const reason = `${String(arrived.length)} of ${String(products.length)} products: the others have nothing that can be sent`;
        return [{ ...explainOne(parameter, name, event, arrived), reason }];
      }
      return products.flatMap((product, index) =>
        items.map((item) =>
          explainOne(
            item,
            `${name}[${String(index)}].${item.field}`,
            product,
            own(arrived[index], item.field),
          ),
        ),
      );
    });
}

function explainOne({ type, source }: Parameter, parameter: string, root: unknown, arrived: unknown): Field {
  const found = source.find((one) => isPresent(readSource(one, root)));
  const value = found && readSource(found, root);
  const looked = source.map(({ text }) => text).join(' ?? ');
  if (arrived !== undefined) {
    // An id with personal data in it is hashed instead of left out.
    const isHashed = HASHED.has(type) || (type === 'id' && textOf(value) !== arrived);
    const reason = whyNotWhole(type, value, arrived);
    return {
      parameter,
      state: isHashed ? 'hashed' : 'sent',
      source: found?.text ?? OTHERWISE[type] ?? looked,
      value: JSON.stringify(arrived),
      ...(reason !== undefined && { reason }),
    };
  }
  if (found === undefined || !isMeant(type, value)) return { parameter, state: 'absent', source: looked };
  return { parameter, state: 'left out', source: found.text, reason: FLAWS[type] };
}

/** Why less arrived than there was. */
function whyNotWhole(type: TypeName, value: unknown, arrived: unknown): string | undefined {
  if (type === 'url' && textOf(value) !== arrived) return 'without its query: there is personal data in it';
  const [given, sent] = [listOf(value).filter(isPresent).length, listOf(arrived).length];
  return HASHED.has(type) && sent < given
    ? `${String(sent)} of ${String(given)} values: the others are the same, or ${FLAWS[type]}`
    : undefined;
}

/** Some values are looked at for what may be in them: a page's URL for a click id, the properties for a product. */
function isMeant(type: TypeName, value: unknown): boolean {
  if (type === 'clickId') return isPresent(clickIdOf(value));
  return type !== 'contents' || Array.isArray(value);
}

/** What TikTok can find a person by, in the words of its Events Manager, best first. */
const IDENTIFIERS = {
  email: 'email',
  phone: 'phone',
  external_id: 'external ID',
  ttclid: 'click ID',
  ttp: 'cookie',
  lead_id: 'lead ID',
  ip: 'IP address',
  user_agent: 'browser',
} as const;

/** The identifiers that a received TikTok event carries. */
export const matchesOf = (received: unknown): readonly string[] =>
  Object.entries(IDENTIFIERS).flatMap(([field, label]) =>
    own(own(received, 'user'), field) === undefined ? [] : [label],
  );
