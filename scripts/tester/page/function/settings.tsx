// The function's settings as a form, made of the table of settings.
import { useState } from 'preact/hooks';
import type { State } from '../../api';
import { describeError, saveSettings } from '../common/client';
import { MapInput } from './map-input';
import { useMatches } from './matches';
import { CheckInput, TextInput, type Value } from './setting-inputs';
import { visible } from '../../../cli/visible';

const NONE = new Map<string, never>();

/** By a setting's type. */
const INPUTS = {
  STRING: TextInput,
  BOOLEAN: CheckInput,
  TEXT_MAP: MapInput,
} as const;

interface Props {
  readonly state: State;
  /** The event at hand, as it is typed. */
  readonly eventText: string;
}

export function SettingsForm({ state: { definitions, settings }, eventText }: Props) {
  const [saved, setSaved] = useState('');
  const matches = useMatches(eventText, settings.values['eventMappings']);

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
              notes={setting.name === 'eventMappings' ? matches : NONE}
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
