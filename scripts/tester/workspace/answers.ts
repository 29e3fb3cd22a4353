// The answers of the local TikTok that the page offers.
import type { TikTokEvent } from '../../local/tiktok/rules';
import type { Misbehaviour } from '../../local/tiktok/server';
import type { State } from '../api';

interface Answer {
  readonly label: string;
  /** What a person sees when TikTok answers like this. */
  readonly description: string;
  readonly misbehaviour?: Misbehaviour;
  /** Whether TikTok refuses the first event of each call, and no other. */
  readonly refusesFirst?: true;
}

const ANSWERS = {
  ok: {
    label: 'As usual',
    description: 'TikTok counts what is valid and refuses what is not.',
  },
  'rate-limit': {
    label: 'Rate limited',
    description: 'HTTP 200 with code 40100. Segment tries again.',
    misbehaviour: { code: 40100, message: 'Too many requests, please retry later' },
  },
  token: {
    label: 'Token expired',
    description: 'HTTP 200 with code 40102. Segment tries again, which leaves 4 hours to create a new token.',
    misbehaviour: { code: 40102, message: 'Access token has expired' },
  },
  parameter: {
    label: 'Parameter error',
    description:
      'HTTP 200 with code 40002 for every event. Segment discards them; the function splits a batch until each event is alone.',
    misbehaviour: { code: 40002, message: 'properties: a parameter is not valid' },
  },
  one: {
    label: 'One bad event',
    description: 'Code 40000 for the first event of a call only. In a batch, the others are delivered.',
    refusesFirst: true,
  },
  unavailable: {
    label: 'HTTP 503',
    description: 'A gateway in front of TikTok answers with a page. Segment tries again.',
    misbehaviour: { status: 503, body: '<h1>503 Service Unavailable</h1>' },
  },
  slow: {
    label: 'Slow',
    description: 'No answer for 6 s. The function gives up after 4.5 s, and Segment tries again.',
    misbehaviour: { delay: 6000 },
  },
  reset: {
    label: 'Reset',
    description: 'The connection is closed without an answer. Segment tries again.',
    misbehaviour: { reset: 'unread' },
  },
} as const satisfies Readonly<Record<string, Answer>>;
export type AnswerName = keyof typeof ANSWERS;

export const isAnswerName = (name: string): name is AnswerName => Object.hasOwn(ANSWERS, name);

/** An answer by its name, typed as any of them. */
export const answerOf = (name: AnswerName): Answer => ANSWERS[name];

/** All of them, as the page shows them. */
export const describeAnswers = (): State['answers'] =>
  Object.entries(ANSWERS).map(([name, { label, description }]) => ({ name, label, description }));

/** Picks the event that TikTok refuses: the first one of each call, and the same one whenever it comes again. */
export function createRefusal() {
  const refused = new Set<string>();
  /** Calls whose first event has not come yet. */
  let calls = 0;
  return {
    /** Says that a call of the function begins. */
    begin: () => {
      calls += 1;
    },
    /** Says that all calls have ended. */
    end: () => {
      calls = 0;
      refused.clear();
    },
    refuses: (event: TikTokEvent): boolean => {
      const key = JSON.stringify(event);
      if (refused.has(key)) return true;
      if (calls === 0) return false;
      calls -= 1;
      refused.add(key);
      return true;
    },
  };
}
