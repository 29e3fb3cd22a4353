// A progress bar on a terminal, and nothing elsewhere.
import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
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
 * @param size the bytes to be read; `undefined` where nobody knows them: then no time is shown either.
 */
export function createProgress(
  size: number | undefined,
  stream: NodeJS.WritableStream = process.stderr,
): Progress {
  const rate = '{events} events, {rate} a second';
  const bar = new SingleBar(
    {
      stream,
      format: size === undefined ? rate : `{bar} {percentage} %, ${rate}, {eta_formatted} left`,
      clearOnComplete: true,
      hideCursor: true,
      // Not at every call, of which there may be thousands a second.
      fps: 5,
      etaBuffer: 100,
    },
    Presets.shades_classic,
  );
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
