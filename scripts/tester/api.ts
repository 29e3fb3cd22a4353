// What the page and its server say to each other, as JSON.
import { z } from 'zod';
import { FATES, OUTCOME_NAMES } from '../local/segment/outcomes';
import { FileReport, list } from './report-shapes';

export * from './report-shapes';

// The page's Content-Security-Policy forbids making code out of text, which zod otherwise tries.
z.config({ jitless: true });

/** A parameter of a TikTok event: whether it arrived, and if not, why. */
const Field = z.object({
  /** As TikTok's payload spells it: `user.email`. */
  parameter: z.string(),
  /** What it is. */
  description: z.string(),
  /** `left out`: there was a value that could not be sent. `absent`: there was none. */
  state: z.enum(['hashed', 'sent', 'left out', 'absent']),
  /** Where the value was found: a path or a literal. If there was none: the paths where it was looked for. */
  source: z.string(),
  /** What arrived, as JSON. */
  value: z.string().optional(),
  /** Why something was left out. */
  reason: z.string().optional(),
});
export type Field = z.infer<typeof Field>;

/** A TikTok event that TikTok received. */
const Conversion = z.object({
  event: z.string(),
  /** `again`: TikTok had counted it before, and did not count it again. */
  counted: z.enum(['counted', 'again', 'not counted']),
  /** What TikTok can match the person on. */
  matches: list(z.string()),
  fields: list(Field),
});
export type Conversion = z.infer<typeof Conversion>;

/** A Segment event and what became of it. */
const Result = z.object({
  name: z.string(),
  /** As Segment names it. */
  outcome: z.enum(OUTCOME_NAMES),
  fate: z.enum(FATES),
  error: z.object({ name: z.string(), message: z.string() }).optional(),
  /** Whether it was discarded because TikTok could not match it with anybody. */
  lacksContact: z.boolean(),
  /** Each value that was there and was not sent: parameter, source and reason. */
  leftOut: list(z.string()),
  conversions: list(Conversion),
});
export type Result = z.infer<typeof Result>;

const Trace = z.object({
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
  }),
  response: z
    .object({
      status: z.number(),
      headers: z.record(z.string(), z.string()),
      body: z.string().optional(),
    })
    .optional(),
  error: z.string().optional(),
});
export type Trace = z.infer<typeof Trace>;

/** A call of the function. */
export const Run = z.object({
  id: z.number(),
  /** ISO 8601. */
  at: z.string(),
  from: z.enum(['shop', 'page']),
  /** The event, or the array of them. */
  json: z.string(),
  isBatch: z.boolean(),
  isPageCall: z.boolean(),
  results: list(Result),
  milliseconds: z.number(),
  logs: z.string(),
  traces: list(Trace),
});
export type Run = z.infer<typeof Run>;

/** Values by the settings' names, as Segment's editor has them. */
export const Values = z.record(
  z.string(),
  z.union([z.string(), z.boolean(), z.record(z.string(), z.string())]),
);
export type Values = z.infer<typeof Values>;

const Setting = z.object({
  name: z.string(),
  label: z.string(),
  type: z.enum(['STRING', 'BOOLEAN', 'TEXT_MAP']),
  required: z.boolean(),
  sensitive: z.boolean(),
  description: z.string(),
});
export type Setting = z.infer<typeof Setting>;

const Settings = z.object({
  values: Values,
  /** What the function finds wrong with them. */
  problem: z.string().optional(),
  /** What works, and is probably not what was meant. */
  warnings: list(z.string()),
  /** The name of the file that they were read from, if it was named with `--settings`. */
  file: z.string().optional(),
  /** Whether the file, or without one the example settings, say the same. */
  isSaved: z.boolean(),
  /** The variables by the settings that the file reads from them; an example is in the value's place. */
  variables: z.record(z.string(), z.string()),
});

/** The function's bundle; if there is a problem, the last good one is in use. */
const Bundle = z.object({
  bytes: z.number(),
  /** When it was built, in ISO 8601. */
  at: z.string(),
  isRebuilt: z.boolean(),
  problem: z.string().optional(),
});
export type Bundle = z.infer<typeof Bundle>;

