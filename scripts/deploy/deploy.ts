// npm run deploy: makes the function in the workspace what was built. It looks, shows, asks, and only then acts.
import { describeBuild } from '../bundle/build-id';
import type { PublicApi } from './api';
import type { ListedFunction, NewFunction, SegmentFunction } from './api/functions';
import { decide, type Decision, type ExitCode } from './decision';
import { finish } from './finish';
import { planUpdate } from './plan';
import {
  describeDiff,
  describeFunction,
  describeNew,
  describeSettings,
  describeSimilar,
  describeUndeployed,
  IN_SEGMENT,
  RUNS_WHEN_SAVED,
} from './review';
import type { Wait } from './retry';
import type { Terminal } from './terminal';
import {
  changedMeanwhile,
  findFunction,
  listNamed,
  readFunction,
  recheckSave,
  runOnce,
  sharedFunction,
  stopIfChanged,
  type Target,
} from './workspace';

/** What was built, and the file that it is in. */
export type Built = Omit<NewFunction, 'displayName'> & { readonly file: string };

/**
 * Updates the function, or creates it if there is none.
 *
 * @param wait is how it waits until Segment shows what runs.
 * @throws CommandError if Segment refuses, or somebody else changes the function meanwhile.
 */
export async function deploy(
  api: PublicApi,
  terminal: Terminal,
  built: Built,
  options: Target & Decision & { readonly removeSettings?: true },
  wait: Wait,
): Promise<ExitCode> {
  const found = await findFunction(api, options);
  if (found.kind === 'not found') {
    const wanted = { ...built, displayName: options.name };
    return create(api, terminal, wanted, found.similar, options, wait);
  }

  const current = await readFunction(api, found.id);
  const planFor = (state: SegmentFunction) =>
    planUpdate(state, built, { removeSettings: options.removeSettings ?? false });
  const plan = planFor(current);
  terminal.print(describeFunction(current));
  if (plan.isCodeChanged) terminal.print(describeDiff(current.code, built.code, [IN_SEGMENT, built.file]));
  const settings = describeSettings(plan);
  if (settings !== undefined) terminal.print(settings);

  if (!plan.isToDeploy) {
    terminal.print(`Nothing to change: it runs ${describeBuild(built.code)}.`);
    return 0;
  }
  const isSaved = plan.change === undefined;
  terminal.print(isSaved ? describeUndeployed('what was built') : RUNS_WHEN_SAVED);
  const exitCode = await decide(terminal, isSaved ? 'Deploy it' : 'Save and deploy it', options);
  if (exitCode !== undefined) return exitCode;

  const isAsSaved = (now: SegmentFunction) => planFor(now).change === undefined;
  let before = current;
  if (plan.change !== undefined) {
    const shared = sharedFunction(api, current.id);
    before = await stopIfChanged(shared, current);
    const recheck = recheckSave(shared, current, (now) => (isAsSaved(now) ? now : undefined));
    await api.updateFunction(current.id, plan.change, recheck);
    terminal.print('Saved.');
  }
  await finish(api, terminal, { before, isAsSaved }, wait);
  return 0;
}

async function create(
  api: PublicApi,
  terminal: Terminal,
  { displayName, description, code, settings }: NewFunction,
  similar: readonly ListedFunction[],
  options: Decision,
  wait: Wait,
): Promise<ExitCode> {
  const wanted = { displayName, description, code, settings };
  if (similar.length > 0) terminal.print(describeSimilar(similar));
  terminal.print(describeNew(wanted));
  const exitCode = await decide(terminal, 'Create and deploy it', options);
  if (exitCode !== undefined) return exitCode;

  const isAsSaved = (now: SegmentFunction) =>
    planUpdate(now, wanted, { removeSettings: true }).change === undefined;
  // Somebody else may have created it meanwhile.
  const stopIfTaken = async () => {
    const { named } = await listNamed(api, displayName);
    if (named.length > 0) throw changedMeanwhile('A function of this name exists now');
    return undefined;
  };
  await stopIfTaken();
  const created = await runOnce(
    () => api.createFunction(wanted, stopIfTaken),
    async () => {
      const [only, ...others] = (await listNamed(api, displayName)).named;
      if (only === undefined || others.length > 0) return undefined;
      const found = await api.getFunction(only.id);
      return isAsSaved(found) ? found : undefined;
    },
  );
  terminal.print(`Created: ${created.id}`);
  await finish(api, terminal, { before: { id: created.id }, isAsSaved }, wait);
  return 0;
}
