// Finding the bad events of a refused request: what is sent next, and that every event is decided once.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Outcome } from '../../lib/outcome';
import { limitParallel } from '../../lib/scheduler';
import { FULL_TRUST, nextStep, sendUntilDecided, type Trust } from '../../lib/splitting';
import { judge, type Verdict } from '../../lib/tiktok/answer';

/** An event; its text is what TikTok may echo. */
interface TestEvent {
  readonly id: number;
  readonly isBad: boolean;
  readonly text: string;
}

const verdictOf = (code: number, message = 'not valid'): Verdict =>
  judge({ status: 200, body: JSON.stringify({ code, message, request_id: 'r' }) }, 'token');
const SETTINGS_WORDS = 'event_source_id: not valid';

const makeEvents = (
  count: number,
  bad: readonly number[],
  text: (id: number) => string = () => '',
): readonly TestEvent[] =>
  Array.from({ length: count }, (_, id) => ({ id, isBad: bad.includes(id), text: text(id) }));

describe('what follows from a verdict', () => {
  const events = makeEvents(20, [3]);
  const trusting = (change: Partial<Trust> = {}): Trust => ({ ...FULL_TRUST, ...change });
  const idsOf = (part: readonly TestEvent[]) => part.map(({ id }) => id);

  test.each([0, 40001, 40016, 40100, 40105, 40132, 40133, 50000, 12345])(
    'code %i holds for each event',
    (code) => {
      expect(nextStep(events, verdictOf(code, 'data[3]'), FULL_TRUST)).toEqual({ kind: 'conclude' });
    },
  );

  test.each([40000, 40002, 40099, 20001])('code %i for one event holds for it', (code) => {
    for (const words of ['not valid', 'data[0]', SETTINGS_WORDS])
      expect(nextStep(events.slice(0, 1), verdictOf(code, words), FULL_TRUST)).toEqual({ kind: 'conclude' });
  });

  test.each([40000, 40002, 40099, 20001])(
    'code %i that names an event: it goes alone beside the rest',
    (code) => {
      expect(nextStep(events, verdictOf(code, 'data[3].event_id: not valid'), FULL_TRUST)).toEqual({
        kind: 'isolate',
        as: 'named',
        alone: [events[3]],
        rest: events.filter(({ id }) => id !== 3),
      });
    },
  );

  test.each<[what: string, words: string, trust: Trust]>([
    ['that names none', 'not valid', FULL_TRUST],
    ['that names one beyond the request', 'data[20]: not valid', FULL_TRUST],
    ['after it named an event that was accepted', 'data[3]: not valid', trusting({ wasMisled: true })],
    ['after it named three bad ones in a row', 'data[3]: not valid', trusting({ namedInARow: 3 })],
  ])('a refusal %s: eight parts', (_, words, trust) => {
    const step = nextStep(events, verdictOf(40002, words), trust);
    const parts = step.kind === 'split' ? step.parts.map(idsOf) : [];
    expect(parts.map(({ length }) => length)).toEqual([2, 3, 2, 3, 2, 3, 2, 3]);
    expect(parts.flat()).toEqual(idsOf(events));
  });

  test.each([
    [2, [1, 1]],
    [8, Array(8).fill(1)],
    [9, [1, 1, 1, 1, 1, 1, 1, 2]],
    [400, Array(8).fill(50)],
  ])('%i events are cut into parts of %j', (count, sizes) => {
    const step = nextStep(makeEvents(count, []), verdictOf(40002), FULL_TRUST);
    expect(step.kind === 'split' && step.parts.map(({ length }) => length)).toEqual(sizes);
  });

  describe('words that name a setting', () => {
    const holding = (...ids: readonly number[]) =>
      makeEvents(20, [], (id) => (ids.includes(id) ? 'my Event_Source_ID' : ''));
    const witnessOf = (own: readonly TestEvent[], words: string, trust = FULL_TRUST) => {
      const step = nextStep(own, verdictOf(40002, words), trust);
      return step.kind === 'isolate' && step.as === 'witness' ? step.alone[0]?.id : undefined;
    };

    test('an event goes alone as a witness', () => {
      expect(witnessOf(events, SETTINGS_WORDS)).toBe(0);
    });

    test('it is not the event that they name', () => {
      expect(witnessOf(events, `data[0].query: ${SETTINGS_WORDS}`)).toBe(1);
    });

    test('nor one that holds that name itself', () => {
      expect(witnessOf(holding(0, 1, 3), `data[2].query: ${SETTINGS_WORDS}`)).toBe(4);
    });

    test('without such an event, and after a witness, the words are those of any refusal', () => {
      const all = holding(...events.map(({ id }) => id));
      expect(witnessOf(all, SETTINGS_WORDS)).toBeUndefined();
      expect(nextStep(all, verdictOf(40002, SETTINGS_WORDS), FULL_TRUST).kind).toBe('split');
      const trust = trusting({ areSettingsFine: true });
      expect(nextStep(events, verdictOf(40002, SETTINGS_WORDS), trust).kind).toBe('split');
      expect(nextStep(events, verdictOf(40002, `data[3]: ${SETTINGS_WORDS}`), trust)).toMatchObject({
        as: 'named',
        alone: [events[3]],
      });
    });
  });
});