export const State = z.object({
  version: z.string(),
  bundle: Bundle,
  /** The table of the settings, and their values. */
  definitions: list(Setting),
  settings: Settings,
  examples: list(z.object({ name: z.string(), json: z.string() })),
  /** The files of `--events`, or the file that was dropped last: what there is to try and to report on. */
  events: z.object({
    files: list(z.string()),
    isDropped: z.boolean(),
    /** Whether the files of `--events` are reported on in a moment. */
    isSmall: z.boolean(),
  }),
  /** TikTok's parameters, and what each is. */
  parameters: list(z.object({ name: z.string(), description: z.string() })),
  /** TikTok's standard event names. */
  eventNames: list(z.string()),
  /** The answers of TikTok that can be chosen. */
  answers: list(z.object({ name: z.string(), label: z.string(), description: z.string() })),
  /** The name of the chosen one. */
  answer: z.string(),
  /** What TikTok received for the event set of the settings. */
  totals: z.object({ requests: z.number(), counted: z.number() }),
  /** Calls that have not ended. */
  pending: z.number(),
  /** The last report on the events; null if there is none. */
  report: FileReport.nullable(),
  isReporting: z.boolean(),
  /** How many events have gone through for the report that is being made. */
  surveyed: z.number(),
  /** Newest first. */
  runs: list(Run),
});
export type State = z.infer<typeof State>;

/** What has changed; `run` is a new one. */
export const Update = State.extend({ run: Run }).partial();
export type Update = z.infer<typeof Update>;

/** A value and how often it was found; most frequent first. */
const Counts = list(z.object({ value: z.string(), count: z.number() }));
export type Counts = z.infer<typeof Counts>;

/** An event of the files, masked: where it is, and what it is called. */
const ListedEvent = z.object({
  /** Its number among the events of all files, counted from 0. */
  index: z.number(),
  at: z.string(),
  name: z.string(),
  messageId: z.string().optional(),
});
export type ListedEvent = z.infer<typeof ListedEvent>;

/** Some of the events. */
export const EventList = z.object({
  /** Each with what distinguishes it from others of its name: an id, what it is worth, where it happened; masked. */
  events: list(ListedEvent.extend({ about: z.string() })),
  /** Where to go on; absent at the end. */
  next: z.number().optional(),
  /** How many events were read so far. */
  read: z.number(),
  /** Why no more can be read. */
  problem: z.string().optional(),
});
export type EventList = z.infer<typeof EventList>;

/** The events behind a number of the report, the first hundred. */
export const EventsBehind = list(ListedEvent);

/** The values of a field in the events of the report, most frequent first, masked. */
export const FieldValues = z.object({
  path: z.string(),
  /** How many events with each were delivered, and how many were not; no value if it is absent. */
  values: list(z.object({ value: z.string().optional(), delivered: z.number(), others: z.number() })),
  /** How many more values there are. */
  rest: z.number(),
});
export type FieldValues = z.infer<typeof FieldValues>;

/** An event as it can be edited. */
export const EventText = z.object({ json: z.string(), at: z.string(), name: z.string() });
export type EventText = z.infer<typeof EventText>;

/** Where values stand in events, and the names of their track calls; without the values. */
export const Sources = z.object({
  /** How many events were looked at. */
  read: z.number(),
  paths: Counts,
  names: Counts,
});
export type Sources = z.infer<typeof Sources>;

/** A call as a file of cases for `npm run check -- … --expect`. */
export const CaseFile = z.object({
  text: z.string(),
  /** How many of its events become something else with example values in the place of a person's. */
  unfaithful: z.number(),
});
export type CaseFile = z.infer<typeof CaseFile>;

const Remark = z.object({
  /** `bad`: it cannot work; `wait`: it can, and is probably not what was meant. */
  tone: z.enum(['good', 'wait', 'bad', 'quiet']),
  message: z.string(),
});
export type Remark = z.infer<typeof Remark>;

