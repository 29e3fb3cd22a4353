// The function's settings: as a form, made of the table of settings, or as JSON; imported, exported, saved.
import { useEffect, useState } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import type { Preview, Setting, Sources, State, Values } from '../../api';
import { describeError, importSettings, readSources, saveSettings, saveSettingsFile } from '../common/client';
import { countOf } from '../common/more';
import { nameOf } from '../common/file-name';
import { MapInput } from './map-input';
import { complete, type Offers } from './offers';
import { CheckInput, TextInput, type Value } from './setting-inputs';
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
  /** Changes what is being typed. */
  readonly setTyped: (change: (typed: Values) => Values) => void;
}

export function SettingsPane({ state, preview, setTyped }: Props) {
  const { settings } = state;
  const [isJson, setIsJson] = useState(false);
  const [message, setMessage] = useState('');

  function say(done: Promise<unknown>, success: string): void {
    done.then(
      () => {
        setMessage(success);
      },
      (error: unknown) => {
        setMessage(describeError(error));
      },
    );
  }

  return (
    <section class="pane settings" aria-label="Settings">
      <div class="bar">
        <h2>Settings</h2>
        <span class="muted small from">
          {visible(nameOf(settings.file ?? ''))}
          {settings.file !== undefined && !settings.isSaved && ', changed'}
        </span>
        <button
          type="button"
          aria-pressed={isJson}
          onClick={() => {
            setIsJson(!isJson);
          }}
        >
          JSON
        </button>
        <label class="button">
          Import…
          <input
            type="file"
            class="hidden"
            accept=".json,application/json"
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? [];
              if (file === undefined) return;
              say(file.text().then(importSettings), `Imported ${visible(file.name)}.`);
              currentTarget.value = '';
            }}
          />
        </label>
        <a class="button" href="/api/settings/file" download>
          Export
        </a>
        {settings.file !== undefined && (
          <button
            type="button"
            disabled={settings.isSaved}
            onClick={() => {
              say(saveSettingsFile(), 'Saved to the file.');
            }}
          >
            Save to file
          </button>
        )}
      </div>
      <p role="status" class="hint small muted">
        {message}
      </p>
      <div class="body">
        {settings.warnings.map((warning) => (
          <p key={warning} class="notice wait">
            {visible(warning)}
          </p>
        ))}
        {isJson ? (
          <SettingsJson settings={settings} />
        ) : (
          <SettingsForm state={state} preview={preview} setTyped={setTyped} say={say} />
        )}
      </div>
    </section>
  );
}

interface FormProps extends Props {
  readonly say: (done: Promise<unknown>, success: string) => void;
}

function SettingsForm({ state, preview, setTyped, say }: FormProps) {
  const { definitions, settings } = state;
  const offers = useOffers(state, preview.paths);
  const notes = new Map(preview.matches.map((match) => [match.label, match]));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      {inOrder(definitions).map((setting) => {
        const { name } = setting;
        const Input = INPUTS[setting.type];
        return (
          <Input
            key={name}
            setting={setting}
            value={settings.values[name]}
            change={(value) => {
              say(saveSettings({ [name]: value }), '');
            }}
            preview={(value) => {
              setTyped((typed) => withValue(typed, name, value));
            }}
            problems={preview.problems.filter((problem) => problem.setting === name)}
            notes={name === 'eventMappings' ? notes : new Map()}
            offers={name === 'eventMappings' ? offers.events : offers.parameters}
            variable={settings.variables[name]}
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

function withValue(typed: Values, name: string, value: Value | undefined): Values {
  const others = Object.entries(typed).filter(([key]) => key !== name);
  return Object.fromEntries(value === undefined ? others : [...others, [name, value]]);
}

const NONE: Sources = { sources: [], names: [] };

/** What the rows of the two maps offer. */
function useOffers({ events, parameters, eventNames }: State, here: readonly string[]) {
  const [found, setFound] = useState(NONE);
  useEffect(() => {
    readSources().then(setFound, () => {
      setFound(NONE);
    });
  }, [JSON.stringify(events)]);

  const sources = [
    ...here.map((value) => ({ value, about: 'in this event' })),
    ...found.sources
      .filter(({ path }) => !here.includes(path))
      .map(({ path, count }) => ({ value: path, about: `in ${countOf(count, 'event')}` })),
  ];
  const names = found.names.map(({ name, count }) => ({ value: name, about: countOf(count, 'event') }));
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
