// Runs jobs in parallel; a job may give further jobs.

/**
 * Runs jobs until none is left, at most so many at once. The job that was added last runs first: with jobs that are
 * split until they are small, the smallest are finished before the next large one is begun.
 *
 * @param run does a job and gives the jobs to do next, of which the last runs first; it must not reject.
 */
export async function runJobs<Job>(
  jobs: readonly Job[],
  maxParallel: number,
  run: (job: Job) => Promise<readonly Job[]>,
): Promise<void> {
  const waiting = [...jobs];
  let running = 0;

  function runWaiting(): Promise<unknown> {
    const started: Promise<void>[] = [];
    while (running < maxParallel) {
      const job = waiting.pop();
      if (job === undefined) break;
      started.push(runOne(job));
    }
    return Promise.all(started);
  }

  async function runOne(job: Job): Promise<void> {
    running += 1;
    const left = await run(job);
    running -= 1;
    waiting.push(...left);
    await runWaiting();
  }

  await runWaiting();
}
