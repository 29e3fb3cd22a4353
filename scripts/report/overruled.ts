// Fixed values of Parameter Mappings that are sent, although the event itself says something else.
import { parseExpression, type Expression } from '../../lib/configuration/expression';
import type { Plan } from '../../lib/configuration/plan';
import { readSource } from '../../lib/configuration/read-source';
import { PARAMETERS } from '../../lib/parameters/parameters';
import { isFailure } from '../../lib/result';
import { currencyOf } from '../../lib/values/currency';
import { isPlaceholder } from '../../lib/values/placeholder';
import { textOf } from '../../lib/values/text';
import type { Examined } from './examine';
import { sentFrom } from './source';

/** A fixed value that was sent. */
export interface Overruled {
  readonly parameter: string;
  /** The literal. */
  readonly sent: string;
  /** Where the event says something else. */
  readonly source: string;
}

/** Of an amount in another currency, everything that is counted is wrong. Other fixed values may well be meant. */
const PARAMETER = 'properties.currency';

/** Where the currency stands unless it is mapped. */
const DEFAULT = readDefault();

function readDefault(): Expression {
  const expression = parseExpression(PARAMETERS.properties.currency.from, 'event');
  if (isFailure(expression)) throw new TypeError(`The default source of ${PARAMETER} cannot be parsed`);
  return expression;
}

/** @param examined an event that was delivered. Nothing that is found is masked. */
export const findOverruled = (examined: Examined): readonly Overruled[] => [
  ...new Map(
    examined.plans.flatMap((plan) => findOf(plan, examined)).map((one) => [JSON.stringify(one), one]),
  ).values(),
];

function findOf({ parameters }: Plan, { event, converted }: Examined): readonly Overruled[] {
  const parameter = parameters.properties.find(({ name }) => name === PARAMETER);
  // Almost none has a fixed value.
  if (!parameter?.expression.some(({ kind }) => kind === 'literal')) return [];
  const sent = sentFrom(parameter, event, converted?.leftOut ?? []);
  if (sent?.source.kind !== 'literal') return [];
  const currency = currencyOf(sent.value);
  const other = [...parameter.expression, ...DEFAULT].find((source) => {
    if (source.kind === 'literal') return false;
    const text = textOf(readSource(source, event, parameter.type));
    return text !== '' && !isPlaceholder(text) && currencyOf(text) !== currency;
  });
  return other === undefined ? [] : [{ parameter: PARAMETER, sent: sent.source.text, source: other.text }];
}
