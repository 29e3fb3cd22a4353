// The inputs for settings of one value.
import { visible } from '../../../cli/visible';
import type { EntryMatch, Preview, Setting, Values } from '../../api';
import { useDraft } from './draft';
import type { Offers } from './offers';

export type Value = Values[string];
export interface InputProps {
  readonly setting: Setting;
  readonly value: Value | undefined;
  /** Saves a value. */
  readonly change: (value: Value) => void;
  /** Is given the value while it is typed, then `undefined`. */
  readonly preview: (typed: Value | undefined) => void;
  /** What is wrong with it, or with one of its entries. */
  readonly problems: Preview['problems'];
  /** What there is to say about an entry of a map, by its key. */
  readonly notes: ReadonlyMap<string, EntryMatch>;
  readonly offers: Offers;
  /** The variable that a file of settings names instead of the value. */
  readonly variable: string | undefined;
}

/** With a capital letter at its beginning and a full stop at its end. */
export const sentenceOf = (text: string): string =>
  text.replace(/^./u, (letter) => letter.toUpperCase()).replace(/[^.?]$/u, '$&.');

const describedBy = ({ name }: Setting): string => `about-${name}`;

function About({ setting, problems, variable }: Pick<InputProps, 'setting' | 'problems' | 'variable'>) {
  return (
    <small id={describedBy(setting)} class="muted">
      {problems.map(({ message }) => (
        <span key={message} class="flaw">
          {sentenceOf(visible(message))}{' '}
        </span>
      ))}
      {variable !== undefined && `The settings file reads it from $${variable}; an example stands here. `}
      {setting.description}
    </small>
  );
}

const SECRET = { type: 'password' } as const;
const PLAIN = { type: 'text' } as const;

export function TextInput({ setting, value, change, preview, problems, variable }: InputProps) {
  const { shown, edit, send, leave } = useDraft(typeof value === 'string' ? value : '', preview);
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
          aria-invalid={problems.length > 0}
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
      <About setting={setting} problems={problems} variable={variable} />
    </div>
  );
}

export function CheckInput({ setting, value, change, preview, problems, variable }: InputProps) {
  const { shown, send } = useDraft(value === true, preview);
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
      <About setting={setting} problems={problems} variable={variable} />
    </div>
  );
}
