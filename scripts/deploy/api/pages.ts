// Lists of the Public API, which come in pages.
// Segment Public API, "Pagination": https://docs.segmentapis.com/tag/Pagination
import { z } from 'zod';
import type { Operation } from '../operations';
import type { Caller } from '../request';

/** How many items are asked for at once. */
const PAGE_SIZE = 100;

export const PAGINATION = z.object({ next: z.string().nullish() });

/** What a page holds, and the cursor of the next one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/** Reads pages until there is no next one. */
export async function readPages<Item>(
  call: Caller,
  operation: Operation,
  path: readonly string[],
  page: z.ZodType<Page<Item>>,
  query: Readonly<Record<string, string>> = {},
): Promise<readonly Item[]> {
  const items: Item[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const answer = await call(operation, path, page, {
      query: {
        ...query,
        'pagination.count': `${PAGE_SIZE}`,
        ...(cursor !== undefined && { 'pagination.cursor': cursor }),
      },
    });
    items.push(...answer.items);
    if (cursor !== undefined) seen.add(cursor);
    cursor = answer.next;
    // A cursor that comes again would go on forever.
  } while (cursor !== undefined && !seen.has(cursor));
  return items;
}
