// What a deploy would change: pure, from what is in the workspace and what was built.
import { isSameCode } from '../build-id';
import type { FunctionChange, SegmentFunction, Setting } from './api';

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
  /** What is to be saved; `undefined` where the workspace has it already. */
  readonly change: FunctionChange | undefined;
  /** Whether the function is to be deployed: something is to be saved, or was saved and never deployed. */
  readonly isToDeploy: boolean;
}

/** The parts of a setting that can change. Its name is what the values hang on. */
export const PARTS = ['label', 'type', 'required', 'sensitive', 'description'] as const;

/**
 * Settings are the same where their names are, whatever the case: the function reads them so, and a setting keeps
 * the name that it has in the workspace, because the values that people typed hang on it.
 *
 * @param removeSettings whether settings that are not in the code are to go, and their values with them.
 */
export function planUpdate(
  current: Pick<SegmentFunction, 'code' | 'settings' | 'deployedAt' | 'isLatestVersion'>,
  wanted: Wanted,
  { removeSettings }: { readonly removeSettings: boolean },
): Plan {
  const find = (settings: readonly Setting[], { name }: Setting) =>
    settings.find((setting) => setting.name.toLowerCase() === name.toLowerCase());
  const matches = wanted.settings.map((setting) => {
    const before = find(current.settings, setting);
    return { before, after: { ...setting, name: before?.name ?? setting.name } };
  });
  const added = matches.flatMap(({ before, after }) => (before === undefined ? [after] : []));
  const changed = matches.flatMap(({ before, after }) =>
    before !== undefined && PARTS.some((part) => before[part] !== after[part]) ? [{ before, after }] : [],
  );
  const strangers = current.settings.filter((setting) => find(wanted.settings, setting) === undefined);
  const [removed, kept] = removeSettings ? [strangers, []] : [[], strangers];

  const isCodeChanged = !isSameCode(current.code, wanted.code);
  const areSettingsChanged = added.length + changed.length + removed.length > 0;
  const change: FunctionChange = {
    ...(isCodeChanged && { code: wanted.code }),
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

/** Whether the connected instances run what is saved. */
export function isDeployed({
  deployedAt,
  isLatestVersion,
}: Pick<SegmentFunction, 'deployedAt' | 'isLatestVersion'>): boolean {
  return (deployedAt ?? '') !== '' && isLatestVersion !== false;
}

/**
 * The functions of that name. Segment shows a Destination Function's name with the workspace's behind it, as in
 * `Name (Workspace)`: https://docs.segmentapis.com/tag/Functions/#operation/createFunction
 */
export function withName<Named extends { readonly displayName: string }>(
  functions: readonly Named[],
  name: string,
): readonly Named[] {
  return functions.filter(
    ({ displayName }) =>
      displayName === name || (displayName.startsWith(`${name} (`) && displayName.endsWith(')')),
  );
}
