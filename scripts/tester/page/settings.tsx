// The function's settings as a form, made of the table of settings.
import { useEffect, useState } from 'preact/hooks';
import type { Setting, State, Values } from '../api';
import { describeError, saveSettings } from './client';
import { visible } from '../../cli/visible';

type Value = Values[string];
interface InputProps {
  readonly setting: Setting;
  readonly value: Value | undefined;
  readonly change: (value: Value) => void;
  /** Says why what is in the field is not saved. */
  readonly refuse: (reason: string) => void;
}

/** By a setting's type. */
const INPUTS = {
  STRING: TextInput,
  BOOLEAN: CheckInput,
  TEXT_MAP: MapInput,
} as const;

export function SettingsForm({ state: { definitions, settings } }: { readonly state: State }) {
  const [saved, setSaved] = useState('');

  function change(name: string, value: Value): void {
    saveSettings({ [name]: value }).then(
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
              value={settings.values[setting.name]}
              change={(value) => {
                change(setting.name, value);
              }}
              refuse={setSaved}
            />
          );
        })}
        <p role="status" class="muted small">
          {saved}
        </p>
        {settings.problem !== undefined && (
          <p class="notice bad" role="alert">
            {visible(settings.problem)}
          </p>
        )}
      </form>
    </details>
  );
}

/** What is shown in a field: what is edited here; as soon as that is saved, what is saved by whichever page. */
function useDraft<Shown>(saved: Shown) {
  const [draft, setDraft] = useState<{ readonly value: Shown; readonly isSent: boolean }>();
  useEffect(() => {
    setDraft((old) => (old?.isSent === true ? undefined : old));
  }, [JSON.stringify(saved)]);
  return {
    shown: draft === undefined ? saved : draft.value,
    edit: (value: Shown) => {
      setDraft({ value, isSent: false });
    },
    send: (value: Shown) => {
      setDraft({ value, isSent: true });
    },
    /** The edit has come to nothing. */
    leave: () => {
      setDraft((old) => (old?.isSent === true ? old : undefined));
    },
  };
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

function CheckInput({ setting, value, change }: InputProps) {
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

type Row = readonly [key: string, value: string];

const isBlank = ([key]: Row): boolean => key.trim() === '';

/** As the function tells keys apart. */
const keyOf = ([key]: Row): string => key.trim().toLowerCase();

/** The number of the earlier entry that has the key of this one, counted from 1; 0 where there is none. */
const twinOf = (rows: readonly Row[], row: Row, index: number): number =>
  isBlank(row) ? 0 : rows.slice(0, index).findIndex((one) => keyOf(one) === keyOf(row)) + 1;

function MapInput({ setting, value, change, refuse }: InputProps) {
  const saved: readonly Row[] = typeof value === 'object' ? Object.entries(value) : [];
  const { shown: rows, edit, send, leave } = useDraft(saved);
  const columns = setting.description.replace(/\..*$/s, '').split(' → ');

  const save = (all: readonly Row[]) => {
    if (all.some((row, index) => twinOf(all, row, index) > 0)) {
      edit(all);
      refuse(`Not saved: in ${setting.label}, a key is there twice.`);
      return;
    }
    // An entry without a key is still being edited.
    (all.some(isBlank) ? edit : send)(all);
    change(Object.fromEntries(all.filter((row) => !isBlank(row))));
  };

  return (
    <fieldset
      class="setting map"
      aria-describedby={describedBy(setting)}
      onFocusOut={() => {
        if (JSON.stringify(rows) === JSON.stringify(saved)) leave();
      }}
    >
      <legend>{setting.label}</legend>
      <About setting={setting} />
      {rows.map((row, index) => {
        const twin = twinOf(rows, row, index);
        const flaw = `flaw-${setting.name}-${index}`;
        return (
          <div class="row" key={index}>
            {columns.map((label, side) => (
              <input
                key={label}
                type="text"
                class="code"
                autocomplete="off"
                spellcheck={false}
                placeholder={label}
                aria-label={`${setting.label}, entry ${index + 1}: ${label}`}
                value={row[side] ?? ''}
                {...(side === 0 && twin > 0 && { 'aria-invalid': true, 'aria-describedby': flaw })}
                onInput={({ currentTarget }) => {
                  const [key, text] = row;
                  const changed: Row = side === 0 ? [currentTarget.value, text] : [key, currentTarget.value];
                  edit(rows.with(index, changed));
                }}
                onChange={() => {
                  save(rows);
                }}
              />
            ))}
            <button
              type="button"
              class="icon"
              aria-label={`Remove entry ${index + 1} of ${setting.label}`}
              onClick={() => {
                save(rows.toSpliced(index, 1));
              }}
            >
              <span aria-hidden="true">✕</span>
            </button>
            {twin > 0 && (
              <small id={flaw} class="flaw">
                This key is there twice: entry {twin} has it too. Change or remove one of the two; until then{' '}
                {setting.label} is not saved.
              </small>
            )}
          </div>
        );
      })}
      <button
        type="button"
        onClick={() => {
          edit([...rows, ['', '']]);
        }}
      >
        Add an entry<span class="hidden"> to {setting.label}</span>
      </button>
    </fieldset>
  );
}
