// The inputs for settings of one value.
import type { ComponentChildren } from 'preact';
import { visible } from '../../../cli/visible';
import type { Note, Setting, Values } from '../../api';
import { TextField } from '../common/inputs';
import type { Offers } from './offers';

export type Value = Values[string];
export interface InputProps {
  readonly setting: Setting;
  readonly value: Value | undefined;
  readonly change: (value: Value) => void;
  /** What there is to say about it, or about one of its entries. */
  readonly notes: readonly Note[];
  readonly offers: Offers;
  /** The variable that a file of settings names instead of the value. */
  readonly variable: string | undefined;
}

const MARKS: Readonly<Record<Note['tone'], string>> = { good: '✔ ', wait: '! ', bad: '', quiet: '– ' };

/** Notes, each in its colour; once something cannot work, only that counts. */
export function Notes({ notes }: Pick<InputProps, 'notes'>) {
  const bad = notes.filter(({ tone }) => tone === 'bad');
  return (
    <>
      {(bad.length > 0 ? bad : notes).map(({ tone, message }) => (
        <span key={message} class={`block tone ${tone}`}>
          {MARKS[tone]}
          {visible(tone === 'bad' ? sentenceOf(message) : message)}{' '}
        </span>
      ))}
    </>
  );
}

/** With a capital letter at its beginning and a full stop at its end. */
const sentenceOf = (text: string): string =>
  text.replace(/^./u, (letter) => letter.toUpperCase()).replace(/[^.?]$/u, '$&.');

const describedBy = ({ name }: Setting): string => `about-${name}`;

/** An input with what there is to say about it. */
function Field({
  setting,
  notes,
  variable,
  children,
}: Pick<InputProps, 'setting' | 'notes' | 'variable'> & { readonly children: ComponentChildren }) {
  return (
    <div class="setting stack">
      {children}
      <small id={describedBy(setting)} class="muted">
        <Notes notes={notes} />
        {variable !== undefined && `The settings file reads it from $${variable}; an example stands here. `}
        {setting.description}
      </small>
    </div>
  );
}

export function TextInput(props: InputProps) {
  const { setting, value, change, notes } = props;
  return (
    <Field {...props}>
      <label>
        <span>
          {setting.label}
          {setting.required && <span class="muted"> required</span>}
        </span>
        <TextField
          {...(setting.sensitive ? ({ type: 'password' } as const) : ({ type: 'text' } as const))}
          value={typeof value === 'string' ? value : ''}
          aria-describedby={describedBy(setting)}
          aria-invalid={notes.length > 0}
          change={change}
        />
      </label>
    </Field>
  );
}

export function CheckInput(props: InputProps) {
  const { setting, value, change } = props;
  return (
    <Field {...props}>
      <label class="check">
        <input
          type="checkbox"
          checked={value === true}
          aria-describedby={describedBy(setting)}
          onChange={({ currentTarget }) => change(currentTarget.checked)}
        />
        <span>{setting.label}</span>
      </label>
    </Field>
  );
}
