// What a save would change of a destination's settings, computed from what Segment shows and what is wanted. Pure.
import { isDeepStrictEqual } from 'node:util';
import { SETTINGS } from '../../../lib/configuration/settings';
import { booleanOf } from '../../../lib/values/boolean';
import { isPresent, isRecord, ownProperty } from '../../../lib/values/json';
import { nearestOf } from '../../../lib/values/nearest';
import { textOf } from '../../../lib/values/text';
import { printable } from '../../cli/printable';
import type { Destination, SettingValues } from '../api/destinations';
import { isSameName, settingNames } from './kind';
import { askForVariable, type WantedSettings } from './wanted';

/** What happens to a setting, or to an entry of a map. */
export interface Difference {
  readonly kind: 'added' | 'changed' | 'removed' | 'kept' | 'same' | 'differs' | 'hidden';
  readonly label: string;
  /** Of a map. */
  readonly entry?: string;
  /** What Segment has, and what it is to have; neither of a sensitive setting. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** The file does not name the setting, so it becomes empty. */
  readonly isLeftOut?: true;
}

/** The differences that a save removes. */
export const CHANGES: ReadonlySet<Difference['kind']> = new Set(['added', 'changed', 'removed', 'differs']);

export interface SettingsPlan {
  /** In the order of Segment's screen; the settings of others come last. */
  readonly differences: readonly Difference[];
  /** Whether anything that Segment shows is to change. */
  readonly isDifferent: boolean;
  /** The labels of the settings whose values Segment hides: whether they are to change is not known. */
  readonly hidden: readonly string[];
  /** What Segment shows of secrets in clear. */
  readonly secrets: readonly string[];
  /** Every setting: whether Segment keeps or removes those that a save leaves out is not known. */
  readonly body: SettingValues;
  /** Why nothing can be saved. */
  readonly problems: readonly string[];
}

type Definition = (typeof SETTINGS)[number];
type SettingType = Definition['type'];

/** What Segment shows in the place of a secret, such as ••••••••••dada: a part of it may be visible. */
const MASK = /^([^•*]*)[•*]{3}(?:.*[•*])?([^•*]*)$/s;
/** The types of a secret in Segment's catalog. */
const SECRET_TYPE = /password|secret/i;

/** Values as Segment's editor has them; what is absent is as empty as a field that nothing is typed in. */
const EDITED = {
  STRING: textOf,
  BOOLEAN: (value: unknown) => booleanOf(value) ?? false,
  TEXT_MAP: entriesOf,
} as const satisfies Readonly<Record<SettingType, (value: unknown) => unknown>>;

/** The entries of a map without leading and trailing spaces; a row that nothing was typed in is not one. */
function entriesOf(map: unknown): SettingValues {
  if (!isRecord(map) || Array.isArray(map)) return {};
  const trimmed = (value: unknown) => (typeof value === 'string' ? value.trim() : value);
  return Object.fromEntries(
    Object.entries(map)
      .map(([key, value]) => [key.trim(), trimmed(value)] as const)
      .filter(([key, value]) => key !== '' || isPresent(value)),
  );
}

/** Plans the save of all settings. */
export function planSettings(current: Destination, wanted: WantedSettings): SettingsPlan {
  const known = SETTINGS.map((setting) => planSetting(setting, current, wanted));
  const parts = [...known, ...planOthers(current, wanted)];
  const differences = parts.flatMap((part) => part.differences);
  const values = parts.flatMap((part) => part.values);
  const masked = values.flatMap(([name, value]) =>
    isMasked(value)
      ? [`${printable(name)}: its value is masked, as Segment shows a secret: expected the secret itself`]
      : [],
  );
  return {
    differences,
    isDifferent: differences.some(({ kind }) => CHANGES.has(kind)),
    hidden: differences.flatMap(({ kind, label }) => (kind === 'hidden' ? [label] : [])),
    secrets: parts.flatMap(({ secret }) => (secret === undefined || isMasked(secret) ? [] : [secret])),
    body: Object.fromEntries(values),
    problems: [...parts.flatMap(({ problems }) => problems), ...masked],
  };
}

/** The share of one setting in the plan. */
interface Part {
  readonly differences: readonly Difference[];
  readonly values: readonly (readonly [name: string, value: unknown])[];
  readonly problems: readonly string[];
  /** What Segment shows of it if it is sensitive. */
  readonly secret?: string;
}
const NOTHING: Part = { differences: [], values: [], problems: [] };

