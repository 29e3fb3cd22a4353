// Field by field, what TikTok received of a Segment event, and why it did not receive the rest. Pure.
import { mappedName } from '../../lib/configuration/event-mappings';
import { evaluate, readSource } from '../../lib/configuration/expression';
import type { Parameter } from '../../lib/configuration/parameter-mappings';
import type { PlanFor } from '../../lib/configuration/plan';
import { DEFINITIONS } from '../../lib/conversion/parameters';
import { READERS, type Reader, type TypeName } from '../../lib/conversion/readers';
import { clickIdOf } from '../../lib/values/click-id';
import { isPresent, isRecord, listOf, ownProperty } from '../../lib/values/json';
import { textOf } from '../../lib/values/text';
import type { Field } from './api';

/** Where a value comes from when no source has one. */
const OTHERWISE: Readonly<Partial<Record<TypeName, string>>> = {
  time: 'the time of handling',
  limitedDataUse: 'the setting Limited Data Use',
};

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
  const { contents, ...groups } = planFor(mappedName(event)).sources.parameters;
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

function explainOne(
  { name, type, expression }: Parameter,
  parameter: string,
  root: unknown,
  arrived: unknown,
): Field {
  const found = expression.find((source) => isPresent(readSource(source, root)));
  const value = found && readSource(found, root);
  const looked = expression.map(({ text }) => text).join(' ?? ');
  const about = { parameter, description: DESCRIPTIONS.get(name) ?? OWN_PROPERTY };
  if (arrived !== undefined) {
    // An id with personal data in it is hashed instead of left out.
    const isHashed = isHashedType(type) || (type === 'id' && textOf(value) !== arrived);
    const reason = whyNotWhole(type, value, arrived);
    return {
      ...about,
      state: isHashed ? 'hashed' : 'sent',
      source: found?.text ?? OTHERWISE[type] ?? looked,
      value: JSON.stringify(arrived),
      ...(reason !== undefined && { reason }),
    };
  }
  if (found === undefined || !isMeant(type, value)) return { ...about, state: 'absent', source: looked };
  return { ...about, state: 'left out', source: found.text, reason: READERS[type].flaw };
}

function isHashedType(type: TypeName): boolean {
  const { isHashed }: Reader = READERS[type];
  return isHashed === true;
}

/** Why less arrived than there was. */
function whyNotWhole(type: TypeName, value: unknown, arrived: unknown): string | undefined {
  if (type === 'url' && textOf(value) !== arrived) return 'without its query: there is personal data in it';
  const [given, sent] = [listOf(value).filter(isPresent).length, listOf(arrived).length];
  return isHashedType(type) && sent < given
    ? `${sent} of ${given} values: the others are the same, or ${READERS[type].flaw}`
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
    ownProperty(ownProperty(received, 'user'), field) === undefined ? [] : [label],
  );
