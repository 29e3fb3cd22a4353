// A set of the keys of millions of events, at the cost of two numbers each: a Set takes five times as much memory.
import { hash } from 'node:crypto';

export interface Keys {
  /** Adds a key, and says whether it is new. */
  readonly add: (key: number) => boolean;
}

/** 48 bits of a hash, never 0. Among a million texts, two share a key with a probability of 1 in 500. */
export const hashKey = (text: string): number => hash('sha1', text, 'buffer').readUIntBE(0, 6) || 1;

export function createKeys(): Keys {
  let count = 0;
  /** Each key is in the slot of its remainder, or in the next free one; 0 marks a free slot. */
  let slots = new Float64Array(1024);

  function put(key: number): boolean {
    let at = key % slots.length;
    while (slots[at] !== 0) {
      if (slots[at] === key) return false;
      at = (at + 1) % slots.length;
    }
    slots[at] = key;
    return true;
  }

  return {
    add(key) {
      if (!put(key)) return false;
      count += 1;
      if (count > slots.length / 2) {
        const old = slots;
        slots = new Float64Array(old.length * 2);
        for (const moved of old) if (moved !== 0) put(moved);
      }
      return true;
    },
  };
}

/** Takes each key for new, and keeps it until it is taken: others will find out. */
export function collectKeys(): Keys & { readonly take: () => readonly number[] } {
  let keys: number[] = [];
  return {
    add(key) {
      keys.push(key);
      return true;
    },
    take() {
      const taken = keys;
      keys = [];
      return taken;
    },
  };
}
