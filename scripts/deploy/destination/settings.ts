// npm run deploy -- settings: updates the settings of a connected function to those of a file. It looks, shows, asks, saves, and
// reads back.
//
// That a connected function's settings can be saved is read in Segment's reference, not tried: so what was saved is read
// back, and if Segment did not take it, the values are printed for the screen.
// Segment Public API, "Destinations", section "Update Destination":
// https://docs.segmentapis.com/tag/Destinations/#operation/updateDestination
import { isDeepStrictEqual } from 'node:util';
import { isFailure } from '../../../lib/result';
import { InputError } from '../../cli/command';
import { checkSettings, type NamedSettings } from '../../report/settings';
import type { PublicApi } from '../api';
import type { Destination } from '../api/destinations';
import { decide, type Decision, type ExitCode } from '../decision';
import { ApiError } from '../failure';
import { readUntil } from '../read-until';
import type { Wait } from '../retry';
import type { Terminal } from '../terminal';
import { recheckSave, stopIfChanged, StoppedError, type Shared } from '../workspace';
import { readThisFunction } from './kind';
import { CHANGES, planSettings, type SettingsPlan } from './plan';
import { describeDestination, describeDifferences, describeValuesToPaste, USED_WHEN_SAVED } from './review';
import { ownSettings, type WantedSettings } from './wanted';

/** Shows what the settings before and after would make of events. @param name of the function in Segment. */
export type Compare = (before: NamedSettings, after: NamedSettings, name: string) => Promise<unknown>;

export interface SettingsSurroundings {
  /** Left out if there are no events to compare with. */
  readonly compare?: Compare;
  /** How it waits until Segment shows what was saved. */
  readonly wait: Wait;
}

/**
 * Saves the settings of a file as those of a destination.
 *
 * @throws CommandError if Segment refuses, or somebody else changes the settings meanwhile.
 */
export async function deploySettings(
  api: PublicApi,
  terminal: Terminal,
  id: string,
  wanted: WantedSettings,
  options: Decision,
  { compare, wait }: SettingsSurroundings,
): Promise<ExitCode> {
  const planFor = (state: Destination) => planSettings(state, wanted);
  const isAsWanted = (state: Destination) => {
    const { isDifferent, problems } = planFor(state);
    return !isDifferent && problems.length === 0;
  };
  const shared: Shared<Destination> = {
    read: () => api.getDestination(id),
    // Whoever saved just what is to be saved did no harm.
    isAsShown: (now, shown) =>
      isDeepStrictEqual(now.settings, shown.settings) ||
      (isAsWanted(now) && isDeepStrictEqual(planFor(now).body, planFor(shown).body)),
    describeChange: () => 'The settings were changed in the workspace after the difference was shown',
  };

  const current = await readThisFunction(api, id);
  const plan = planFor(current);
  for (const secret of plan.secrets) terminal.hide(secret);
  if (plan.problems.length > 0) {
    throw new InputError(`Nothing was changed. ${wanted.file}: ${plan.problems.join('; ')}`);
  }
  terminal.print(describeDestination(current));
  if (!plan.isDifferent && plan.hidden.length === 0) {
    terminal.print(`Nothing to change: Segment has the settings of ${wanted.file}.`);
    return 0;
  }
  terminal.print(describeDifferences(plan, wanted.file));
  if (!plan.isDifferent) {
    terminal.print(
      `Nothing is different in what Segment shows. What it hides can only be saved again: ${plan.hidden.join(', ')}.\n`,
    );
  }
  if (compare !== undefined && plan.isDifferent) await compareWith(compare, terminal, current, wanted, plan);
  terminal.print(USED_WHEN_SAVED);
  const exitCode = await decide(terminal, 'Save the settings', options);
  // What cannot be compared is not a difference that a check should report.
  if (exitCode !== undefined) return options.dryRun && !plan.isDifferent ? 0 : exitCode;

  await stopIfChanged(shared, current);
  // A hidden value tells nothing about an earlier attempt, which does no harm if it is repeated.
  const recheck = recheckSave(shared, current, (now) =>
    isAsWanted(now) && planFor(now).hidden.length === 0 ? now : undefined,
  );
  try {
    await api.updateDestination(id, plan.body, recheck);
  } catch (error) {
    if (isRefusal(error)) terminal.print(describeValuesToPaste(wanted));
    throw error;
  }
  terminal.print('Saved.');
  await confirm(terminal, { shared, shown: current, wanted, isAsWanted }, wait);
  return 0;
}

/** Shows what would change for events. The token is not shown by Segment, and makes no difference on this machine. */
async function compareWith(
  compare: Compare,
  terminal: Terminal,
  current: Destination,
  { file, values, variables }: WantedSettings,
  { body }: SettingsPlan,
): Promise<void> {
  const secrets = Object.fromEntries([...variables.keys()].map((key) => [key, values[key]]));
  const after = { name: file, values: ownSettings(body) };
  const before = { name: 'Segment', values: { ...ownSettings(current.settings), ...ownSettings(secrets) } };
  const checked = checkSettings(before);
  if (isFailure(checked)) {
    terminal.print(
      `No events were compared, because the settings in Segment do not work: ${checked.reason}.\n`,
    );
    return;
  }
  await compare(before, after, current.metadata.name);
  terminal.print('');
}

/** Whether Segment answered, and trying again later would not help. */
const isRefusal = (error: unknown): boolean =>
  error instanceof ApiError && error.status !== undefined && error.status !== 429 && error.status < 500;

interface SavedSettings {
  readonly shared: Shared<Destination>;
  /** The destination before the save. */
  readonly shown: Destination;
  readonly wanted: WantedSettings;
  readonly isAsWanted: (now: Destination) => boolean;
}

/** @throws StoppedError if Segment shows other settings than were saved; what to paste is printed first. */
async function confirm(
  terminal: Terminal,
  { shared, shown, wanted, isAsWanted }: SavedSettings,
  wait: Wait,
): Promise<void> {
  const after = await readUntil(shared.read, isAsWanted, { terminal, wait, what: 'the settings' });
  const { hidden, differences } = planSettings(after, wanted);
  if (isAsWanted(after)) {
    const but = hidden.length === 0 ? '' : ` It hides ${hidden.join(', ')}, which cannot be compared.`;
    terminal.print(`Confirmed: Segment shows the settings of ${wanted.file}.${but}`);
    return;
  }
  terminal.print(describeValuesToPaste(wanted));
  const labels = [...new Set(differences.flatMap(({ kind, label }) => (CHANGES.has(kind) ? [label] : [])))];
  throw new StoppedError(
    isDeepStrictEqual(after.settings, shown.settings)
      ? 'Segment answered that it saved the settings, but it shows them as they were before. Paste the values above into its screen.'
      : `Segment answered that it saved the settings, but it shows other ones (${labels.join(', ')}), perhaps because somebody changed them meanwhile. Those were not overwritten. Run it again to see the difference, or paste the values above into its screen.`,
  );
}
