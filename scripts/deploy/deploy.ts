// npm run deploy: makes the function in the workspace what was built. It looks, shows, asks, and only then acts.
import { describeBuild } from '../bundle/build-id';
import type { NewFunction, PublicApi, SegmentFunction } from './api';
import { decide, type Decision, type ExitCode } from './decision';
import { finish } from './finish';
import { planUpdate } from './plan';
import {
  describeDiff,
  describeFunction,
  describeNew,
  describeSettings,
  describeUndeployed,
  IN_SEGMENT,
} from './review';
import type { Terminal } from './terminal';
import {
  changedMeanwhile,
  findFunction,
  listNamed,
  readFunction,
  recheckSave,
  runOnce,
  stopIfChanged,
  type Target,
} from './workspace';

/** What was built, and the file that it is in. */
export type Built = Omit<NewFunction, 'displayName'> & { readonly file: string };

/**
 * Updates the function, or creates it if there is none.
 *
 * @throws CommandError if Segment refuses, or somebody else changes the function meanwhile.
 */
export async function deploy(
  api: PublicApi,
  terminal: Terminal,
  built: Built,
  options: Target & Decision & { readonly removeSettings?: true },
): Promise<ExitCode> {
  const id = await findFunction(api, options);
  if (id === undefined) return create(api, terminal, { ...built, displayName: options.name }, options);

  const current = await readFunction(api, id);
  const planFor = (state: SegmentFunction) =>
    planUpdate(state, built, { removeSettings: options.removeSettings ?? false });
  const plan = planFor(current);
  terminal.print(describeFunction(current));
  if (plan.isCodeChanged) terminal.print(describeDiff(current.code, built.code, [IN_SEGMENT, built.file]));
  const settings = describeSettings(plan);
  if (settings !== '') terminal.print(settings);

  const isDone = options.saveOnly ? plan.change === undefined : !plan.isToDeploy;
  if (isDone) {
    const state = options.saveOnly ? 'what is saved is' : 'it runs';
    terminal.print(`Nothing to change: ${state} ${describeBuild(built.code)}.`);
    return 0;
  }
  if (plan.change === undefined) terminal.print(describeUndeployed('what was built'));
  const question =
    plan.change === undefined ? 'Deploy it' : options.saveOnly ? 'Save it' : 'Save and deploy it';
  const exitCode = await decide(terminal, question, options);
  if (exitCode !== undefined) return exitCode;

  const isAsWanted = (now: SegmentFunction) => planFor(now).change === undefined;
  if (plan.change !== undefined) {
    await stopIfChanged(api, current);
    const recheck = recheckSave(api, current, (now) => (isAsWanted(now) ? now : undefined));
    await api.updateFunction(id, plan.change, recheck);
    terminal.print('Saved.');
  }
  await finish(api, terminal, current, isAsWanted, options);
  return 0;
}

async function create(
  api: PublicApi,
  terminal: Terminal,
  { displayName, description, code, settings }: NewFunction,
  options: Decision,
): Promise<ExitCode> {
  const wanted = { displayName, description, code, settings };
  terminal.print(describeNew(wanted));
  const question = options.saveOnly ? 'Create it' : 'Create and deploy it';
  const exitCode = await decide(terminal, question, options);
  if (exitCode !== undefined) return exitCode;

  const isAsWanted = (now: SegmentFunction) =>
    planUpdate(now, wanted, { removeSettings: true }).change === undefined;
  // Somebody else may have created it meanwhile.
  const stopIfTaken = async () => {
    const others = await listNamed(api, displayName);
    if (others.length > 0) throw changedMeanwhile('A function of this name exists now');
    return undefined;
  };
  await stopIfTaken();
  const created = await runOnce(
    () => api.createFunction(wanted, stopIfTaken),
    async () => {
      const [only, ...others] = await listNamed(api, displayName);
      if (only === undefined || others.length > 0) return undefined;
      const found = await api.getFunction(only.id);
      return isAsWanted(found) ? found : undefined;
    },
  );
  terminal.print(`Created: ${created.id}`);
  await finish(api, terminal, created, isAsWanted, options);
  return 0;
}
