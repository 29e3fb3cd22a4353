// The settings as JSON, as a file of them would be: what is typed or pasted here is imported as soon as it can be read.
import { useEffect, useState } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import type { State } from '../../api';
import { useAnswer } from '../common/attempt';
import { importSettings, readSettingsFile } from '../common/client';
import { JsonEditor } from '../common/editor';

/** Milliseconds without typing after which the text is imported. */
const PAUSE = 300;

interface Props extends Pick<State, 'settings'> {
  /** Why the text cannot be read. */
  readonly problem: string | undefined;
  readonly setProblem: (problem: string | undefined) => void;
}

export function SettingsJson({ settings, problem, setProblem }: Props) {
  const { answer: saved = '' } = useAnswer(readSettingsFile, settings);
  /** What was typed and is not imported yet, or cannot be. */
  const [typed, setTyped] = useState<string>();
  const imported = useAnswer(typed === undefined ? undefined : () => importSettings(typed), typed, PAUSE);

  useEffect(() => setProblem(imported.problem), [imported.problem]);
  useEffect(() => () => setProblem(undefined), []);

  return (
    <>
      <JsonEditor
        label="Settings as JSON"
        text={typed ?? saved}
        change={setTyped}
        problem={problem}
        describedBy="settings-hint"
      />
      <p id="settings-hint" class={`hint small ${problem === undefined ? 'muted' : 'bad'}`} role="status">
        {visible(
          problem ??
            'Paste settings here, or type: they count at once. The access token is not shown, and stays as it is.',
        )}
      </p>
    </>
  );
}
