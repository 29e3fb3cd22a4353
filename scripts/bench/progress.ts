// Progress on a terminal: what is being measured, and how far it is.
import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from './compare';

/** Measures while a bar shows how far it is; nothing is shown where nobody sits at a terminal. */
export async function withProgress<Result>(
  subject: string,
  measure: (progress: Progress) => Result | Promise<Result>,
): Promise<Result> {
  const bar = new SingleBar(
    { format: `{bar} ${subject}`, clearOnComplete: true, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(1, 0);
  try {
    return await measure((share) => {
      bar.update(share);
    });
  } finally {
    bar.stop();
  }
}
