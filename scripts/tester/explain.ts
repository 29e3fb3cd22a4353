// Field by field, what TikTok received of a Segment event, and why it did not receive the rest. Pure.
import type { Parameter } from '../../lib/configuration/parameter-mappings';
import type { Plan } from '../../lib/configuration/plan';
import { DEFINITIONS } from '../../lib/parameters/definitions';
import { describeFlaw, type LeftOut } from '../../lib/parameters/reasons';
import { isPresent, isRecord, itemsOf, ownProperty, parsedValue } from '../../lib/values/json';
import { textOf } from '../../lib/values/text';
import { sentFrom } from '../report/source';
import type { Field } from './api';

const DESCRIPTIONS: ReadonlyMap<string, string> = new Map(
  DEFINITIONS.map(({ name, description }) => [name, description]),
);
/** Why a parameter was not sent that the settings map. */
export const NO_VALUE = 'no value in this event';
const OWN_PROPERTY = 'A property of your own.';

/**
 * Explains a TikTok event that was received for a Segment event.
 *
 * @param received as it stands in `data` of TikTok's request.
 * @param leftOut what the function left out of the event.
 * @param mapped the parameters that the settings map, in lower case: somebody expects a value of them.
 */
export function explain(
  event: unknown,
  { parameters }: Pick<Plan, 'parameters'>,
  received: unknown,
  leftOut: readonly LeftOut[],
  mapped: ReadonlySet<string> = new Set(),
): readonly Field[] {
  const { event: ofEvent, user, properties, contents, page, lead } = parameters;
  return [ofEvent, user, properties, page, lead].flat().flatMap((parameter) => {
    const { group, field, name, type } = parameter;
    const arrived = ownProperty(group === 'event' ? received : ownProperty(received, group), field);
    const whole = explainOne(parameter, { shownName: name, root: event, arrived, leftOut, mapped });
    if (type !== 'contents' || !Array.isArray(arrived)) return [whole];
    const products = productsOf(sentFrom(parameter, event, leftOut)?.value);
    // Which product is which is known if all of them arrived.
    if (products.length !== arrived.length) {
      const reason = `${arrived.length} of ${products.length} products: the others have nothing that can be sent`;
      return [{ ...whole, reason }];
    }
    return products.flatMap((product, index) =>
      contents.map((item) =>
        explainOne(item, {
          shownName: `${name}[${index}].${item.field}`,
          root: product,
          arrived: ownProperty(arrived[index], item.field),
          leftOut: leftOut.filter((one) => one.item === index),
          mapped,
        }),
      ),
    );
  });
}

/** The items of products, or the one that an event is itself. */
const productsOf = (value: unknown): readonly unknown[] => {
  const parsed = parsedValue(value);
  return itemsOf(parsed)?.map(parsedValue) ?? (isRecord(parsed) ? [parsed] : []);
};

/** A parameter in an event, or in one of its products. */
interface Place {
  /** As TikTok's payload spells it: `properties.contents[0].price`. */
  readonly shownName: string;
  /** Where the paths start. */
  readonly root: unknown;
  readonly arrived: unknown;
  readonly leftOut: readonly LeftOut[];
  readonly mapped: ReadonlySet<string>;
}

function explainOne(parameter: Parameter, { shownName, root, arrived, leftOut, mapped }: Place): Field {
  const { name, reader, expression } = parameter;
  const flaws = leftOut.filter((one) => one.parameter === name);
  const checked = expression.map(({ text }) => text).join(' ?? ');
  const about = { parameter: shownName, description: DESCRIPTIONS.get(name) ?? OWN_PROPERTY };
  if (arrived !== undefined) {
    const from = sentFrom(parameter, root, flaws);
    return {
      ...about,
      state: isHash(parameter, from?.value, arrived) ? 'hashed' : 'sent',
      source: from?.source.text ?? reader.absentSource ?? checked,
      value: JSON.stringify(arrived),
      ...(flaws.length > 0 && { reason: flaws.map(describeFlaw).join('; ') }),
    };
  }
  const [first, ...others] = flaws;
  if (first === undefined)
    return mapped.has(name.toLowerCase())
      ? { ...about, state: 'left out', source: checked, reason: NO_VALUE }
      : { ...about, state: 'absent', source: checked };
  const reasons = [first.flaw, ...others.map(describeFlaw)];
  return { ...about, state: 'left out', source: first.source, reason: reasons.join('; ') };
}

/** An event's id is a hash only if there was personal data in it. */
const isHash = ({ type, reader }: Parameter, value: unknown, arrived: unknown): boolean =>
  reader.isHashed === true || (type === 'eventId' && isPresent(value) && textOf(value) !== arrived);

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
    ownProperty(ownProperty(received, 'user'), field) === undefined ? [] : [label],
  );
