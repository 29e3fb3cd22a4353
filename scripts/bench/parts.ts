// The parts of the function in a profile of V8's: the files that the bundle is made of, and the work of the runtime itself.
import { readdirSync, readFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import path from 'node:path';

/** What time goes to, from 0 to 1: files, and the runtime's own work by what it is. */
export type Shares = Readonly<Record<string, number>>;

const ROOT = path.join(__dirname, '../..');

/** What a function is part of; `undefined` where it is part of whatever calls it, as a pattern's search is. */
export type PartOf = (
  frame: Pick<Profiler.ProfileNode['callFrame'], 'functionName' | 'url' | 'lineNumber'>,
) => string | undefined;

const BENCH = 'the bench';
const DECLARED = /^(?:export )?(?:async )?(?:function|const|let|var) (\w+)/;

/** Knows the files of a bundle's functions by the names that stand at their tops. */
export function partsOf(code: string): PartOf {
  const files = ['functions', 'lib'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder))
      .filter((file) => /(?<!\.d)\.ts$/.test(file))
      .map((file) => `${folder}/${file}`),
  );
  const fileOf = new Map(
    files.flatMap((file) =>
      readFileSync(path.join(ROOT, file), 'utf8')
        .split('\n')
        .flatMap((line) => DECLARED.exec(line)?.[1] ?? [])
        .map((name) => [name, file]),
    ),
  );
  let file: string | undefined;
  const lines = code.split('\n').map((line) => {
    const [, name] = DECLARED.exec(line) ?? [];
    if (name !== undefined) file = fileOf.get(name);
    return file ?? BENCH;
  });
  return ({ functionName, url, lineNumber }) => {
    if (functionName === '(garbage collector)') return 'garbage collection';
    if (functionName === 'stringify') return 'JSON.stringify';
    if (url.startsWith('node:internal/crypto')) return 'SHA-256';
    if (url === 'destination.js') return lines[lineNumber] ?? BENCH;
    return url === '' ? undefined : BENCH;
  };
}

/** The share of each part in a profile's samples, without those of the bench itself. */
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