/** What there is to say about a setting. */
const Note = Remark.extend({
  /** Its name. */
  setting: z.string(),
  /** In a map, the key of the entry. */
  key: z.string().optional(),
});
export type Note = z.infer<typeof Note>;

/** What is known of an event before it is run. */
export const Preview = z.object({
  /** What a call would give. */
  call: Run.omit({ id: true }).optional(),
  /** Why there is no event to call the function with. */
  problem: z.string().optional(),
  notes: list(Note),
  /** Where values stand in the event, or in the events. */
  paths: list(z.string()),
});
export type Preview = z.infer<typeof Preview>;

/** Anything that went wrong, for a person to read. */
export const Problem = z.object({ problem: z.string() });

/** What stands in the place of a token that is not shown; where it stays, the token stays as it is. */
export const HIDDEN_TOKEN = '•••';

/**
 * What analytics.js sends: one event, or a batch of them.
 * Segment, "HTTP API Source": https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/
 */
export const Tracked = z.union([
  z.object({ batch: list(z.looseObject({ type: z.string() })) }),
  z.looseObject({ type: z.string() }).transform((event) => ({ batch: [event] })),
]);

/** What the page can ask of its server. A `GET` has its request in its address, any other method as JSON in its body. */
export interface Endpoint<Request, Sent, Answer> {
  /** The method and the path. */
  readonly name: string;
  readonly request: z.ZodType<Request, Sent>;
  readonly answer: z.ZodType<Answer>;
}

const endpoint = <Shape extends z.ZodRawShape, Answer extends z.ZodType>(
  name: string,
  request: Shape,
  answer: Answer,
) => ({ name, request: z.object(request), answer });

const NOTHING = z.object({});
/** A number; in an address, it is a text. */
const Index = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);

/** All that the page can ask. */
export const ENDPOINTS = {
  state: endpoint('GET /api/state', {}, State),
  /** Runs an event, or an array of them. */
  run: endpoint('POST /api/run', { json: z.string() }, Run),
  /** What would become of an event, or of an array of them; nothing is sent. */
  preview: endpoint('POST /api/preview', { json: z.string() }, Preview),
  /** A call as cases; `keep`: with the person's own values. */
  cases: endpoint(
    'GET /api/runs/cases',
    { id: Index, personal: z.enum(['keep', 'example']).optional() },
    CaseFile,
  ),
  setAnswer: endpoint('PUT /api/answer', { answer: z.string() }, NOTHING),

  /** Changes these settings until the tester ends; the others stay as they are. */
  saveSettings: endpoint('PATCH /api/settings', { values: Values }, NOTHING),
  /** Replaces all settings by those of a file's text. */
  importSettings: endpoint('PUT /api/settings', { json: z.string() }, NOTHING),
  /** Goes back to the settings of the file, or of the examples. */
  discardSettings: endpoint('DELETE /api/settings', {}, NOTHING),
  /** Writes the settings to the file that the tester was started with. */
  saveSettingsFile: endpoint('POST /api/settings/file', {}, NOTHING),

  /** Those of the events at hand that have all words of a text in them, from a number on. */
  events: endpoint('GET /api/events', { search: z.string().default(''), from: Index.default(0) }, EventList),
  event: endpoint('GET /api/events/one', { index: Index }, EventText),
  sources: endpoint('GET /api/events/sources', {}, Sources),
  /** The values of the events at hand at a path of a condition, as a condition writes them. */
  values: endpoint('GET /api/events/values', { of: z.string() }, Counts),

  /** Reports on the events at hand. */
  report: endpoint('POST /api/report', {}, FileReport),
  /** Ends the report that is being made; it covers the events until then. */
  stopReport: endpoint('DELETE /api/report', {}, NOTHING),
  /** The first events behind a number of the report, by its place in it: `reasons.0`. */
  behind: endpoint('GET /api/report/events', { of: z.string() }, EventsBehind),
  /** The values of a field in the events of the report. */
  fieldValues: endpoint('GET /api/report/values', { of: z.string() }, FieldValues),
};