function planSetting(setting: Definition, current: Destination, wanted: WantedSettings): Part {
  const { label, name, sensitive, type } = setting;
  const key = keyIn(wanted.values, name);
  const value = key === undefined ? undefined : wanted.values[key];
  const spellings = settingNames(current).filter((one) => isSameName(one, name));
  if (spellings.length === 0 && current.metadata.options.length > 0) {
    if (!isPresent(value)) return NOTHING;
    // It is an earlier version of the function.
    return problem(
      `${label}: the function in Segment does not have it: first deploy the code, with npm run deploy`,
    );
  }

  // The function takes the last one that is present.
  const before = spellings.map((one) => current.settings[one]).findLast(isPresent);
  const after = EDITED[type](value);
  const values = (spellings.length === 0 ? [name] : spellings).map((one) => [one, after] as const);
  if (sensitive || isMasked(before)) {
    if (key === undefined)
      return problem(
        `${label} is hidden by Segment: add "${name}" to the file, empty if there is to be none`,
      );
    return { ...NOTHING, ...compareSecrets(label, before, value), values };
  }
  const differences = compare(type, label, before, after);
  return {
    differences: key === undefined ? differences.map((one) => ({ ...one, isLeftOut: true })) : differences,
    values,
    problems: [],
  };
}

/** Settings that the destination or the file has, and this function does not. */
function planOthers(current: Destination, wanted: WantedSettings): readonly Part[] {
  const isOther = (name: string) => !SETTINGS.some((setting) => isSameName(setting.name, name));
  const names = settingNames(current).filter(isOther);
  const all = [...SETTINGS.map(({ name }) => name), ...names];
  const problems = Object.keys(wanted.values)
    .filter((name) => isOther(name) && !names.some((one) => isSameName(one, name)))
    .map((name) => {
      const nearest = nearestOf(name, all);
      const hint = nearest === undefined ? '' : `; did you mean ${printable(nearest)}?`;
      return `"${printable(name)}" is not a setting of the destination${hint}`;
    });
  return [...names.map((name) => planOther(name, current, wanted)), { ...NOTHING, problems }];
}

function planOther(name: string, current: Destination, wanted: WantedSettings): Part {
  const option = current.metadata.options.find((one) => one.name === name);
  const label = option?.label ?? name;
  const before = current.settings[name];
  const key = keyIn(wanted.values, name);
  const isNamed = key !== undefined && wanted.variables.has(key);
  const isSecret = isNamed || isMasked(before) || SECRET_TYPE.test(option?.type ?? '');
  const ask = askForVariable(printable(name), variableFor(name));
  if (key === undefined) {
    if (isSecret) return problem(`${printable(label)} is sensitive, and the file does not name it: ${ask}`);
    if (!isPresent(before)) return NOTHING;
    return { ...NOTHING, differences: [{ kind: 'kept', label, before }], values: [[name, before]] };
  }
  const after = wanted.values[key];
  if (isSecret && !isNamed && isPresent(after))
    return problem(`${printable(key)}: a secret does not belong in a file: ${ask}`);
  const values = [[name, after]] as const;
  if (isSecret) return { ...NOTHING, ...compareSecrets(label, before, after), values };
  return { ...NOTHING, differences: compareValues(label, before, after), values };
}

const problem = (text: string): Part => ({ ...NOTHING, problems: [text] });

/** A name for a variable, such as API_KEY for apiKey. */
const variableFor = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .toUpperCase();

const keyIn = (values: object, name: string): string | undefined =>
  Object.keys(values).find((one) => isSameName(one, name));

const isMasked = (value: unknown): boolean => typeof value === 'string' && MASK.test(value.trim());

/** Compares a secret with what Segment shows of it. */
function compareSecrets(
  label: string,
  before: unknown,
  after: unknown,
): Pick<Part, 'differences'> & { readonly secret: string } {
  const [shown, secret] = [textOf(before), textOf(after)];
  const [, start, end] = MASK.exec(shown) ?? [];
  const kind = () => {
    if (shown === '') return 'hidden';
    if (start === undefined || end === undefined) return shown === secret ? 'same' : 'differs';
    return secret.startsWith(start) && secret.endsWith(end) ? 'hidden' : 'differs';
  };
  return { differences: [{ kind: kind(), label }], secret: shown };
}

function compare(type: SettingType, label: string, before: unknown, after: unknown): readonly Difference[] {
  if (type === 'TEXT_MAP') return compareMaps(label, entriesOf(before), entriesOf(after));
  return compareValues(label, EDITED[type](before), after);
}

/** Compares two maps entry by entry. */
function compareMaps(label: string, before: SettingValues, after: SettingValues): readonly Difference[] {
  const entries = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return entries.flatMap((entry) =>
    describeChange({ label, entry }, ownProperty(before, entry), ownProperty(after, entry)),
  );
}

/** Compares two values; an empty one is one that is not there. */
const compareValues = (label: string, before: unknown, after: unknown): readonly Difference[] =>
  describeChange({ label }, isPresent(before) ? before : undefined, isPresent(after) ? after : undefined);

function describeChange(
  what: Pick<Difference, 'label' | 'entry'>,
  before: unknown,
  after: unknown,
): readonly Difference[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (before === undefined) return [{ ...what, kind: 'added', after }];
  if (after === undefined) return [{ ...what, kind: 'removed', before }];
  return [{ ...what, kind: 'changed', before, after }];
}
