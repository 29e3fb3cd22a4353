// The parts of the function in a profile of V8's: the bundle's files, and the work of the runtime itself.
import type { Profiler } from 'node:inspector';

/** The share of the time of each part, from 0 to 1: a file, or a kind of the runtime's own work. */
export type Shares = Readonly<Record<string, number>>;

/** The part that a function belongs to; `undefined` if it belongs to its caller's, as the search of a pattern does. */
export type PartOf = (
  frame: Pick<Profiler.ProfileNode['callFrame'], 'functionName' | 'url' | 'lineNumber'>,
) => string | undefined;

const BENCH = 'the bench';
/** The mark that esbuild puts above the code of a file. */
const MARK = /^ {2}\/\/ ((?:functions|lib)\/.+\.ts)$/;

/** Finds the file of each line by the marks in a bundle. */
export function partsOf(code: string): PartOf {
  let part = BENCH;
  const parts = code.split('\n').map((line) => {
    part = MARK.exec(line)?.[1] ?? part;
    return part;
  });
  return ({ functionName, url, lineNumber }) => {
    if (functionName === '(garbage collector)') return 'garbage collection';
    if (functionName === 'stringify') return 'JSON.stringify';
    if (url.startsWith('node:internal/crypto')) return 'SHA-256';
    if (url === 'destination.js') return parts[lineNumber] ?? BENCH;
    return url === '' ? undefined : BENCH;
  };
}

/** Computes the share of each part in a profile's samples, without those of the bench itself. */
export function sharesOf(nodes: readonly Profiler.ProfileNode[], partOf: PartOf): Shares {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const hits = new Map<string, number>();
  function count(id: number, caller: string): void {
    const node = byId.get(id);
    if (node === undefined) return;
    const part = partOf(node.callFrame) ?? caller;
    hits.set(part, (hits.get(part) ?? 0) + (node.hitCount ?? 0));
    for (const child of node.children ?? []) count(child, part);
  }
  const [root] = nodes;
  if (root !== undefined) count(root.id, BENCH);
  hits.delete(BENCH);
  const all = [...hits.values()].reduce((sum, value) => sum + value, 0);
  return Object.fromEntries(
    [...hits].filter(([, value]) => value > 0).map(([part, value]) => [part, value / all]),
  );
}
