// What a deploy would change, computed from what is in the workspace and what was built.
import { nearestOf } from '../../lib/values/nearest';
import { isSameCode } from '../bundle/build-id';
import type { FunctionChange, SegmentFunction, Setting, Version } from './api/functions';

export interface Wanted {
  readonly code: string;
  readonly settings: readonly Setting[];
}

export interface ChangedSetting {
  readonly before: Setting;
  readonly after: Setting;
}

export interface Plan {
  readonly isCodeChanged: boolean;
  readonly added: readonly Setting[];
  readonly changed: readonly ChangedSetting[];
  readonly removed: readonly Setting[];
  /** In the workspace, not in the code, and left alone. */
  readonly kept: readonly Setting[];
  /** What is to be saved; `undefined` if the workspace has it already. */
  readonly change: FunctionChange | undefined;
  /** Whether the function is to be deployed: something is to be saved, or was saved and never deployed. */
  readonly isToDeploy: boolean;
}

/** The parts of a setting that can change. Its name cannot: Segment keeps the values under it. */
export const PARTS = ['label', 'type', 'required', 'sensitive', 'description'] as const;

/**
 * Plans the update of a function. A setting of the code is the one in the workspace with the same name, or else with
 * a name that differs only in case, as the function reads them. It keeps the name that it has in the workspace,
 * because Segment keeps the values that people entered under that name.
 *
 * @param removeSettings whether settings that are not in the code are removed, and their values with them.
 */
export function planUpdate(
  current: Pick<SegmentFunction, 'code' | 'settings' | 'deployedAt' | 'isLatestVersion'>,
  wanted: Wanted,
  { removeSettings }: { readonly removeSettings: boolean },
): Plan {
  const unmatched = new Set(current.settings);
  const take = (isMeant: (name: string) => boolean) => {
    const found = [...unmatched].find(({ name }) => isMeant(name));
    if (found !== undefined) unmatched.delete(found);
    return found;
  };
  const exactMatches = wanted.settings.map((setting) => ({
    setting,
    exact: take((name) => name === setting.name),
  }));
  const matches = exactMatches.map(({ setting, exact }) => {
    const before = exact ?? take((name) => name.toLowerCase() === setting.name.toLowerCase());
    return { before, after: { ...setting, name: before?.name ?? setting.name } };
  });
  const added = matches.flatMap(({ before, after }) => (before === undefined ? [after] : []));
  const changed = matches.flatMap(({ before, after }) =>
    before !== undefined && PARTS.some((part) => before[part] !== after[part]) ? [{ before, after }] : [],
  );
  const [removed, kept] = removeSettings ? [[...unmatched], []] : [[], [...unmatched]];

  const isCodeChanged = !isSameCode(current.code, wanted.code);
  const areSettingsChanged = added.length + changed.length + removed.length > 0;
  const change: FunctionChange = {
    code: wanted.code,
    ...(areSettingsChanged && { settings: [...matches.map(({ after }) => after), ...kept] }),
  };
  const isToSave = isCodeChanged || areSettingsChanged;
  return {
    isCodeChanged,
    added,
    changed,
    removed,
    kept,
    change: isToSave ? change : undefined,
    isToDeploy: isToSave || !isDeployed(current),
  };
}

/** Whether the connected instances run what is saved, as far as Segment says it. */
export const isDeployed = ({
  deployedAt,
  isLatestVersion,
}: Pick<SegmentFunction, 'deployedAt' | 'isLatestVersion'>): boolean =>
  isLatestVersion ?? wasEverDeployed({ deployedAt });

/** Whether any version of the function was ever deployed. */
export const wasEverDeployed = ({ deployedAt }: Pick<SegmentFunction, 'deployedAt'>): boolean =>
  (deployedAt ?? '') !== '';

/**
 * Whether the latest version is the one that is deployed, by the versions themselves.
 *
 * @param code what is saved.
 * @returns `undefined` if they do not tell.
 */
export function isLatestDeployed(code: string, versions: readonly Version[]): boolean | undefined {
  const deployed = versions.find((version) => version.isDeployed === true);
  if (deployed === undefined) return undefined;
  // A change of the settings alone saves the same code again.
  return isSameCode(deployed.code, code) && !versions.some((other) => savedAt(other) > savedAt(deployed));
}

/**
 * The version to go back to: the last one before the deployed one that has other code, because a change of the settings
 * alone saves the same code again. `undefined` if there is none, or none is marked as deployed.
 */
export function previousVersion(versions: readonly Version[]): Version | undefined {
  const deployed = versions.find((version) => version.isDeployed === true);
  if (deployed === undefined) return undefined;
  return latestFirst(versions).find(
    (version) => savedAt(version) < savedAt(deployed) && !isSameCode(version.code, deployed.code),
  );
}

/** Segment's order is not always that of the times; versions without a time come last. */
export const latestFirst = (versions: readonly Version[]): readonly Version[] =>
  [...versions].sort((one, other) => (savedAt(other) || 0) - (savedAt(one) || 0));

/** In milliseconds since 1970; NaN, which is neither before nor after any time, if Segment does not say it. */
const savedAt = ({ createdAt }: Version): number => Date.parse(createdAt ?? '');

/**
 * The functions of that name. Segment appends the workspace's name to that of a Destination Function, as in
 * `Name (Workspace)`.
 * Segment Public API, "Functions", section "Create Function":
 * https://docs.segmentapis.com/tag/Functions/#operation/createFunction
 */
export function withName<Named extends { readonly displayName: string }>(
  functions: readonly Named[],
  name: string,
  workspace: string,
): readonly Named[] {
  const names = [name, `${name}${suffixOf(workspace)}`];
  return functions.filter(({ displayName }) => names.includes(displayName));
}

/** The functions whose name, with or without the workspace's behind it, is like that name. */
export const similarTo = <Named extends { readonly displayName: string }>(
  functions: readonly Named[],
  name: string,
  workspace: string,
): readonly Named[] =>
  functions.filter(({ displayName }) => {
    const suffix = suffixOf(workspace);
    const own = displayName.endsWith(suffix) ? displayName.slice(0, -suffix.length) : displayName;
    return nearestOf(name, [own]) !== undefined;
  });

const suffixOf = (workspace: string): string => ` (${workspace})`;