/** How TikTok words the refusal of a request, by its events and the place of the first bad one. */
type Words = (events: readonly TestEvent[], index: number) => string;
const NAMED: Words = (_, index) => `data[${index}].event_id: not valid`;
const UNNAMED: Words = () => 'not valid';
const WRONG: Words = (events, index) => `data.${(index + 1) % events.length}: not valid`;
const FIRST: Words = () => 'index 0';
const BEYOND: Words = (events) => `data[${events.length}]: not valid`;
const ECHO: Words = (events, index) => `query: not valid, got ${JSON.stringify(events[index]?.text)}`;

/** Sends events to a TikTok that refuses a request for one bad event, and checks that each event is decided once. */
async function find(
  batches: readonly (readonly TestEvent[])[],
  answer: (events: readonly TestEvent[]) => Verdict | Promise<Verdict>,
) {
  const requests: (readonly number[])[] = [];
  const outcomes = new Map<number, Outcome>();
  await sendUntilDecided(
    batches,
    async (events) => {
      requests.push(events.map(({ id }) => id));
      return answer(events);
    },
    (events, outcome) => {
      for (const { id } of events) {
        expect(outcomes.has(id)).toBe(false);
        outcomes.set(id, outcome);
      }
    },
  );
  expect(outcomes.size).toBe(batches.flat().length);
  return { requests, kinds: batches.flat().map(({ id }) => outcomes.get(id)?.kind), outcomes };
}

const answerWith =
  (words: Words) =>
  (events: readonly TestEvent[]): Verdict => {
    const index = events.findIndex(({ isBad }) => isBad);
    return index < 0 ? verdictOf(0) : verdictOf(40002, words(events, index));
  };

const kindOf = ({ isBad }: TestEvent) => (isBad ? 'invalid' : 'delivered');
const range = (count: number, step = 1) => Array.from({ length: count }, (_, index) => index * step);

describe('the requests for 400 events', () => {
  test.each<[what: string, bad: readonly number[], words: Words, requests: number]>([
    ['none bad', [], NAMED, 1],
    ['one bad, named', [0], NAMED, 3],
    ['one bad, named', [399], NAMED, 3],
    ['one bad, not named', [0], UNNAMED, 23],
    ['one bad, not named', [399], UNNAMED, 24],
    ['one bad, another named', [200], WRONG, 25],
    ['one bad, the first named', [200], FIRST, 25],
    ['one bad, one beyond the request named', [200], BEYOND, 23],
    ['three bad, named', [7, 130, 131], NAMED, 7],
    ['three bad, not named', [7, 130, 131], UNNAMED, 43],
    ['three bad, the first named', [7, 130, 131], FIRST, 45],
    ['twenty bad, named', range(20, 20), NAMED, 49],
    ['twenty bad, not named', range(20, 20), UNNAMED, 197],
    ['200 bad, named', range(200, 2), NAMED, 473],
    ['200 bad, not named', range(200, 2), UNNAMED, 473],
    ['all bad, named', range(400), NAMED, 692],
    ['all bad, not named', range(400), UNNAMED, 473],
    ['all bad, another named', range(400), WRONG, 692],
    ['all bad, the first named', range(400), FIRST, 692],
  ])('%s (%#)', async (_, bad, words, count) => {
    const events = makeEvents(400, bad);
    const { requests, kinds } = await find([events], answerWith(words));
    expect(kinds).toEqual(events.map(kindOf));
    expect(requests).toHaveLength(count);
  });
});

/** The rounds of parts until the events of a batch stand alone: each part is an eighth, rounded up. */
const rounds = (count: number): number => (count <= 1 ? 0 : 1 + rounds(Math.ceil(count / 8)));

/** Any list of these. */
const listOf = <T>(...items: readonly T[]) =>
  fc.array(fc.constantFrom(...items), { minLength: 1, maxLength: 40 });

