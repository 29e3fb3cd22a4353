// Counts things by kind, in memory that does not grow with them.

/** Different names, reasons or findings that are told apart; the memory for them has to end somewhere. */
const KINDS = 1000;
export const OTHERS = `(others: more than ${KINDS} different ones)`;

export interface Groups<Group> {
  /**
   * Counts one of a kind, and gives its group.
   *
   * @param create makes it, for the first of a kind or of all others.
   * @param isOneOfFew whether there cannot be too many of these, so that it is never one of the others.
   */
  readonly count: (key: string, create: (isOther: boolean) => Group, isOneOfFew?: boolean) => Group;
  /** Most frequent first. */
  readonly list: () => readonly (Group & { readonly count: number })[];
  /** In the same order, what {@link count} gave. */
  readonly groups: () => readonly Group[];
}

/** Counts by kind; beyond {@link KINDS} different ones, all others together. */
export function createGroups<Group extends object>(): Groups<Group> {
  const groups = new Map<string, { readonly group: Group; count: number }>();
  const ranked = () => [...groups.values()].sort((one, other) => other.count - one.count);
  return {
    count(key, create, isOneOfFew = false) {
      const isOther = !isOneOfFew && !groups.has(key) && groups.size >= KINDS;
      const known = isOther ? OTHERS : key;
      const entry = groups.get(known) ?? { group: create(isOther), count: 0 };
      entry.count += 1;
      groups.set(known, entry);
      return entry.group;
    },
    list: () => ranked().map(({ group, count }) => ({ ...group, count })),
    groups: () => ranked().map(({ group }) => group),
  };
}
