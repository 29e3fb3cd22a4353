// Names and addresses of persons.
// TikTok, "Events API 2.0 parameters": https://business-api.tiktok.com/portal/docs?id=1771101151059969
import { lazyPattern } from './pattern';
import { nonEmpty, normalise, textOf } from './text';

const NO_NAME = lazyPattern(String.raw`[^\p{L}\p{M}\s]+`, 'gu');
const NO_TOWN = lazyPattern(String.raw`[^\p{L}\p{M}\p{N}]+`, 'gu');
const NO_POSTCODE = lazyPattern(String.raw`[\s\p{Pd}\u2212〒]+`, 'gu');
const POSTCODE = lazyPattern(String.raw`^[\p{L}\p{N}]{2,12}$`, 'u');

/** Nobody's name or town is longer. */
const MAX_LENGTH = 200;

/** Composed, so that é is one letter however it was typed; wide characters are made plain. */
const compose = (text: string): string => (text.length > MAX_LENGTH ? '' : normalise(text).toLowerCase());

/** A name in lower case: letters of any script, and one space between words. */
export const normaliseName = (text: string): string | undefined =>
  nonEmpty(compose(text).replace(NO_NAME(), '').replace(/\s+/g, ' ').trim());

/** A town in lower case: letters of any script and digits. */
export const normaliseCity = (text: string): string | undefined =>
  nonEmpty(compose(text).replace(NO_TOWN(), ''));

/** A state or region likewise; in the US, its two letters. */
export function normaliseState(text: string, country: string | undefined): string | undefined {
  const state = normaliseCity(text);
  if (country !== 'US' || state === undefined) return state;
  // ISO 3166-2 writes `US-CA`.
  return US_STATES.get(state) ?? state.replace(/^us(?=[a-z]{2}$)/, '');
}

/** A country by its two letters (ISO 3166-1), lower-case: out of these, or of its English name. */
export function normaliseCountry(value: unknown): string | undefined {
  const country = compose(textOf(value));
  return OTHER_NAMES.get(country) ?? (/^[a-z]{2}$/.test(country) ? country : codeOfCountry(country));
}

/** Names of countries that Unicode does not give them. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['uk', 'gb'],
  ['great britain', 'gb'],
  ['usa', 'us'],
  ['united states of america', 'us'],
]);

// Made when it is first needed: most events give two letters.
let codesByName: ReadonlyMap<string, string> | undefined;

/** The two letters of a country by its English name, both lower-case. */
function codeOfCountry(name: string): string | undefined {
  codesByName ??= new Map(namedCountries());
  return codesByName.get(name);
}

const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');

/** The names of all countries with their two letters. Of a country with an old code, such as DD, it is today's. */
function namedCountries(): readonly (readonly [name: string, code: string])[] {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
  return codes.flatMap((code) => {
    const name = names.of(code);
    const { region = code } = new Intl.Locale('und', { region: code });
    return name === undefined ? [] : [[compose(name), region.toLowerCase()] as const];
  });
}

/** A postcode in lower case without spaces and dashes; in the US, its first five digits. */
export function normalisePostcode(text: string, country: string | undefined): string | undefined {
  const postcode = compose(text).replace(NO_POSTCODE(), '');
  if (country === 'US') return /^(\d{5})(?:\d{4})?$/.exec(postcode)?.[1];
  return POSTCODE().test(postcode) ? postcode : undefined;
}

/** USPS, "Publication 28", appendix B: states and districts, without spaces. */
const US_STATES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    alabama: 'al',
    alaska: 'ak',
    americansamoa: 'as',
    arizona: 'az',
    arkansas: 'ar',
    california: 'ca',
    colorado: 'co',
    connecticut: 'ct',
    delaware: 'de',
    districtofcolumbia: 'dc',
    florida: 'fl',
    georgia: 'ga',
    guam: 'gu',
    hawaii: 'hi',
    idaho: 'id',
    illinois: 'il',
    indiana: 'in',
    iowa: 'ia',
    kansas: 'ks',
    kentucky: 'ky',
    louisiana: 'la',
    maine: 'me',
    maryland: 'md',
    massachusetts: 'ma',
    michigan: 'mi',
    minnesota: 'mn',
    mississippi: 'ms',
    missouri: 'mo',
    montana: 'mt',
    nebraska: 'ne',
    nevada: 'nv',
    newhampshire: 'nh',
    newjersey: 'nj',
    newmexico: 'nm',
    newyork: 'ny',
    northcarolina: 'nc',
    northdakota: 'nd',
    northernmarianaislands: 'mp',
    ohio: 'oh',
    oklahoma: 'ok',
    oregon: 'or',
    pennsylvania: 'pa',
    puertorico: 'pr',
    rhodeisland: 'ri',
    southcarolina: 'sc',
    southdakota: 'sd',
    tennessee: 'tn',
    texas: 'tx',
    utah: 'ut',
    vermont: 'vt',
    virginia: 'va',
    virginislands: 'vi',
    usvirginislands: 'vi',
    washington: 'wa',
    washingtondc: 'dc',
    westvirginia: 'wv',
    wisconsin: 'wi',
    wyoming: 'wy',
  }),
);
