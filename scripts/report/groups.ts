// Counts things by kind, in memory that does not grow with them.

/** Different names, reasons or findings that are told apart; the memory for them has to end somewhere. */
const KINDS = 1000;
export const OTHERS = `(others: more than ${KINDS} different ones)`;

/** A group, and how many were counted in it. */
export interface Counted<Group> {
  readonly group: Group;
  count: number;
}

export interface Groups<Group> {
  /**
   * Finds what a kind is counted in, which never changes.
   *
   * @param create makes the group, for the first of a kind or of all others.
   * @param isOneOfFew whether there cannot be too many of these, so that it is never one of the others.
   */
  readonly find: (key: string, create: (isOther: boolean) => Group, isOneOfFew?: boolean) => Counted<Group>;
  /** Counts one of a kind, and gives its group; the parameters are those of {@link find}. */
  readonly count: (...kind: Parameters<Groups<Group>['find']>) => Group;
  /** Most frequent first. */
  readonly list: () => readonly (Group & { readonly count: number })[];
  /** In the same order, what {@link count} gave. */
  readonly groups: () => readonly Group[];
}

/** Counts by kind; beyond {@link KINDS} different ones, all others together. */
export function createGroups<Group extends object>(): Groups<Group> {
  const groups = new Map<string, Counted<Group>>();
  const ranked = () => [...groups.values()].sort((one, other) => other.count - one.count);
  const find: Groups<Group>['find'] = (key, create, isOneOfFew = false) => {
    const isOther = !isOneOfFew && !groups.has(key) && groups.size >= KINDS;
    const known = isOther ? OTHERS : key;
    const counted = groups.get(known) ?? { group: create(isOther), count: 0 };
    groups.set(known, counted);
    return counted;
  };
  return {
    find,
    count(...kind) {
      const counted = find(...kind);
      counted.count += 1;
      return counted.group;
    },
    list: () => ranked().map(({ group, count }) => ({ ...group, count })),
    groups: () => ranked().map(({ group }) => group),
  };
}
