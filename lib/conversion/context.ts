// What the values of an event are read with.
import { isProductEvent } from '../configuration/event-mappings';
import type { Parameter, ParametersByGroup } from '../configuration/parameter-mappings';
import type { Settings } from '../configuration/settings';
import type { Context } from '../parameters/readers';
import type { LeftOut, Reason } from '../parameters/reasons';
import type { OwnPhones } from '../privacy/own-phones';
import type { Fields } from '../tiktok/payload';
import { nonEmpty, textOf } from '../values/text';
import { readFields, readParameter } from './fields';

/** A context while it is in use, with what it noted. */
export class Reading implements Context {
  isLiteral = false;
  path: readonly string[] = NO_PATH;
  /** The place of the item of the contents that is being read. */
  item: number | undefined = undefined;
  /** Of the value that is being read: why it, or a part of it, is not sent. */
  readonly reasons: Reason[] = [];
  readonly leftOut: LeftOut[] = [];
  readonly phoneCountry: string | undefined;

  /** @param now the time of handling in milliseconds. */
  constructor(
    private readonly event: unknown,
    private readonly parameters: ParametersByGroup,
    private readonly settings: Settings,
    readonly phones: OwnPhones,
    readonly now: number,
  ) {
    const [phoneCountry] = parameters.phone;
    this.phoneCountry = phoneCountry ? this.readCountry(phoneCountry, this) : settings.defaultCountry;
  }

  get limitedDataUse(): boolean | undefined {
    return this.settings.limitedDataUse;
  }

  leaveOut(reason: Reason): void {
    this.reasons.push(reason);
  }

  readItem(item: unknown, index: number): Fields | undefined {
    return this.readContent(this.parameters.contents, item, index);
  }

  readProduct(object: unknown): Fields | undefined {
    const noted = this.leftOut.length;
    const isOfEvent = this.path.length <= 1;
    const { contents } = this.parameters;
    const fields = this.readContent(isOfEvent ? contentsOfEvent(contents, this.event) : contents, object, 0);
    if (fields && 'content_id' in fields) return fields;
    // Without an ID that can be sent, it need not be a product: then nothing else of it is worth a word.
    const ofId = this.leftOut.splice(noted).filter(({ parameter }) => parameter === CONTENT_ID);
    this.leftOut.push(...ofId);
    return undefined;
  }

  currency(): string | undefined {
    return this.lookUp(this.parameters.properties, 'currency');
  }

  addressCountry(): string | undefined {
    const country = this.parameters.user.find(({ field }) => field === 'country');
    return country ? this.readCountry(country, this.createLookUp()) : this.settings.defaultCountry;
  }

  hasAddressCountry(): boolean {
    return this.lookUp(this.parameters.user, 'country') !== undefined;
  }

  /** The country that the event gives, or Default Country if it gives none; no country if it gives one that cannot be read. */
  private readCountry(parameter: Parameter, reading: Reading): string | undefined {
    const country = nonEmpty(textOf(readParameter(parameter, reading, this.event)));
    if (country !== undefined) return country.toUpperCase();
    const isUnreadable = reading.leftOut.some(
      ({ parameter: name, reason }) => name === parameter.name && reason === 'invalid',
    );
    return isUnreadable ? undefined : this.settings.defaultCountry;
  }

  private readContent(contents: readonly Parameter[], item: unknown, index: number): Fields | undefined {
    this.item = index;
    const fields = readFields(contents, this, item);
    this.item = undefined;
    return fields;
  }

  /** What is sent in a field of the event. What it leaves out is noted when the field itself is read. */
  private lookUp(group: readonly Parameter[], field: string): string | undefined {
    const parameter = group.find((one) => one.field === field);
    if (parameter === undefined) return undefined;
    return nonEmpty(textOf(readParameter(parameter, this.createLookUp(), this.event)));
  }

  private createLookUp(): Reading {
    return new LookUp(this.event, this.parameters, this.settings, this.phones, this.now);
  }
}

/** A reading of one field, for another one. */
class LookUp extends Reading {
  /** The currency may be read out of an amount itself. */
  override currency(): undefined {
    return undefined;
  }
}

const NO_PATH: readonly string[] = [];
const CONTENT_ID = 'properties.contents.content_id';

/** The parameters of a product that the event's own properties are. */
function contentsOfEvent(contents: readonly Parameter[], event: unknown): readonly Parameter[] {
  const isProduct = isProductEvent(event);
  return contents
    .filter(({ mayBePersons }) => isProduct || !mayBePersons)
    .map((parameter) => parameter.ofEvent ?? parameter);
}
