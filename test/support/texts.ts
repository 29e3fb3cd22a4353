// Texts as they really come, with personal data in them and without, and how many of each are taken for personal.
import { OwnPhones } from '../../lib/privacy/own-phones';
import { isPersonal, PHONE_OF_EXAMPLES, type Place } from '../../lib/privacy/personal-data';
import harmless from '../cases/harmless-texts.json';
import personal from '../cases/personal-texts.json';

/** A text, what is in it, and what stands at the event's phone source. */
export interface Text {
  readonly kind: string;
  readonly text: string;
  readonly phone?: string;
}

export const PERSONAL: readonly Text[] = personal;
export const HARMLESS: readonly Text[] = harmless;

/** What is looked for of a value at a phone source. */
export function phonesOf(value: unknown = PHONE_OF_EXAMPLES): OwnPhones {
  const phones = new OwnPhones();
  phones.collect(value);
  return phones;
}

export const isFound = ({ text, phone }: Text, place: Place): boolean =>
  isPersonal(text, phonesOf(phone), place);

/** How many of the texts are taken for personal, and a line that says so. */
export function rateOf(
  title: string,
  texts: readonly Text[],
): { readonly rate: number; readonly line: string } {
  const found = texts.filter((text) => isFound(text, 'free text')).length;
  const rate = found / texts.length;
  return { rate, line: `${title}: ${found} of ${texts.length} (${(100 * rate).toFixed(1)} %)` };
}
