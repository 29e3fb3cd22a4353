// The report as the page gets it, and as a page of its own has it.
import { z } from 'zod';
import { FATES } from '../local/segment/outcomes';
import { MATCH_PARAMETERS } from '../report/labels';

export const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

const fates = {
  delivered: z.number(),
  discarded: z.number(),
  unsupported: z.number(),
  retried: z.number(),
  notHandedOver: z.number(),
};

const example = z.object({ at: z.string(), messageId: z.string().optional() });
const flaw = { parameter: z.string(), source: z.string(), flaw: z.string() };

/** What became of a file's events; scripts/report/tally.ts counts it. */
const Report = z.object({
  events: z.number(),
  ...fates,
  skipped: z.object({ count: z.number(), problems: list(z.string()) }),
  reasons: list(
    z.object({
      outcome: z.enum(FATES).exclude(['delivered']),
      problem: z.string(),
      flaws: list(z.object({ ...flaw, count: z.number() })),
      advice: list(z.object({ text: z.string(), count: z.number() })),
      count: z.number(),
      example,
    }),
  ),
  leftOut: list(
    z.object({
      ...flaw,
      isPart: z.boolean(),
      replacedBy: z.string().optional(),
      count: z.number(),
      example,
    }),
  ),
  sent: list(
    z.object({
      name: z.string(),
      count: z.number(),
      withoutId: z.number(),
      currencies: list(
        z.object({
          currency: z.string().optional(),
          count: z.number(),
          values: z.number(),
          sum: z.number(),
        }),
      ),
    }),
  ),
  repeats: z.object({
    count: z.number(),
    ids: list(z.object({ name: z.string(), id: z.string(), count: z.number(), places: list(z.string()) })),
    isComplete: z.boolean(),
  }),
  names: list(
    z.object({ name: z.string(), count: z.number(), becomes: list(z.string()), isUnmet: z.boolean() }),
  ),
  identifiers: z.object({
    events: z.number(),
    email: z.number(),
    phone: z.number(),
    both: z.number(),
    externalId: z.number(),
    ttclid: z.number(),
  }),
  matchQuality: z.object({
    events: z.number(),
    conversions: list(
      z.object({
        name: z.string(),
        count: z.number(),
        identifiers: list(z.object({ parameter: z.enum(MATCH_PARAMETERS), count: z.number() })),
        none: z.number(),
      }),
    ),
    advice: list(
      z.object({
        parameter: z.enum(MATCH_PARAMETERS),
        reason: z.string(),
        finding: z.string(),
        advice: z.string(),
        count: z.number(),
        newlySent: z.number(),
        example,
      }),
    ),
  }),
  essentials: z.object({
    purchases: z.number(),
    pricedPurchases: z.number(),
    products: z.number(),
    identifiedProducts: z.number(),
  }),
  warnings: list(
    z.object({
      kind: z.string(),
      message: z.string(),
      count: z.number().optional(),
      example: example.optional(),
    }),
  ),
  requests: z.number(),
  bytes: z.number(),
  timeline: list(z.object({ events: z.number(), ...fates })),
});
export type Report = z.infer<typeof Report>;

/** The report; if there is a problem with a file, it covers the events before that. */
export const FileReport = z.object({
  /** The files' names. */
  files: list(z.string()),
  report: Report,
  problem: z.string().optional(),
  /** Whether the settings, the function or the files have changed since. */
  isOutdated: z.boolean(),
  /** Events that came to another end in the report before, if that was on the same files; most frequent first. */
  changes: list(z.object({ before: z.enum(FATES), after: z.enum(FATES), count: z.number() })),
});
export type FileReport = z.infer<typeof FileReport>;

/** A report as a page of its own, for people who have neither the files nor this machine. */
export interface SharedReport extends Pick<FileReport, 'files' | 'report' | 'problem'> {
  /** What the settings are called. */
  readonly settings: string;
  /** In ISO 8601. */
  readonly at: string;
  /** That of the function. */
  readonly version: string;
  /** Whether it was ended before the last event. */
  readonly isInterrupted: boolean;
}
