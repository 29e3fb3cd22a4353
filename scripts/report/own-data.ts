// What only one conversion has, and no other one of its kind. It is packed, so that it costs little to post from one
// thread to another. It may be personal, and is not shown as it is.
import type { TikTokEvent } from '../../lib/tiktok/payload';
import { ownProperty } from '../../lib/values/json';
import { hashKey } from '../local/tiktok/keys';
import type { Examined } from './examine';

export interface OwnData {
  readonly value: number | undefined;
  /** By which TikTok would know it again: its name and its id, hashed. */
  readonly key: number | undefined;
  /** Its id, if it has one. */
  readonly id: () => string;
}

/** An entry for each conversion that was delivered, in their order. */
export interface PackedData {
  /** NaN if there is none. */
  readonly values: Float64Array;
  /** 0 if there is none. */
  readonly keys: Float64Array;
  /** A list as JSON: few of them are ever needed. */
  readonly ids: string;
}

export function createPacker() {
  const values: number[] = [];
  const keys: number[] = [];
  const ids: string[] = [];

  function add({ event, event_id, properties }: TikTokEvent): void {
    const id = typeof event_id === 'string' ? event_id : undefined;
    const value = ownProperty(properties, 'value');
    values.push(typeof value === 'number' ? value : NaN);
    keys.push(id === undefined ? 0 : hashKey(JSON.stringify([event, id])));
    ids.push(id ?? '');
  }

  return {
    add({ fate, converted }: Examined): void {
      if (fate === 'delivered') converted?.events.forEach(add);
    },
    pack: (): PackedData => ({
      values: Float64Array.from(values),
      keys: Float64Array.from(keys),
      ids: JSON.stringify(ids),
    }),
  };
}

/** Gives one entry after the other. */
export function unpack({ values, keys, ids }: PackedData): () => OwnData {
  let [next, parsed]: [number, unknown] = [0, undefined];
  return () => {
    const index = next;
    next += 1;
    const value = values[index] ?? NaN;
    return {
      value: Number.isNaN(value) ? undefined : value,
      key: keys[index] === 0 ? undefined : keys[index],
      id: () => String(ownProperty((parsed ??= JSON.parse(ids)), String(index))),
    };
  };
}
