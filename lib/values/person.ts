// Names and addresses of persons.
// TikTok, "Events API 2.0 parameters": https://business-api.tiktok.com/portal/docs?id=1771101151059969
import { lazyPattern } from './pattern';
import { decodeText, ifMatches, nonEmpty, textOf } from './text';

const NO_NAME = lazyPattern(String.raw`[^\p{L}\p{M}\s]+`, 'gu');
const NO_TOWN = lazyPattern(String.raw`[^\p{L}\p{M}\p{N}]+`, 'gu');
/** Spaces, dashes, Japan's mark of a postcode, and the quotes of a spreadsheet. */
const NO_POSTCODE = lazyPattern(String.raw`[\s\p{Pd}\u2212〒'"’]+`, 'gu');
const POSTCODE = lazyPattern(String.raw`^[\p{L}\p{N}]{2,12}$`, 'u');

/** Nobody's name or town is longer. */
const MAX_LENGTH = 200;

/** Composed, so that é is one letter however it was typed; wide characters are made plain, and escapes are read. */
const compose = (text: string): string => (text.length > MAX_LENGTH ? '' : decodeText(text).toLowerCase());

/** A name in lower case: letters of any script, and one space between words. An email address is not one. */
export function normaliseName(text: string): string | undefined {
  const composed = compose(text);
  if (composed.includes('@')) return undefined;
  return nonEmpty(composed.replace(NO_NAME(), '').replace(/\s+/g, ' ').trim());
}

/** A town in lower case: letters of any script and digits. */
export const normaliseCity = (text: string): string | undefined =>
  nonEmpty(compose(text).replace(NO_TOWN(), ''));

/** A state or region likewise; in the US, its two letters: `undefined` for what is not one of its states. */
export function normaliseState(text: string, country: string | undefined): string | undefined {
  // ISO 3166-2 writes `US-CA` and `DE-BY`; in the US, people also write `US CA`.
  const prefix = country && `${country.toLowerCase()}-`;
  const state = normaliseCity(prefix && text.startsWith(prefix) ? text.slice(prefix.length) : text);
  if (country !== 'US' || state === undefined) return state;
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
  const code = codeOf(text) ?? codeOfListedName(text);
  return code !== undefined && NO_COUNTRY.test(code) ? undefined : code;
}

/** Two letters with dots between them are a name, such as U.S.: N.A. is not Namibia. */
const codeOf = (text: string): string | undefined =>
  OTHER_NAMES.get(text) ?? (/^[a-z]{2}$/.test(text) ? text : codeOfName(nameKeyOf(text)));

