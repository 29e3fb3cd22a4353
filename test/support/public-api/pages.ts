// Pages of the local Public API's lists.
import { check, PAGE_QUERY, Refusal } from './forms';

/** What a page is made of, in an answer. */
interface ShownPage {
  readonly items: readonly object[];
  readonly pagination: object;
}

/**
 * The page that a query asks for.
 *
 * @param limit how many items a page has at most, whatever is asked for.
 * @throws Refusal if the query is not one.
 */
export function showPage(items: readonly object[], query: unknown, limit: number): ShownPage {
  const { 'pagination.count': count, 'pagination.cursor': cursor } = check(PAGE_QUERY.loose(), query);
  const from = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString());
  if (cursor !== undefined && (cursor !== cursorOf(from) || from >= items.length)) {
    throw new Refusal(422, 'is not a cursor', 'pagination.cursor');
  }
  const to = from + Math.min(count, limit);
  const next = to < items.length ? { next: cursorOf(to) } : {};
  return {
    items: items.slice(from, to),
    pagination: { current: cursor ?? cursorOf(0), totalEntries: items.length, ...next },
  };
}

const cursorOf = (index: number): string => Buffer.from(`${index}`).toString('base64');
