// The function's settings: as a form, made of the table of settings, or as JSON; imported, exported, saved.
import { useState } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import { countOf } from '../../../report/count';
import { ENDPOINTS, type Preview, type Setting, type Sources, type State, type Values } from '../../api';
import { Notice, useAnswer, useAttempt } from '../common/attempt';
import { ask, discardSettings, importSettings, saveSettings, saveSettingsFile } from '../common/client';
import { FileInput } from '../common/inputs';
import { MapInput } from './map-input';
import { complete, type Offers } from './offers';
import { CheckInput, TextInput } from './setting-inputs';
import { SettingsJson } from './settings-json';

/** By a setting's type. */
const INPUTS = {
  STRING: TextInput,
  BOOLEAN: CheckInput,
  TEXT_MAP: MapInput,
} as const;

interface Props {
  readonly state: State;
  readonly preview: Preview;
  readonly values: Values;
  /** Changes values on the page. */
  readonly type: (changed: Values) => void;
  /** Forgets what was typed and is not saved. */
  readonly forget: () => void;
}

export function SettingsPane({ state, preview, values, type, forget }: Props) {
  const { settings } = state;
  const [isJson, setIsJson] = useState(false);
  const [jsonProblem, setJsonProblem] = useState<string>();
  /** What was done last. */
  const [message, setMessage] = useState('');
  /** Grows when all settings are replaced, whatever is being typed. */
  const [version, setVersion] = useState(0);
  const { problem, attempt } = useAttempt();
  const name = settings.file?.replace(/^.*[/\\]/, '') ?? 'the example settings';
  const isSaved = settings.isSaved && jsonProblem === undefined;
  const difference = jsonProblem === undefined ? ', changed' : ', bad JSON';
  const status = message === '' ? name + (isSaved ? '' : difference) : message;

  function replace(done: Promise<unknown>, success: string): void {
    attempt(done, () => {
      forget();
      setVersion((old) => old + 1);
      setMessage(success);
    });
  }

  return (
    <section class="pane settings" aria-label="Settings">
      <div class="bar">
        <h2>Settings</h2>
        <span class="muted small from" role="status" title={settings.file ?? status}>
          {visible(status)}
        </span>
        <span class="row">
          <button type="button" aria-pressed={isJson} onClick={() => setIsJson(!isJson)}>
            JSON
          </button>
          <label class="button">
            Import…
            <FileInput
              accept=".json,application/json"
              take={([file]) => {
                if (file !== undefined)
                  replace(file.text().then(importSettings), `Imported from ${file.name}.`);
              }}
            />
          </label>
          <a class="button" href="/api/settings/file" download>
            Export
          </a>
        </span>
        <span class="row">
          <button
            type="button"
            disabled={isSaved}
            onClick={() => replace(discardSettings(), `Back to ${name}.`)}
          >
            Discard changes
          </button>
          {settings.file !== undefined && (
            <button
              type="button"
              disabled={settings.isSaved || jsonProblem !== undefined}
              title={jsonProblem}
              onClick={() => attempt(saveSettingsFile(), () => setMessage(`Saved to ${name}.`))}
            >
              Save to file
            </button>
          )}
        </span>
      </div>
      <Notice problem={problem} />
      <div class="body" onInput={() => setMessage('')}>
        {settings.warnings.map((warning) => (
          <p key={warning} class="notice wait">
            {visible(warning)}
          </p>
        ))}
        {isJson ? (
          <SettingsJson key={version} settings={settings} problem={jsonProblem} setProblem={setJsonProblem} />
        ) : (
          <SettingsForm
            key={version}
            state={state}
            preview={preview}
            values={values}
            change={(changed) => {
              setMessage('');
              type(changed);
              attempt(saveSettings(changed));
            }}
          />
        )}
      </div>
    </section>
  );
}

interface FormProps extends Pick<Props, 'state' | 'preview' | 'values'> {
  readonly change: (changed: Values) => void;
}

function SettingsForm({ state, preview, values, change }: FormProps) {
  const offers = useOffers(state, preview.paths);
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      {inOrder(state.definitions).map((setting) => {
        const { name } = setting;
        const Input = INPUTS[setting.type];
        return (
          <Input
            key={name}
            setting={setting}
            value={values[name]}
            change={(value) => change({ [name]: value })}
            notes={preview.notes.filter((note) => note.setting === name)}
            offers={name === 'eventMappings' ? offers.events : offers.parameters}
            variable={state.settings.variables[name]}
          />
        );
      })}
    </form>
  );
}

/** The mappings first: they are what people work on. */
const inOrder = (definitions: readonly Setting[]): readonly Setting[] => [
  ...definitions.filter(({ type }) => type === 'TEXT_MAP'),
  ...definitions.filter(({ type }) => type !== 'TEXT_MAP'),
];

const NONE: Sources = { read: 0, paths: [], names: [] };

/** What the rows of the two maps offer. */
function useOffers({ events, parameters, eventNames }: State, here: readonly string[]) {
  const { answer: found = NONE } = useAnswer(() => ask(ENDPOINTS.sources, {}), events);
  const sources = [
    ...here.map((value) => ({ value, about: 'in this event' })),
    ...found.paths
      .filter(({ value }) => !here.includes(value))
      .map(({ value, count }) => ({ value, about: `in ${countOf(count, 'event')}` })),
  ];
  const names = found.names.map(({ value, count }) => ({ value, about: countOf(count, 'event') }));
  const standard = eventNames.map((value) => ({ value, about: 'TikTok standard event' }));
  const targets = parameters.map(({ name, description }) => ({ value: name, about: description }));

  const ofEvents: Offers = {
    key: () => names,
    value: (typed) =>
      typed.includes(' if ') ? complete(typed, /^.*[\s(!]/s, sources) : complete(typed, /^.*,\s*/s, standard),
  };
  const ofParameters: Offers = {
    key: (typed) => complete(typed, /^.*: +/s, targets),
    value: (typed) => complete(typed, /^.*[\s{!]/s, sources),
  };
  return { events: ofEvents, parameters: ofParameters };
}
