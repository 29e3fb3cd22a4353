// Field by field, what TikTok received of a Segment event, and why it did not receive the rest. Pure.
import { mappedName } from '../../lib/configuration/event-mappings';
import { evaluate, findPresent } from '../../lib/configuration/expression';
import type { Parameter } from '../../lib/configuration/parameter-mappings';
import type { PlanFor } from '../../lib/configuration/plan';
import { DEFINITIONS } from '../../lib/parameters/definitions';
import { clickIdOf } from '../../lib/values/click-id';
import { isPresent, isRecord, listOf, ownProperty } from '../../lib/values/json';
import { textOf } from '../../lib/values/text';
import type { Field } from './api';

const DESCRIPTIONS: ReadonlyMap<string, string> = new Map(
  DEFINITIONS.map(({ name, description }) => [name, description]),
);
const OWN_PROPERTY = 'A property of your own.';

/**
 * Explains a TikTok event that was received for a Segment event.
 *
 * @param received as it stands in `data` of TikTok's request.
 */
export function explain(event: unknown, planFor: PlanFor, received: unknown): readonly Field[] {
  const { contents, ...groups } = planFor(mappedName(event)).parameters;
  return Object.values(groups)
    .flat()
    .flatMap((parameter) => {
      const { group, field, name, type, expression } = parameter;
      const arrived = ownProperty(group === 'event' ? received : ownProperty(received, group), field);
      if (type !== 'contents' || !Array.isArray(arrived))
        return [explainOne(parameter, name, event, arrived)];
      const products = listOf(evaluate(expression, event)).filter(isRecord);
      // Which product is which is known if all of them arrived.
      if (products.length !== arrived.length) {
        const reason = `${arrived.length} of ${products.length} products: the others have nothing that can be sent`;
        return [{ ...explainOne(parameter, name, event, arrived), reason }];
      }
      return products.flatMap((product, index) =>
        contents.map((item) =>
          explainOne(
            item,
            `${name}[${index}].${item.field}`,
            product,
            ownProperty(arrived[index], item.field),
          ),
        ),
      );
    });
}

function explainOne(parameter: Parameter, shownName: string, root: unknown, arrived: unknown): Field {
  const { name, reader, expression } = parameter;
  const present = findPresent(expression, root);
  const checked = expression.map(({ text }) => text).join(' ?? ');
  const about = { parameter: shownName, description: DESCRIPTIONS.get(name) ?? OWN_PROPERTY };
  if (arrived !== undefined) {
    const reason = whyNotWhole(parameter, present?.value, arrived);
    return {
      ...about,
      state: isHash(parameter, present?.value, arrived) ? 'hashed' : 'sent',
      source: present?.source.text ?? reader.absentSource ?? checked,
      value: JSON.stringify(arrived),
      ...(reason !== undefined && { reason }),
    };
  }
  if (present === undefined || !isMeant(parameter, present.value))
    return { ...about, state: 'absent', source: checked };
  return { ...about, state: 'left out', source: present.source.text, reason: reader.flaw };
}

/** An id is a hash only if there was personal data in it. */
const isHash = ({ type, reader }: Parameter, value: unknown, arrived: unknown): boolean =>
  reader.isHashed === true || (type === 'id' && textOf(value) !== arrived);

/** Why less arrived than there was. */
function whyNotWhole({ type, reader }: Parameter, value: unknown, arrived: unknown): string | undefined {
  if (type === 'url' && textOf(value) !== arrived) return 'without its query, which contains personal data';
  const [given, sent] = [listOf(value).filter(isPresent).length, listOf(arrived).length];
  return reader.isHashed && sent < given
    ? `${sent} of ${given} values: the others are the same, or ${reader.flaw}`
    : undefined;
}

/** Some values are looked at for what may be in them: a page's URL for a click id, the properties for a product. */
function isMeant({ type }: Parameter, value: unknown): boolean {
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
    ownProperty(ownProperty(received, 'user'), field) === undefined ? [] : [label],
  );
