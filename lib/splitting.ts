// Finds the bad events of a refused request: which of its events are sent next, and with which others.
import type { Outcome } from './outcome';
import { indexIn, namesSettings, sayTheSame, type Verdict } from './tiktok/answer';

/** Parts of a batch, at most: eight find one bad event among 400 in four rounds, halves would take nine. */
const MAX_PARTS = 8;
/** If TikTok names one bad event after the other, there are many, and parts find them in fewer rounds. */
const MAX_NAMED_IN_A_ROW = 3;

/** How far TikTok's words about a batch are believed, after what came of believing them. */
export interface Trust {
  /** How many times in a row the event that they named went alone and was not accepted. */
  readonly namedInARow: number;
  /** Whether an event that they named was accepted. */
  readonly wasMisled: boolean;
  /** Whether an event went alone to see whether the settings are wrong, and they were not. */
  readonly areSettingsFine: boolean;
}

/** For a batch that was not refused before. */
export const FULL_TRUST: Trust = { namedInARow: 0, wasMisled: false, areSettingsFine: false };

/** What follows from a verdict on the events of a request. */
export type Step<Event> =
  /** The verdict holds for each event. */
  | { readonly kind: 'conclude' }
  /** Each part is sent on its own. */
  | { readonly kind: 'split'; readonly parts: readonly (readonly Event[])[] }
  /** One event is sent alone beside the rest: the one that TikTok named, or a witness of whether the settings are wrong. */
  | {
      readonly kind: 'isolate';
      readonly as: 'named' | 'witness';
      readonly alone: readonly Event[];
      readonly rest: readonly Event[];
    };

/**
 * Decides what follows from a verdict. TikTok's words may echo a text of an event's own, so a witness is neither the
 * event that they name nor one that itself holds the name of a setting's field: what is said of it alone proves that
 * the settings are meant.
 */
export function nextStep<Event>(events: readonly Event[], verdict: Verdict, trust: Trust): Step<Event> {
  if (!verdict.mayDifferByEvent || events.length === 1) return { kind: 'conclude' };
  const named = indexIn(verdict.words, events.length);
  if (verdict.settingsOutcome && !trust.areSettingsFine) {
    const witness = events.findIndex((event, index) => index !== named && !holdsSettingsName(event));
    if (witness >= 0) return isolate(events, witness, 'witness');
  }
  if (named !== undefined && !trust.wasMisled && trust.namedInARow < MAX_NAMED_IN_A_ROW)
    return isolate(events, named, 'named');
  return { kind: 'split', parts: cut(events) };
}

const holdsSettingsName = (event: unknown): boolean => namesSettings(JSON.stringify(event));

const isolate = <Event>(events: readonly Event[], at: number, as: 'named' | 'witness'): Step<Event> => ({
  kind: 'isolate',
  as,
  alone: events.slice(at, at + 1),
  rest: events.filter((_, index) => index !== at),
});

/** Cuts events into up to {@link MAX_PARTS} parts whose sizes differ by one at most. */
function cut<Event>(events: readonly Event[]): readonly (readonly Event[])[] {
  const count = Math.min(MAX_PARTS, events.length);
  const start = (part: number) => Math.floor((part * events.length) / count);
  return Array.from({ length: count }, (_, part) => events.slice(start(part), start(part + 1)));
}

/**
 * Sends batches, and what {@link nextStep} makes of those that TikTok refuses, until the outcome of each event is known.
 *
 * @param sendBatch sends the events of one request and gives TikTok's verdict; it must not reject.
 * @param decide takes an outcome and the events that it is for; each event comes once.
 */
export async function sendUntilDecided<Event>(
  batches: readonly (readonly Event[])[],
  sendBatch: (events: readonly Event[]) => Promise<Verdict>,
  decide: (events: readonly Event[], outcome: Outcome) => void,
): Promise<void> {
  let wasAnyAccepted = false;
  /** Decisions that depend on whether TikTok accepts any event with these settings. */
  const postponed: (() => void)[] = [];

  const sendEach = (parts: readonly (readonly Event[])[], trust: Trust): Promise<unknown> =>
    Promise.all(parts.map(async (part) => follow(part, await sendBatch(part), trust)));

  async function follow(events: readonly Event[], verdict: Verdict, trust: Trust): Promise<void> {
    const step = nextStep(events, verdict, trust);
    switch (step.kind) {
      case 'conclude':
        conclude(events, verdict);
        return;
      case 'split':
        await sendEach(step.parts, { ...trust, namedInARow: 0 });
        return;
      case 'isolate': {
        const [alone, rest] = await Promise.all([sendBatch(step.alone), sendBatch(step.rest)]);
        conclude(step.alone, alone);
        const { settingsOutcome } = alone;
        if (step.as === 'named') await follow(step.rest, rest, trustAfterNamed(trust, alone));
        else if (!settingsOutcome || !sayTheSame(alone, verdict))
          await follow(step.rest, rest, { ...trust, areSettingsFine: true });
        // The settings are wrong: if the rest was refused too, it was for them.
        else if (rest.mayDifferByEvent) decide(step.rest, settingsOutcome);
        else conclude(step.rest, rest);
      }
    }
  }

  /** Words that name a setting are about the settings, unless TikTok accepts any other event with the same ones. */
  function conclude(events: readonly Event[], { outcome, settingsOutcome }: Verdict): void {
    wasAnyAccepted ||= outcome.kind === 'delivered';
    if (!settingsOutcome) decide(events, outcome);
    else
      postponed.push(() => {
        decide(events, wasAnyAccepted ? outcome : settingsOutcome);
      });
  }

  await sendEach(batches, FULL_TRUST);
  for (const decideNow of postponed) decideNow();
}

/** After the event that TikTok named went alone. */
const trustAfterNamed = (trust: Trust, { outcome }: Verdict): Trust =>
  outcome.kind === 'delivered'
    ? { ...trust, wasMisled: true }
    : { ...trust, namedInARow: trust.namedInARow + 1 };