/** `Korea, Republic of`, `Virgin Islands (British)`: the second part is said first. */
const TURNED_ROUND = /([^,([]+)[,([](.+?)[)\]]?$/;
/** `United States (US)`, `DE - Germany`. */
const BETWEEN_NAMES = /[,()[\]]| - /;
/** `Islamic Republic of Iran`; that of China is Taiwan, or the People's. */
const OFFICIAL = /(?:[a-z]+ )?(?:republic|kingdom) of (?!china)/;

/** A country by a name as lists of countries have them, also with its code beside it, or by its official name. */
function codeOfListedName(text: string): string | undefined {
  const key = nameKeyOf(text.replace(TURNED_ROUND, '$2 $1'));
  const parts = text.split(BETWEEN_NAMES).map((part) => part.trim());
  const [code, ...others] = parts.filter((part) => part !== '').map((part) => codeOf(part));
  const isSaidTwice = others.length > 0 && others.every((other) => other === code);
  return codeOfName(key) ?? (isSaidTwice ? code : codeOfName(key.replace(OFFICIAL, '')));
}

const MARKS = lazyPattern(String.raw`\p{M}+`, 'gu');

/** What is the same however the name is written: `The U.S.A.`, `Trinidad & Tobago`, `Saint Lucia`, `Côte d’Ivoire`. */
const nameKeyOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(MARKS(), '')
    .replace(/[.'’]/g, '')
    .replaceAll('&', 'and')
    .replace(/[-,()[\]/]/g, ' ')
    .replace(/\bsaint(?= )/g, 'st')
    .replace(/\bthe\b/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** Names of countries that Unicode does not give them, or no longer: colloquial, former, and those of ISO 3166-1. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ uk: 'gb', 'great britain': 'gb', britain: 'gb' },
    'united kingdom of great britain and northern ireland': 'gb',
    ...{ england: 'gb', scotland: 'gb', wales: 'gb', 'northern ireland': 'gb' },
    us: 'us',
    usa: 'us',
    'united states of america': 'us',
    uae: 'ae',
    'plurinational state of bolivia': 'bo',
    'bonaire sint eustatius and saba': 'bq',
    'bonaire st eustatius and saba': 'bq',
    bosnia: 'ba',
    'brunei darussalam': 'bn',
    'cabo verde': 'cv',
    'peoples republic of china': 'cn',
    'mainland china': 'cn',
    'dr congo': 'cd',
    'democratic republic of congo': 'cd',
    'republic of congo': 'cg',
    'ivory coast': 'ci',
    'czech republic': 'cz',
    'east timor': 'tl',
    'falkland islands malvinas': 'fk',
    'faeroe islands': 'fo',
    'heard island and mcdonald islands': 'hm',
    'hong kong': 'hk',
    'hong kong sar': 'hk',
    'south korea': 'kr',
    'republic of korea': 'kr',
    'democratic peoples republic of korea': 'kp',
    'lao peoples democratic republic': 'la',
    'libyan arab jamahiriya': 'ly',
    macao: 'mo',
    macau: 'mo',
    'macao sar': 'mo',
    'federated states of micronesia': 'fm',
    burma: 'mm',
    myanmar: 'mm',
    macedonia: 'mk',
    'former yugoslav republic of macedonia': 'mk',
    holland: 'nl',
    palestine: 'ps',
    'state of palestine': 'ps',
    'palestinian territory': 'ps',
    'occupied palestinian territory': 'ps',
    belau: 'pw',
    pitcairn: 'pn',
    'russian federation': 'ru',
    'st helena ascension and tristan da cunha': 'sh',
    'st martin french part': 'mf',
    'st martin dutch part': 'sx',
    'sint maarten dutch part': 'sx',
    ksa: 'sa',
    swaziland: 'sz',
    'syrian arab republic': 'sy',
    'taiwan province of china': 'tw',
    trinidad: 'tt',
    turkey: 'tr',
    turkiye: 'tr',
    vatican: 'va',
    'holy see': 'va',
    'vatican city state': 'va',
    'viet nam': 'vn',
  }),
);

// Made when it is first needed: most events give two letters.
let codesByName: ReadonlyMap<string, string> | undefined;

/** The two letters of a country by its English name, as {@link nameKeyOf} has it. */
function codeOfName(name: string): string | undefined {
  codesByName ??= new Map([...namedCountries(), ...OTHER_NAMES]);
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

/** A spreadsheet makes `94103.0` of a number, and Facebook's export of leads `z:94103`, so that it does not. */
const OF_EXPORT = /^z:|(?<=^\d+)\.0+$/;

/**
 * Countries by how many digits their postcodes have, if these are of nothing else.
 *
 * UPU, "Universal POST*CODE DataBase", postal addressing systems: https://www.upu.int/en/postal-solutions/programmes-services/addressing-solutions
 */
const COUNTRIES_BY_DIGITS: readonly (readonly [digits: number, countries: readonly string[]])[] = [
  [4, ['AT', 'AU', 'BE', 'BG', 'CH', 'DK', 'HU', 'NO', 'NZ', 'SI', 'ZA']],
  [5, ['CZ', 'DE', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'IT', 'KR', 'MX', 'MY', 'PL', 'SE', 'SK', 'TH', 'TR']],
  [6, ['CN', 'IN', 'RO', 'RU', 'SG']],
  [7, ['JP']],
  [8, ['BR']],
];
/** Behind the letters of its country, as on a letter from abroad: `D-10115`, `CH-8000`. */
const LETTERS_AND_DIGITS = /^([a-z]{0,2})(\d+)$/;

/**
 * A postcode in lower case without spaces and dashes; in the US, its first five digits; in a country whose postcodes are
 * digits only, all of these: a spreadsheet leaves out the first if it is 0.
 *
 * @param isOwnCountry whether the country is the event's own, so that no other one's postcode is expected.
 */
export function normalisePostcode(
  text: string,
  country: string | undefined,
  isOwnCountry: boolean,
): string | undefined {
  const postcode = compose(text).replace(OF_EXPORT, '').replace(NO_POSTCODE(), '');
  if (country === 'US') return /^(\d{5})(?:\d{4})?$/.exec(postcode)?.[1];
  const length = isOwnCountry && country ? digitsOfPostcode(country) : undefined;
  if (length === undefined) return ifMatches(postcode, POSTCODE());
  const [, letters = '', digits] = LETTERS_AND_DIGITS.exec(postcode) ?? [];
  return digits?.length === length && country?.toLowerCase().startsWith(letters) ? digits : undefined;
}

const digitsOfPostcode = (country: string): number | undefined =>
  COUNTRIES_BY_DIGITS.find(([, countries]) => countries.includes(country))?.[0];

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
