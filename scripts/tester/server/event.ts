// The events that the page and its shop send: what the server takes for one. Pure.
import { isRecord, listOf } from '../../../lib/values/json';
import { readJson } from '../../input/json';
import { LARGEST_BATCH } from '../../local/segment/runtime';
import { Refusal } from './refusal';

/** Levels of objects and arrays in an event; the function calls itself for each level of some values. */
const MAX_DEPTH = 100;

/**
 * Reads what somebody typed: an event, or an array of them.
 *
 * @throws InputError that says where the JSON is bad, or Refusal that says what was expected.
 */
export function parseEvent(json: string): unknown {
  if (json.trim() === '') throw new Refusal(400, 'There is no event: choose one, or type one.');
  const event = readJson(json, '');
  const events = listOf(event);
  if (events.length === 0) throw new Refusal(400, 'The array is empty: put an event into it.');
  if (events.length > LARGEST_BATCH) {
    throw new Refusal(
      400,
      `The array has ${events.length} events, and Segment hands over at most ${LARGEST_BATCH} in a call: split it into several arrays, or drop it as a file.`,
    );
  }
  if (!events.every((one) => isRecord(one) && !Array.isArray(one))) {
    throw new Refusal(400, 'Expected a Segment event, which is a JSON object, or an array of them.');
  }
  events.forEach(refuseDeep);
  return event;
}

/** @throws Refusal if an event has too many levels. */
export function refuseDeep(event: unknown): void {
  let level = [event].filter(isRecord);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) {
      throw new Refusal(
        400,
        `The event is nested too deeply: expected at most ${MAX_DEPTH} levels. Remove its innermost objects and arrays.`,
      );
    }
    level = level.flatMap((one) => Object.values(one)).filter(isRecord);
  }
}

/** An event as Segment hands it on: with the sender's address and a time, and without the write key. */
export function received(event: Readonly<Record<string, unknown>>, ip: string | undefined): object {
  const { context } = event;
  const fields = Object.entries(event).filter(([name]) => name !== 'writeKey');
  return {
    ...Object.fromEntries(fields),
    context: { ip, ...(isRecord(context) && context) },
    receivedAt: new Date().toISOString(),
  };
}
