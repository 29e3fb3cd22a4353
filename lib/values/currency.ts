// Currencies.
import { normalise, textOf } from './text';

// Made when it is first needed: not every event has a currency, and loading the function should cost nothing.
let codes: ReadonlySet<string> | undefined;

/** An ISO 4217 code in upper case. */
export function currencyOf(value: unknown): string | undefined {
  const code = normalise(textOf(value)).toUpperCase();
  codes ??= new Set(Intl.supportedValuesOf('currency'));
  return codes.has(code) ? code : undefined;
}
