// What the values of an event are read with.
import { isProductEvent } from '../configuration/event-mappings';
import type { ParametersByGroup, Parameter } from '../configuration/parameter-mappings';
import type { Settings } from '../configuration/settings';
import type { Context } from '../parameters/readers';
import type { LeftOut, Reason } from '../parameters/reasons';
import type { OwnPhones } from '../privacy/own-phones';
import type { Fields } from '../tiktok/payload';
import { nonEmpty, textOf } from '../values/text';
import { readFields, readParameter } from './fields';

/** A context while it is in use, with what it noted. */
export interface Reading extends Context {
  phoneCountry: string | undefined;
  isLiteral: boolean;
  path: readonly string[];
  /** The place of the item of the contents that is being read. */
  item: number | undefined;
  /** Of the value that is being read: why it, or a part of it, is not sent. */
  readonly reasons: Reason[];
  readonly leftOut: LeftOut[];
}

/** @param now the time of handling in milliseconds. */
export function createReading(
  event: unknown,
  parameters: ParametersByGroup,
  settings: Settings,
  phones: OwnPhones,
  now: number,
): Reading {
  const reasons: Reason[] = [];
  const reading: Reading = {
    now,
    limitedDataUse: settings.limitedDataUse,
    phoneCountry: settings.defaultCountry,
    phones,
    isLiteral: false,
    path: [],
    item: undefined,
    reasons,
    leftOut: [],
    leaveOut: (reason) => reasons.push(reason),
    readItem: (item, index) => readContent(parameters.contents, item, index),
    readProduct(object) {
      const noted = reading.leftOut.length;
      const isOfEvent = reading.path.length <= 1;
      const contents = isOfEvent ? contentsOfEvent(parameters.contents, event) : parameters.contents;
      const fields = readContent(contents, object, 0);
      if (fields && 'content_id' in fields) return fields;
      reading.leftOut.length = noted;
      return undefined;
    },
    currency: () => lookUp(parameters.properties, 'currency'),
    addressCountry: () => lookUp(parameters.user, 'country')?.toUpperCase() ?? settings.defaultCountry,
  };

  function readContent(contents: readonly Parameter[], item: unknown, index: number): Fields | undefined {
    reading.item = index;
    const fields = readFields(contents, reading, item);
    reading.item = undefined;
    return fields;
  }

  /** What is sent in a field of the event. What it leaves out is noted when the field itself is read. */
  function lookUp(group: readonly Parameter[], field: string): string | undefined {
    const parameter = group.find((one) => one.field === field);
    if (parameter === undefined) return undefined;
    const aside: Reading = { ...reading, reasons: [], leftOut: [], leaveOut: () => undefined };
    return nonEmpty(textOf(readParameter(parameter, aside, event)));
  }

  const [phoneCountry] = parameters.phone;
  if (phoneCountry)
    reading.phoneCountry =
      nonEmpty(textOf(readParameter(phoneCountry, reading, event))) ?? settings.defaultCountry;
  return reading;
}

/** The parameters of a product that the event's own properties are. */
function contentsOfEvent(contents: readonly Parameter[], event: unknown): readonly Parameter[] {
  const isProduct = isProductEvent(event);
  return contents
    .filter(({ mayBePersons }) => isProduct || !mayBePersons)
    .map((parameter) => parameter.ofEvent ?? parameter);
}