/** Gives the items one after the other, over and over. */
function* inTurn<T>(items: readonly T[]): Generator<T, never> {
  for (;;) yield* items;
}

describe('whatever TikTok says', () => {
  const batch = fc
    .integer({ min: 1, max: 120 })
    .chain((count) => fc.tuple(fc.constant(count), fc.uniqueArray(fc.nat(count - 1), { maxLength: 12 })));

  test('every bad event is discarded, every other delivered, and the requests stay within a bound', async () => {
    await fc.assert(
      fc.asyncProperty(
        batch,
        listOf(NAMED, UNNAMED, WRONG, FIRST, BEYOND, ECHO),
        fc.constantFrom('', 'index 0', 'data[7]', 'my test_event_code', 'data[1].event_source'),
        async ([count, bad], words, text) => {
          const nextWords = inTurn(words);
          const events = makeEvents(count, bad, (id) => (bad.includes(id) || id % 3 === 0 ? text : ''));
          const { requests, kinds } = await find([events], (sent) =>
            answerWith(nextWords.next().value)(sent),
          );
          const isHidden = bad.length === count && text.includes('event_');
          if (!isHidden) expect(kinds).toEqual(events.map(kindOf));
          // For each bad event and round: the parts, three that were named and one witness, each beside a rest.
          expect(requests.length).toBeLessThanOrEqual(3 + bad.length * rounds(count) * (8 + 2 * 3 + 2));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('and whenever it answers: each event is decided once, and no more than eight requests go at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        batch,
        listOf(NAMED, UNNAMED, WRONG, FIRST),
        listOf(0, 1, 2, 3, 4, 5),
        async ([count, bad], words, turns) => {
          const [nextWords, nextTurns] = [inTurn(words), inTurn(turns)];
          const runLimited = limitParallel(8);
          let [atOnce, most] = [0, 0];
          const events = makeEvents(count, bad);
          const { kinds } = await find([events.slice(0, count / 2), events.slice(count / 2)], (sent) =>
            runLimited(async () => {
              atOnce += 1;
              most = Math.max(most, atOnce);
              for (let turn = nextTurns.next().value; turn > 0; turn -= 1) await Promise.resolve();
              atOnce -= 1;
              return answerWith(nextWords.next().value)(sent);
            }),
          );
          expect(kinds).toEqual(events.map(kindOf));
          expect(most).toBeLessThanOrEqual(8);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('and whatever fails on the way: a good event is never discarded, and a status of delivered is never wrong', async () => {
    const trouble = fc.constantFrom(
      undefined,
      undefined,
      ...[20001, 40001, 40016, 40099, 40100, 40105, 50000].flatMap((code) =>
        ['busy', 'data[0]', SETTINGS_WORDS].map((words) => verdictOf(code, words)),
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        batch,
        fc.array(trouble, { minLength: 1, maxLength: 40 }),
        async ([count, bad], troubles) => {
          const events = makeEvents(count, bad, (id) => (id % 2 === 0 ? 'event_source' : ''));
          const nextTrouble = inTurn(troubles);
          const accepted = new Set<number>();
          const { kinds } = await find([events], (sent) => {
            const verdict = nextTrouble.next().value ?? answerWith(NAMED)(sent);
            if (verdict.outcome.kind === 'delivered') for (const { id } of sent) accepted.add(id);
            return verdict;
          });
          for (const { id, isBad } of events) {
            if (kinds[id] === 'invalid') expect(isBad).toBe(true);
            if (kinds[id] === 'delivered') expect(accepted.has(id)).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('words that name a setting', () => {
  const HOSTILE = 'my test_event_code';
  const hostile = (count: number, bad: readonly number[]) =>
    makeEvents(count, bad, (id) => (bad.includes(id) ? HOSTILE : ''));

  test('are about the settings if an event alone gets the same: nothing more is split, and all are tried again', async () => {
    const { requests, kinds, outcomes } = await find([makeEvents(400, [])], () =>
      verdictOf(40002, SETTINGS_WORDS),
    );
    expect(requests.map(({ length }) => length)).toEqual([400, 1, 399]);
    expect(new Set(kinds)).toEqual(new Set(['retry']));
    for (const { message } of outcomes.values())
      expect(message).toContain(
        `"${SETTINGS_WORDS}" (code 40002, request_id r). Check Event Source, Event Set ID and Test Event Code.`,
      );
  });

  test.each(['data[0].event_source: not valid', 'test_event_code is wrong (index 0)'])(
    'the same, if they name an event too: %s',
    async (words) => {
      const { requests, kinds } = await find([makeEvents(400, [])], () => verdictOf(40002, words));
      expect(requests.map(({ length }) => length)).toEqual([400, 1, 399]);
      expect(new Set(kinds)).toEqual(new Set(['retry']));
    },
  );

  test('of one event whose settings others were accepted with: it is discarded', async () => {
    const words: Words = (_, index) => `data.${index}.event: not supported for this event_source`;
    const events = makeEvents(20, [7]);
    const { kinds, outcomes } = await find([events], answerWith(words));
    expect(kinds).toEqual(events.map(kindOf));
    expect(outcomes.get(7)?.message).toContain('Change the event or Parameter Mappings.');
  });

  test('and a CRM event that holds lead_event_source is a witness like any other', async () => {
    const crm = makeEvents(400, [], () => '"lead_event_source":"CRM"');
    const { requests } = await find([crm], () => verdictOf(40002, SETTINGS_WORDS));
    expect(requests.map(({ length }) => length)).toEqual([400, 1, 399]);
  });

  test('are about the event if the rest is accepted with the same settings', async () => {
    const answers = [verdictOf(40002, SETTINGS_WORDS), verdictOf(40002, SETTINGS_WORDS), verdictOf(0)];
    const { kinds } = await find([makeEvents(4, [])], () => answers.shift() ?? verdictOf(50000));
    expect(kinds).toEqual(['invalid', 'delivered', 'delivered', 'delivered']);
  });

  test('are about the settings even if the rest is refused in other words: nothing of it is discarded', async () => {
    const settingsAreWrong = verdictOf(40002, SETTINGS_WORDS);
    const answers = [settingsAreWrong, settingsAreWrong, verdictOf(40002, 'data[0].value: not valid')];
    const { requests, kinds } = await find([makeEvents(4, [])], () => answers.shift() ?? verdictOf(0));
    expect(requests.map(({ length }) => length)).toEqual([4, 1, 3]);
    expect(kinds).toEqual(['retry', 'retry', 'retry', 'retry']);
  });

  test.each<[what: string, bad: readonly number[], requests: number]>([
    ['the first', [0], 25],
    ['the last', [399], 26],
    ['three', [0, 1, 2], 25],
    ['all but one', range(399), 474],
  ])('that are an echo of %s: the others are delivered, and it is discarded', async (_, bad, count) => {
    const events = hostile(400, bad);
    const { requests, kinds } = await find([events], answerWith(ECHO));
    expect(kinds).toEqual(events.map(kindOf));
    expect(requests).toHaveLength(count);
  });

  test('with the index before the echo, it takes five requests', async () => {
    const { requests } = await find(
      [hostile(400, [0])],
      answerWith(
        (events, index) => `data[${index}].query: not valid, got ${JSON.stringify(events[index]?.text)}`,
      ),
    );
    expect(requests).toHaveLength(5);
  });

  test('good events that hold the name too are delivered', async () => {
    const events = makeEvents(50, [7], () => HOSTILE);
    const { kinds } = await find([events], answerWith(ECHO));
    expect(kinds).toEqual(events.map(kindOf));
  });

  test('an event alone is kept: nothing says that its settings are right', async () => {
    const { kinds, outcomes } = await find([hostile(1, [0])], answerWith(ECHO));
    expect(kinds).toEqual(['retry']);
    expect(outcomes.get(0)?.message).toContain('Check Event Source, Event Set ID and Test Event Code.');
  });

  test('so are events of which all hold the name, and none is accepted', async () => {
    const { kinds } = await find([makeEvents(20, [], () => HOSTILE)], () => verdictOf(40002, SETTINGS_WORDS));
    expect(new Set(kinds)).toEqual(new Set(['retry']));
  });

  test('a witness that gets no answer decides nothing: the rest is split as after any refusal', async () => {
    const events = hostile(20, [19]);
    const { kinds } = await find([events], (sent) =>
      sent.length === 1 && sent[0]?.id === 0 ? verdictOf(50000) : answerWith(ECHO)(sent),
    );
    expect(kinds).toEqual(['retry', ...events.slice(1).map(kindOf)]);
  });

  test('nor does one that gets the same words with a code for which they say nothing about the settings', async () => {
    const answers = [verdictOf(40002, SETTINGS_WORDS), verdictOf(40100, SETTINGS_WORDS)];
    const { kinds } = await find([makeEvents(3, [])], (sent) => {
      const isRest = sent.length === 2;
      return answers.shift() ?? verdictOf(isRest ? 40002 : 0, SETTINGS_WORDS);
    });
    expect(kinds).toEqual(['retry', 'delivered', 'delivered']);
  });
});
