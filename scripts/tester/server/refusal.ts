// What the server refuses, and how a person reads of it.
import { ZodError } from 'zod';
import { InputError } from '../../cli/command';

/** A refused request: an HTTP status, and the reason in words for a person. */
export class Refusal extends Error {
  override name = 'Refusal';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The status and the words for whatever was thrown while a request was answered. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof InputError) return new Refusal(400, atPlace(error.message));
  if (error instanceof ZodError) return new Refusal(400, 'The request is not one that the page makes');
  return new Refusal(500, `The server failed: ${String(error)}`);
}

/** What is typed has no name of a file before its place. */
const atPlace = (message: string): string => message.replace(/^:(\d+):(\d+): /, 'Line $1, column $2: ');
