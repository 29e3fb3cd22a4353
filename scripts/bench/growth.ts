// How the cost of a text grows with its length, whatever it consists of and wherever it comes from: each doubling may
// cost at most 2.5 times as much. A pattern or a normalisation that takes the square of the length would cost 4 times.
import { createGlobals } from '../local/segment/globals';
import { handlerOf, loadFunction } from '../local/segment/load';
import type { Progress } from '../cli/progress';
import type { Effort } from './compare';
import { ACCEPTED, answerWith, SETTINGS } from './workload';

/** How many times as much a doubling may cost. */
export const MAX_RATIO = 2.5;
/** Characters of the texts: enough for a square to outweigh all else, and less than the bound of any text. */
const LENGTHS = [2048, 4096, 8192];
/** Milliseconds of the processor that are measured at once, at least: a shorter time is mostly noise. */
const MIN_MILLISECONDS = 1;
/** How many more rounds are measured of a text that seems too slow, before that is believed. */
const MAX_DOUBTS = 30;

/** Every class of characters that a pattern or a normalisation treats in its own way, and mixtures of them. */
export const CLASSES: Readonly<Record<string, string>> = {
  letters: 'a',
  'capital letters': 'A',
  'letters with marks': 'é',
  'letters that become many': 'ﷺ',
  ideographs: '山',
  syllables: '각',
  digits: '1',
  zeros: '0',
  'Arabic digits': '٣',
  'Devanagari digits': '३',
  'full-width digits': '１',
  'digits and a letter': '1234567x',
  'digits and gaps': '1 ',
  marks: '\u0301',
  'marks in disorder': '\u0345\u0300\u0316',
  'half-width marks': '\uff9e\u0345',
  spaces: ' ',
  'line breaks': '\n',
  'no-break spaces': '\u00a0',
  'zero-width spaces': '\u200b',
  'soft hyphens': '\u00ad',
  'direction marks': '\u200f',
  tags: '\u{e0041}',
  'control characters': '\u0001',
  'lone surrogates': '\ud800',
  emoji: '😀',
  '@': '@',
  'a@': 'a@',
  'a@a.': 'a@a.',
  'full-width @': '＠',
  dots: '.',
  'ideographic full stops': '。',
  commas: ',',
  colons: ': ',
  slashes: '/',
  dashes: '-',
  underscores: '_',
  '%': '%',
  'escaped %': '%25',
  'escapes that are not UTF-8': '%E9',
  '+': '+',
  '+1': '+1',
  'phone numbers': '+14155550100 ',
  'possible phone numbers': '+3012 ',
  'zeros of a country code': '00 4',
  'quotation marks': '"',
  apostrophes: "'",
  'typographic apostrophes': '’',
  'round brackets': '(',
  'zeros in brackets': '(0)',
  'square brackets': '[',
  'closed brackets': '[0]',
  'curly brackets': '{',
  backslashes: '\\',
  'question marks': '??',
  'paths with ??': 'properties.email ?? ',
  'signs of a query': '?a=&',
  'ttclid=': '&ttclid=',
  extensions: ' ext ',
  'currency signs': '€',
  'cards in groups': '4111 ',
};

/** The text of a class, of a length. Marks are sorted by their kind: they are not in order, and so must be moved. */
export const textOf = (unit: string, length: number): string =>
  unit.length > 1 && /^\p{M}+$/u.test(unit)
    ? Array.from(unit, (mark) => mark.repeat(length / unit.length)).join('')
    : unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

/** A call of the function: an event, settings, and what TikTok answers. */
interface Call {
  readonly event: unknown;
  readonly settings?: object;
  readonly answer?: string;
}

const IDENTIFIED = { traits: { email: 'customer-1@example.com' } };
const EVENT = { type: 'track', event: 'Order Completed', context: IDENTIFIED };

/** Where a text comes from, and the calls in which it comes. */
export const PLACES: Readonly<Record<string, (text: string) => readonly Call[]>> = {
  'an event': (text) => {
    const withText = (...names: readonly string[]) =>
      Object.fromEntries(names.map((name): [string, unknown] => [name, text]));
    const ids = ['order_id', 'shop_id', 'ttclid', 'ttp', 'lead_id'];
    const amounts = ['value', 'revenue', 'currency'];
    const words = ['email', 'phone', 'query', 'content_type', 'limited_data_use', 'text'];
    const products = [withText('product_id', 'name', 'category', 'brand', 'price', 'quantity')];
    const event = {
      ...EVENT,
      ...withText('messageId', 'userId', 'timestamp'),
      originalTimestamp: '2026-11-20T10:15:00.000Z',
      properties: { ...withText(...ids, ...amounts, ...words), products },
      context: {
        ...IDENTIFIED,
        ...withText('ip', 'locale', 'userAgent'),
        page: withText('url', 'referrer', 'search'),
      },
    };
    const person = ['user.first_name', 'user.zip_code', 'user.city', 'user.state', 'user.country'];
    const mapped = [...person, 'user.phone.country', 'properties.description', 'properties.own'];
    const parameterMappings = {
      ...Object.fromEntries(mapped.map((name) => [name, 'properties.text'])),
      'properties.filled': '"{{properties.text}}-{{properties.text}}"',
      'properties.multiplied': 'properties.text * 2',
      'properties.negated': '!properties.text',
      'properties.content_ids': 'properties.text[]',
    };
    return [
      { event, settings: { parameterMappings } },
      { event: { ...EVENT, event: text } },
      { event: { ...EVENT, context: {}, properties: { email: text, phone: [text, text] } } },
      { event: { ...EVENT, properties: { products: text } } },
    ];
  },
  'a settings text': (text) => [
    {
      event: EVENT,
      settings: { testEventCode: text, defaultCountry: text, limitedDataUse: text, eventSource: text },
    },
    {
      event: EVENT,
      settings: {
        eventMappings: {
          [text]: text,
          'Order Completed': `Purchase, ${text}`,
          Placed: `Purchase if ${text}`,
        },
        parameterMappings: {
          [text]: text,
          [`${text}: user.email`]: text,
          [`properties.${text}`]: text,
          'properties.a': `properties.${text}`,
          'properties.b': `"${text}"`,
          'properties.c': `properties["${text}"]`,
          'properties.d': `properties.x ?? ${text}`,
          'properties.e': `"{{properties.${text}}}"`,
          'properties.f': `properties.x[y="${text}"].z`,
          'properties.g': `properties.x / ${text}`,
          'properties.h': `!properties.${text}`,
        },
      },
    },
    {
      event: { ...EVENT, context: {} },
      settings: { parameterMappings: { 'user.email': `event ?? ${text}type` } },
    },
    { event: EVENT, settings: { eventMappings: { 'Order Completed': text } } },
  ],
  "TikTok's answer": (text) => [
    { event: EVENT, answer: text },
    { event: EVENT, answer: `{"code":${text}` },
    { event: EVENT, answer: JSON.stringify({ code: 40002, message: text, request_id: text }) },
    { event: EVENT, answer: JSON.stringify({ code: 40105, message: `data[0].${text}`, data: [text] }) },
  ],
};

