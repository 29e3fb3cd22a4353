// An event by which a person can look at what was counted.
import { ownProperty } from '../../lib/values/json';
import { textOf } from '../../lib/values/text';
import { masked, printable } from '../cli/printable';
import type { Input } from '../input/json';

/** One of the events: where it stands, and its id. */
export interface Example {
  readonly at: string;
  readonly messageId?: string;
}

/** @param token the access token, which is masked too. */
export const exampleOf = (event: unknown, at: Input['at'], token: string): Example =>
  exampleAt(at, showId(event, token));

/** @param id as {@link showId} gives it. */
export const exampleAt = (at: Input['at'], id = ''): Example => ({
  at: printable(at),
  ...(id !== '' && { messageId: id }),
});

const UUID = /((?:ajs-next-\d{13}-)?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})/i;

/** An event's id as it may be shown. */
export const showId = (event: unknown, token: string): string =>
  maskId(textOf(ownProperty(event, 'messageId')), token);

/** An id as it may be shown: a UUID is nobody's number, and so is the time that analytics.js puts before one. */
export const maskId = (id: string, token: string): string =>
  id
    .split(UUID)
    .map((part, index) => (index % 2 === 1 ? part : masked(part, token)))
    .join('');
