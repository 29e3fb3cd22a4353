// The threads that share the work of a long report.
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { ROOT } from '../cli/project';
import type { Surveyed, SurveyorOptions } from './surveyor';
import type { Finding } from './finding';
import type { Message, Posted } from './thread';

const FOLDER = path.join(ROOT, 'scripts/report');

export interface Threads {
  /** Surveys events in the thread that has least to do. @param texts their JSON. */
  readonly survey: (texts: readonly string[]) => Promise<Surveyed>;
  /** Ends them, whatever they are doing. */
  readonly close: () => Promise<void>;
}

/** @param count how many. */
export async function openThreads(count: number, options: SurveyorOptions): Promise<Threads> {
  const code = await (compiled ??= compile());
  const threads = Array.from({ length: count }, () => openThread(code, options));
  return {
    survey(texts) {
      const [idlest] = threads.toSorted((one, other) => one.pending() - other.pending());
      if (idlest === undefined) throw new RangeError('There are no threads');
      return idlest.survey(texts);
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

let compiled: Promise<string> | undefined;

/**
 * The program of a thread as one text: threads inherit no loader for TypeScript, which would take most of the time and
 * memory of their start. It is evaluated as if it stood in its file.
 */
async function compile(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [path.join(FOLDER, 'thread.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    banner: { js: '((require, __dirname) => {' },
    footer: {
      js: `})(require('node:module').createRequire(${JSON.stringify(`${FOLDER}/`)}), ${JSON.stringify(FOLDER)});`,
    },
  });
  return outputFiles.map(({ text }) => text).join('');
}

/** Whoever waits for an answer. */
interface Waiting {
  readonly resolve: (surveyed: Surveyed) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Megabytes that a thread may take, far more than it needs: the more it may take, the longer V8 leaves garbage lying, and
 * by default these are gigabytes.
 */
const LIMITS = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 512 };

function openThread(code: string, options: SurveyorOptions) {
  const worker = new Worker(code, {
    eval: true,
    // Nothing of the command's own loaders.
    execArgv: [],
    resourceLimits: LIMITS,
  });
  const waiting: Waiting[] = [];
  let failure: Error | undefined;
  /** Those of the last answer. */
  let findings: readonly Finding[] = [];
  const post = (message: Message): void => {
    worker.postMessage(message);
  };

  function fail(error: Error): void {
    failure ??= error;
    for (const { reject } of waiting.splice(0)) reject(failure);
  }
  worker
    .on('message', ({ before, ...surveyed }: Posted) => {
      findings = [...findings.slice(0, before), ...surveyed.findings];
      waiting.shift()?.resolve({ ...surveyed, findings });
    })
    .on('error', fail)
    .on('exit', () => {
      fail(new Error('A thread of the report has ended'));
    });
  post({ kind: 'open', options });

  return {
    pending: () => waiting.length,
    survey: (texts: readonly string[]) =>
      new Promise<Surveyed>((resolve, reject) => {
        if (failure === undefined) {
          waiting.push({ resolve, reject });
          post({ kind: 'survey', texts });
        } else reject(failure);
      }),
    async close() {
      await worker.terminate();
    },
  };
}
