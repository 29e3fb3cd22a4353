// The function's settings as a form, made of the table of settings.
import { useState } from 'preact/hooks';
import type { State } from '../../api';
import { describeError, saveSettings } from '../common/client';
import { MapInput } from './map-input';
import { CheckInput, TextInput, type Value } from './setting-inputs';
import { visible } from '../../../cli/visible';

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
