// A set of keys of millions of events, in the memory of two numbers each: a Set of them takes five times as much.
import { createHash } from 'node:crypto';

export interface Keys {
  /** Adds a text's key: whether it is new. */
  readonly add: (text: string) => boolean;
}

/** 48 bits of a hash, never 0: among a million texts, two have the same key once in five hundred times. */
const keyOf = (text: string): number => createHash('sha1').update(text).digest().readUIntBE(0, 6) || 1;

export function createKeys(): Keys {
  let count = 0;
  /** Each key stands at its place or after it; 0 is free. */
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
    add(text) {
      if (!put(keyOf(text))) return false;
      count += 1;
      if (count > slots.length / 2) {
        const old = slots;
        slots = new Float64Array(old.length * 2);
        for (const key of old) if (key !== 0) put(key);
      }
      return true;
    },
  };
}