/** What a cost is read from. */
interface Meter {
  /** What everything has cost so far, in milliseconds. */
  readonly read: () => number;
  /** Globals that the function has besides. */
  readonly globals?: Readonly<Record<string, unknown>>;
}

/** Time of the processor, which is the same however busy the machine is. */
const PROCESSOR: Meter = {
  read() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

/** What the doublings of a text cost. */
export interface Growth {
  readonly place: string;
  readonly characters: string;
  /** The cost of the longest text, in microseconds of the processor. */
  readonly microseconds: number;
  /** The largest cost of a doubling, as a multiple. */
  readonly ratio: number;
}

/** Those whose doubling costs too much. */
export const tooSteep = (growths: readonly Growth[]): readonly Growth[] =>
  growths.filter(({ ratio }) => !(ratio <= MAX_RATIO));

/** Measures every class of characters in every place. */
export async function measureGrowth(
  code: string,
  { rounds }: Pick<Effort, 'rounds'>,
  progress: Progress,
  classes: Readonly<Record<string, string>> = CLASSES,
  meter = PROCESSOR,
): Promise<readonly Growth[]> {
  const call = load(code, meter);
  const growths: Growth[] = [];
  const places = Object.entries(PLACES);
  const texts = Object.entries(classes);
  for (const [place, callsOf] of places)
    for (const [characters, unit] of texts) {
      progress(growths.length / (places.length * texts.length));
      const runs = LENGTHS.map((length) => {
        const calls = callsOf(textOf(unit, length)).map((one) => call(one));
        return async () => {
          for (const run of calls) await run();
        };
      });
      const costs = await compareLengths(runs, Math.max(3, Math.min(rounds, 7)), meter);
      growths.push({ place, characters, ...costs });
    }
  return growths;
}

/** Compares the least times of interleaved rounds: whatever else the machine does only adds to a time. */
async function compareLengths(
  runs: readonly (() => Promise<void>)[],
  rounds: number,
  meter: Meter,
): Promise<Pick<Growth, 'microseconds' | 'ratio'>> {
  const least = runs.map(() => Infinity);
  const measureAll = async () => {
    for (const [index, run] of runs.entries())
      least[index] = Math.min(least[index] ?? Infinity, await costOf(run, meter));
  };
  const ratio = () => Math.max(...least.slice(1).map((time, index) => time / (least[index] ?? NaN)));
  for (let round = 0; round < rounds; round += 1) await measureAll();
  for (let doubt = 0; doubt < MAX_DOUBTS && !(ratio() <= MAX_RATIO); doubt += 1) await measureAll();
  return { microseconds: (least.at(-1) ?? NaN) * 1000, ratio: ratio() };
}

/** Milliseconds for a run, over as many as cost enough. */
async function costOf(run: () => Promise<void>, { read }: Meter): Promise<number> {
  const before = read();
  for (let count = 1; ; count += 1) {
    await run();
    const milliseconds = read() - before;
    if (milliseconds >= MIN_MILLISECONDS) return milliseconds / count;
  }
}

/** Loads the function with a TikTok that answers at once. */
function load(code: string, { globals = {} }: Meter): (call: Call) => () => Promise<void> {
  let answer = ACCEPTED;
  const loaded = loadFunction(code, {
    ...createGlobals(),
    fetch: () => answerWith(answer),
    setTimeout: () => 0,
    clearTimeout: () => undefined,
    ...globals,
  });
  const handle = handlerOf(loaded, 'onTrack');
  return ({ event, settings, answer: given = ACCEPTED }) => {
    const [ownEvent, ownSettings] = [event, { ...SETTINGS, ...settings }].map((value) =>
      loaded.parse(JSON.stringify(value)),
    );
    return async () => {
      answer = given;
      try {
        await handle(ownEvent, ownSettings);
      } catch {
        // What happens to the event does not matter.
      }
    };
  };
}
