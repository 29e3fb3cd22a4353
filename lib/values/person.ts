// Names and addresses of persons.
// TikTok, "Events API 2.0 parameters": https://business-api.tiktok.com/portal/docs?id=1771101151059969
import { lazyPattern } from './pattern';
import { decodeText, nonEmpty, textOf } from './text';

const NO_NAME = lazyPattern(String.raw`[^\p{L}\p{M}\s]+`, 'gu');
const NO_TOWN = lazyPattern(String.raw`[^\p{L}\p{M}\p{N}]+`, 'gu');
/** Spaces, dashes, Japan's mark of a postcode, and the quotes of a spreadsheet. */
const NO_POSTCODE = lazyPattern(String.raw`[\s\p{Pd}\u2212〒'"’]+`, 'gu');
const POSTCODE = lazyPattern(String.raw`^[\p{L}\p{N}]{2,12}$`, 'u');

/** Nobody's name or town is longer. */
const MAX_LENGTH = 200;

/** Composed, so that é is one letter however it was typed; wide characters are made plain, and escapes are read. */
const compose = (text: string): string => (text.length > MAX_LENGTH ? '' : decodeText(text).toLowerCase());

/** A name in lower case: letters of any script, and one space between words. */
export const normaliseName = (text: string): string | undefined =>
  nonEmpty(compose(text).replace(NO_NAME(), '').replace(/\s+/g, ' ').trim());

/** A town in lower case: letters of any script and digits. */
export const normaliseCity = (text: string): string | undefined =>
  nonEmpty(compose(text).replace(NO_TOWN(), ''));

/** A state or region likewise; in the US, its two letters: `undefined` for what is not one of its states. */
export function normaliseState(text: string, country: string | undefined): string | undefined {
  const state = normaliseCity(text);
  if (country !== 'US' || state === undefined) return state;
  // ISO 3166-2 writes `US-CA`.
  const letters = US_STATES.get(state) ?? state.replace(/^us/, '');
  return US_STATE_LETTERS.has(letters) ? letters : undefined;
}

/**
 * Two letters that ISO 3166-1 gives to nobody: those that a user may assign, such as XX and ZZ for an unknown country, but
 * for Kosovo's XK; and those of the European Union, the euro and the United Nations.
 */
const NO_COUNTRY = /aa|q[m-z]|x[a-jl-z]|zz|eu|ez|un/;

/** A country by its two letters (ISO 3166-1), lower-case: out of these, or of its English name. */
export function normaliseCountry(value: unknown): string | undefined {
  const text = compose(textOf(value));
  const name = nameKeyOf(text);
  // Two letters with dots between them are a name, such as U.S.: N.A. is not Namibia.
  const code = OTHER_NAMES.get(name) ?? (/^[a-z]{2}$/.test(text) ? text : codeOfCountry(name));
  return code !== undefined && NO_COUNTRY.test(code) ? undefined : code;
}

const MARKS = lazyPattern(String.raw`\p{M}+`, 'gu');

/** What is the same however the name is written: `The U.S.A.`, `Trinidad & Tobago`, `Saint Lucia`, `Côte d’Ivoire`. */
const nameKeyOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(MARKS(), '')
    .replace(/[.'’]/g, '')
    .replaceAll('&', 'and')
    .replace(/\bsaint(?= )/, 'st')
    .replace(/\s+/g, ' ')
    .replace(/^the /, '');

/** Names of countries that Unicode does not give them, or no longer: colloquial, former, and those of ISO 3166-1. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    uk: 'gb',
    'great britain': 'gb',
    'united kingdom of great britain and northern ireland': 'gb',
    us: 'us',
    usa: 'us',
    'united states of america': 'us',
    uae: 'ae',
    'bolivia, plurinational state of': 'bo',
    'brunei darussalam': 'bn',
    'cabo verde': 'cv',
    'dr congo': 'cd',
    'democratic republic of the congo': 'cd',
    'congo, the democratic republic of the': 'cd',
    'republic of the congo': 'cg',
    'ivory coast': 'ci',
    'czech republic': 'cz',
    'hong kong': 'hk',
    'hong kong sar': 'hk',
    'iran, islamic republic of': 'ir',
    'south korea': 'kr',
    'republic of korea': 'kr',
    'korea, republic of': 'kr',
    'lao peoples democratic republic': 'la',
    macao: 'mo',
    macau: 'mo',
    burma: 'mm',
    myanmar: 'mm',
    'moldova, republic of': 'md',
    macedonia: 'mk',
    holland: 'nl',
    palestine: 'ps',
    'palestine, state of': 'ps',
    'russian federation': 'ru',
    swaziland: 'sz',
    'syrian arab republic': 'sy',
    'taiwan, province of china': 'tw',
    'tanzania, united republic of': 'tz',
    turkey: 'tr',
    turkiye: 'tr',
    'holy see': 'va',
    'venezuela, bolivarian republic of': 've',
    'viet nam': 'vn',
  }),
);

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
    return name === undefined ? [] : [[nameKeyOf(compose(name)), region.toLowerCase()] as const];
  });
}

/** A postcode in lower case without spaces and dashes; in the US, its first five digits. */
export function normalisePostcode(text: string, country: string | undefined): string | undefined {
  const postcode = compose(text).replace(NO_POSTCODE(), '');
  if (country === 'US') return /^(\d{5})(?:\d{4})?$/.exec(postcode)?.[1];
  return POSTCODE().test(postcode) ? postcode : undefined;
}

/** USPS, "Publication 28", appendix B: states, districts, freely associated states and the armed forces, without spaces. */
const US_STATES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    alabama: 'al',
    alaska: 'ak',
    americansamoa: 'as',
    arizona: 'az',
    arkansas: 'ar',
    armedforcesamericas: 'aa',
    armedforceseurope: 'ae',
    armedforcespacific: 'ap',
    california: 'ca',
    colorado: 'co',
    connecticut: 'ct',
    delaware: 'de',
    districtofcolumbia: 'dc',
    federatedstatesofmicronesia: 'fm',
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
    marshallislands: 'mh',
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
    palau: 'pw',
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
const US_STATE_LETTERS: ReadonlySet<string> = new Set(US_STATES.values());
