// Tells everybody who watches a workspace what has changed in it.
import type { Update } from '../api';

export interface Updates {
  readonly publish: (update: Update) => void;
  /** Calls back with each update. @returns a function that ends this. */
  readonly watch: (listen: (update: Update) => void) => () => void;
}

export function createUpdates(): Updates {
  const listeners = new Set<(update: Update) => void>();
  return {
    publish(update) {
      for (const listen of listeners) listen(update);
    },
    watch(listen) {
      listeners.add(listen);
      return () => {
        listeners.delete(listen);
      };
    },
  };
}
