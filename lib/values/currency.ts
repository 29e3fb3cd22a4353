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

const DOLLARS =
  'ARS AUD BBD BMD BND BRL BSD BZD CAD CLP COP CUC CUP CVE DOP FJD GYD HKD JMD KYD LRD MOP MXN NAD NIO NZD SBD SGD SRD SVC TOP TTD TWD USD UYU WST XCD ZWG ZWL';
const POUNDS = 'EGP FKP GBP GIP LBP SDG SHP SSP SYP';
const RUPEES = 'INR LKR MUR NPR PKR SCR';

/**
 * The currencies that a sign may stand for: those of Unicode, and dollars with letters before them, in lower case.
 *
 * Unicode CLDR, "Number Symbols", narrow symbols: https://www.unicode.org/cldr/charts/latest/by_type/numbers.symbols.html
 */
export const CODES_BY_SIGN: Readonly<Partial<Record<string, string>>> = {
  $: DOLLARS,
  '¢': 'GHS',
  '£': POUNDS,
  '¥': 'CNY JPY',
  '﷼': 'IRR OMR QAR SAR YER',
  '€': 'EUR',
  '₹': 'INR',
  '₺': 'TRY',
  '₽': 'RUB',
  '₩': 'KRW',
  '₫': 'VND',
  '₪': 'ILS',
  '₦': 'NGN',
  '₱': 'PHP',
  '₴': 'UAH',
  '₸': 'KZT',
  '₼': 'AZN',
  '₾': 'GEL',
  '₲': 'PYG',
  '₡': 'CRC',
  '₵': 'GHS',
  '₮': 'MNT',
  '₭': 'LAK',
  '฿': 'THB',
  '৳': 'BDT',
  '֏': 'AMD',
  '؋': 'AFN',
  '៛': 'KHR',
  '₨': RUPEES,
  a$: 'AUD',
  au$: 'AUD',
  c$: 'CAD NIO',
  ca$: 'CAD',
  hk$: 'HKD',
  mx$: 'MXN',
  nt$: 'TWD',
  nz$: 'NZD',
  r$: 'BRL',
  rd$: 'DOP',
  s$: 'SGD SRD',
  tt$: 'TTD',
  u$: 'USD UYU',
  us$: 'USD',
};

/** Likewise, an abbreviation or a word in lower case; '' if it may stand for any currency. */
export const CODES_BY_WORD: Readonly<Partial<Record<string, string>>> = {
  u$d: 'USD',
  u$s: 'USD',
  'b/': 'PAB',
  bs: 'BOB VES',
  cfa: 'XAF XOF',
  dhs: 'AED MAD',
  din: '',
  fcfa: 'XAF XOF',
  fr: '',
  ft: 'HUF',
  kr: 'DKK ISK NOK SEK',
  ksh: 'KES',
  kč: 'CZK',
  lei: 'MDL RON',
  nis: 'ILS',
  r: '',
  rm: 'MYR',
  rmb: 'CNY',
  rp: 'IDR',
  rs: RUPEES,
  's/': 'PEN',
  sfr: 'CHF',
  tk: 'BDT',
  tl: 'TRY',
  tsh: 'TZS',
  ush: 'UGX',
  vnđ: 'VND',
  zł: 'PLN',
  đ: 'VND',
  грн: 'UAH',
  ден: 'MKD',
  // Also of these in many tables of shops.
  лв: 'BGN KGS KZT UZS',
  р: 'BYN RUB',
  руб: 'BYN RUB',
  тг: 'KZT',
  тенге: 'KZT',
  บาท: 'THB',
  'ש"ח': 'ILS',
  円: 'JPY',
  元: '',
  원: 'KRW',
  ریال: '',
  ريال: '',
  درهم: '',
  جنيه: '',
  دينار: '',
  baht: 'THB',
  dollar: DOLLARS,
  dollars: DOLLARS,
  euro: 'EUR',
  euros: 'EUR',
  kroner: 'DKK NOK',
  kronor: 'SEK',
  naira: 'NGN',
  peso: 'ARS CLP COP CUC CUP DOP MXN PHP UYU',
  pesos: 'ARS CLP COP CUC CUP DOP MXN PHP UYU',
  pound: POUNDS,
  pounds: POUNDS,
  reais: 'BRL',
  ringgit: 'MYR',
  rupees: RUPEES,
  rupiah: 'IDR',
  won: 'KRW',
  yen: 'JPY',
  yuan: 'CNY',
};
