// The function's settings as a form, made of the table of settings.
import { useRef, useState } from 'preact/hooks';
import type { Setting, State, Values } from '../api';
import { describeError, saveSettings } from './client';

type Value = Values[string];
interface InputProps {
  readonly setting: Setting;
  readonly value: Value | undefined;
  readonly change: (value: Value) => void;
}

/** By a setting's type. */
const INPUTS = {
  STRING: TextInput,
  BOOLEAN: CheckInput,
  TEXT_MAP: MapInput,
} as const;

export function SettingsForm({ state: { definitions, settings } }: { readonly state: State }) {
  const [values, setValues] = useState(settings.values);
  const [saved, setSaved] = useState('');
  // What is typed in two fields at once must not undo one another.
  const latest = useRef(settings.values);

  function change(name: string, value: Value): void {
    latest.current = { ...latest.current, [name]: value };
    setValues(latest.current);
    saveSettings(latest.current).then(
      () => {
        setSaved('Saved: the next run uses it.');
      },
      (error: unknown) => {
        setSaved(describeError(error));
      },
    );
  }

  return (
    <details class="card settings">
      <summary>Settings</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        {definitions.map((setting) => {
          const Input = INPUTS[setting.type];
          return (
            <Input
              key={setting.name}
              setting={setting}
              value={values[setting.name]}
              change={(value) => {
                change(setting.name, value);
              }}
            />
          );
        })}
        <p role="status" class="muted small">
          {saved}
        </p>
        {settings.problem !== undefined && (
          <p class="notice bad" role="alert">
            {settings.problem}
          </p>
        )}
      </form>
    </details>
  );
}

const describedBy = ({ name }: Setting): string => `about-${name}`;

const About = ({ setting }: { readonly setting: Setting }) => (
  <small id={describedBy(setting)} class="muted">
    {setting.description}
  </small>
);

const SECRET = { type: 'password' } as const;
const PLAIN = { type: 'text' } as const;

function TextInput({ setting, value, change }: InputProps) {
  const [text, setText] = useState(typeof value === 'string' ? value : '');
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
          value={text}
          aria-describedby={describedBy(setting)}
          onInput={({ currentTarget }) => {
            setText(currentTarget.value);
          }}
          onChange={({ currentTarget }) => {
            change(currentTarget.value);
          }}
        />
      </label>
      <About setting={setting} />
    </div>
  );
}

function CheckInput({ setting, value, change }: InputProps) {
  return (
    <div class="setting">
      <label class="check">
        <input
          type="checkbox"
          checked={value === true}
          aria-describedby={describedBy(setting)}
          onChange={({ currentTarget: { checked } }) => {
            change(checked);
          }}
        />
        <span>{setting.label}</span>
      </label>
      <About setting={setting} />
    </div>
  );
}

type Row = readonly [key: string, value: string];

function MapInput({ setting, value, change }: InputProps) {
  const [rows, setRows] = useState<readonly Row[]>(() =>
    typeof value === 'object' ? Object.entries(value) : [],
  );
  const columns = setting.description.replace(/\..*$/s, '').split(' → ');

  const save = (all: readonly Row[]) => {
    change(Object.fromEntries(all.filter(([key]) => key.trim() !== '')));
  };

  return (
    <fieldset class="setting map" aria-describedby={describedBy(setting)}>
      <legend>{setting.label}</legend>
      <About setting={setting} />
      {rows.map((row, index) => (
        <div class="row" key={index}>
          {columns.map((label, side) => (
            <input
              key={label}
              type="text"
              class="code"
              autocomplete="off"
              spellcheck={false}
              placeholder={label}
              aria-label={`${setting.label}, entry ${String(index + 1)}: ${label}`}
              value={row[side] ?? ''}
              onInput={({ currentTarget }) => {
                const [key, text] = row;
                const changed: Row = side === 0 ? [currentTarget.value, text] : [key, currentTarget.value];
                setRows(rows.with(index, changed));
              }}
              onChange={() => {
                save(rows);
              }}
            />
          ))}
          <button
            type="button"
            class="icon"
            aria-label={`Remove entry ${String(index + 1)} of ${setting.label}`}
            onClick={() => {
              const left = rows.toSpliced(index, 1);
              setRows(left);
              save(left);
            }}
          >
            <span aria-hidden="true">✕</span>
          </button>
        </div>
      ))}
      <button
        type="button"
        onClick={() => {
          setRows([...rows, ['', '']]);
        }}
      >
        Add an entry<span class="hidden"> to {setting.label}</span>
      </button>
    </fieldset>
  );
}
