// Progress on a terminal, and nothing elsewhere.
import { Presets, SingleBar, type Options } from 'cli-progress';

const createBar = (options: Options): SingleBar =>
  new SingleBar({ clearOnComplete: true, hideCursor: true, ...options }, Presets.shades_classic);

/** Takes the share of the work that is done, from 0 to 1. */
export type Progress = (share: number) => void;

/** Does work while a bar shows its progress. */
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

interface EventProgress {
  readonly start: () => void;
  /** Adds bytes that were read. */
  readonly read: (bytes: number) => void;
  /** Adds events that were handled. */
  readonly handled: (events: number) => void;
  readonly stop: () => void;
}

/**
 * Makes a display of the events so far, the events a second and the time left.
 *
 * @param size the bytes to be read; without it, no time is shown.
 * @param stream where it is shown, if that is a terminal.
 */
export function createEventProgress(size: number | undefined, stream: NodeJS.WritableStream): EventProgress {
  const rate = '{events} events, {rate} a second';
  const bar = createBar({
    stream,
    format: size === undefined ? rate : `{bar} {percentage} %, ${rate}, {eta_formatted} left`,
    // There may be thousands of updates a second.
    fps: 5,
    etaBuffer: 100,
  });
  const startedAt = Date.now();
  let [bytes, events] = [0, 0];

  const values = () => {
    const seconds = Math.max(Date.now() - startedAt, 1) / 1000;
    return {
      events: events.toLocaleString('en'),
      rate: Math.round(events / seconds).toLocaleString('en'),
    };
  };

  return {
    start() {
      bar.start(size ?? 1, 0, values());
    },
    read(more) {
      bytes += more;
    },
    handled(more) {
      events += more;
      bar.update(size === undefined ? 0 : Math.min(bytes, size), values());
    },
    stop() {
      bar.stop();
    },
  };
}
