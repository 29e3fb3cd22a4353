// Progress on a terminal, and nothing elsewhere.
import { Presets, SingleBar, type Options } from 'cli-progress';

const createBar = (options: Options): SingleBar =>
  new SingleBar({ clearOnComplete: true, hideCursor: true, ...options }, Presets.shades_classic);

/** Is given which share of a piece of work is done, from 0 to 1. */
export type Progress = (share: number) => void;

/** Works while a bar shows how far it is. */
export async function withProgress<Result>(
  subject: string,
  work: (progress: Progress) => Result | Promise<Result>,
): Promise<Result> {
  const bar = createBar({ format: `{bar} ${subject}` });
  bar.start(1, 0);
  try {
    return await work((share) => {
      bar.update(share);
    });
  } finally {
    bar.stop();
  }
}

export interface EventProgress {
  readonly start: () => void;
  /** Takes bytes that were read. */
  readonly read: (bytes: number) => void;
  /** Takes events that were handled. */
  readonly handled: (events: number) => void;
  readonly stop: () => void;
}

/**
 * Shows events, events a second and the time left.
 *
 * @param size the bytes to be read; without it, no time is shown.
 * @param stream where it is shown, if that is a terminal.
 */
export function createEventProgress(size: number | undefined, stream: NodeJS.WritableStream): EventProgress {
  const rate = '{events} events, {rate} a second';
  const bar = createBar({
    stream,
    format: size === undefined ? rate : `{bar} {percentage} %, ${rate}, {eta_formatted} left`,
    // Not at every call, of which there may be thousands a second.
    fps: 5,
    etaBuffer: 100,
  });
  const startedAt = Date.now();
  let [bytes, events] = [0, 0];

  const shown = () => {
    const seconds = Math.max(Date.now() - startedAt, 1) / 1000;
    return {
      events: events.toLocaleString('en'),
      rate: Math.round(events / seconds).toLocaleString('en'),
    };
  };

  return {
    start() {
      bar.start(size ?? 1, 0, shown());
    },
    read(more) {
      bytes += more;
    },
    handled(more) {
      events += more;
      bar.update(size === undefined ? 0 : Math.min(bytes, size), shown());
    },
    stop() {
      bar.stop();
    },
  };
}
