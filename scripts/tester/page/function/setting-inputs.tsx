// The inputs for settings of one value.
import type { EntryMatch, Setting, Values } from '../../api';
import { useDraft } from './draft';

export type Value = Values[string];
export interface InputProps {
  readonly setting: Setting;
  readonly value: Value | undefined;
  readonly change: (value: Value) => void;
  /** Says why the field's value is not saved. */
  readonly refuse: (reason: string) => void;
  /** What there is to say about an entry of a map, by its key. */
  readonly notes: ReadonlyMap<string, EntryMatch>;
}

export const describedBy = ({ name }: Setting): string => `about-${name}`;

export const About = ({ setting }: { readonly setting: Setting }) => (
  <small id={describedBy(setting)} class="muted">
    {setting.description}
  </small>
);

const SECRET = { type: 'password' } as const;
const PLAIN = { type: 'text' } as const;

export function TextInput({ setting, value, change }: InputProps) {
  const { shown, edit, send, leave } = useDraft(typeof value === 'string' ? value : '');
  return (
    <div class="setting">
      <label>
        <span>
          {setting.label}
          {setting.required && <span class="muted"> required</span>}
        </span>
        <input
          {...(setting.sensitive ? SECRET : PLAIN)}
          autocomplete="off"
          spellcheck={false}
          value={shown}
          aria-describedby={describedBy(setting)}
          onInput={({ currentTarget }) => {
            edit(currentTarget.value);
          }}
          onChange={({ currentTarget }) => {
            send(currentTarget.value);
            change(currentTarget.value);
          }}
          onBlur={leave}
        />
      </label>
      <About setting={setting} />
    </div>
  );
}

export function CheckInput({ setting, value, change }: InputProps) {
  const { shown, send } = useDraft(value === true);
  return (
    <div class="setting">
      <label class="check">
        <input
          type="checkbox"
          checked={shown}
          aria-describedby={describedBy(setting)}
          onChange={({ currentTarget: { checked } }) => {
            send(checked);
            change(checked);
          }}
        />
        <span>{setting.label}</span>
      </label>
      <About setting={setting} />
    </div>
  );
}
