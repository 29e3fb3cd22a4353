// Example phone numbers, written as the numbers that they stand for.
import examples from 'libphonenumber-js/mobile/examples';
import { getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js';
import { normalisePhone } from '../../../lib/values/phone';

/** Digits of a number, without what is dialled before its calling code. */
export const digitsOf = (text: string): string => text.replace(/\D/g, '').replace(/^00/, '');

/**
 * An example for a valid phone number: of the series that is reserved for fiction in North America, or, for a number that
 * is written without its `+`, libphonenumber's example of its country. `undefined` if the number is not valid.
 *
 * @param country of numbers without a calling code.
 * @param number counts from 1.
 */
export function examplePhone(text: string, country: string | undefined, number: number): string | undefined {
  const valid = normalisePhone(text, country);
  if (valid === undefined) return undefined;
  const last = String((number - 1) % 100).padStart(2, '0');
  const fictional = `+1 415 555 01${last}`;
  if (/^\s*\(?00|\+/.test(text)) return fictional;

  const hasCallingCode = digitsOf(text) === digitsOf(valid);
  const { country: own, countryCallingCode } = parsePhoneNumberFromString(valid) ?? {};
  if (countryCallingCode === '1') return hasCallingCode ? digitsOf(fictional) : `(415) 555-01${last}`;
  const example = own && getExampleNumber(own, examples);
  // There is one for each country.
  if (example === undefined || number > 1) return fictional;
  return hasCallingCode ? digitsOf(example.number) : example.formatNational();
}
