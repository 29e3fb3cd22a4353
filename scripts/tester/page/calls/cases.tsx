// A call saved as cases: what its events must become from now on, for `npm run check -- … --expect`.
import { useState } from 'preact/hooks';
import { countOf } from '../../../report/count';
import { ENDPOINTS, type Run, type State } from '../../api';
import { quote } from '../call/curl';
import { Notice, useAttempt } from '../common/attempt';
import { ask } from '../common/client';
import { Copy } from '../common/text';

interface Props extends Pick<State, 'settings'> {
  readonly run: Run;
}

export function SaveCases({ run: { id }, settings }: Props) {
  const [unfaithful, setUnfaithful] = useState<number>();
  const { problem, attempt } = useAttempt();

  function save(personal: 'keep' | 'example'): void {
    setUnfaithful(undefined);
    attempt(ask(ENDPOINTS.cases, { id, personal }), (made) => {
      download('cases.json', made.text);
      setUnfaithful(made.unfaithful);
    });
  }

  return (
    <div class="cases body">
      <Notice problem={problem} />
      <div class="row">
        <button
          type="button"
          title="With example values instead of personal ones"
          onClick={() => save('example')}
        >
          Save as a test case
        </button>
        <button type="button" onClick={() => save('keep')}>
          Save with the real values
        </button>
      </div>
      <div class="small" role="status">
        {unfaithful !== undefined && (
          <>
            <p>
              Saved to your downloads as cases.json
              {unfaithful > 0 &&
                `, but with example values ${countOf(unfaithful, 'event')} would become something else`}
              .
            </p>
            <Check settings={settings} />
          </>
        )}
      </div>
    </div>
  );
}

/** How the cases are checked. The settings that they were made with must be in a file. */
function Check({ settings: { file, isSaved } }: Pick<Props, 'settings'>) {
  if (!isSaved)
    return (
      <p>
        {file === undefined
          ? 'Its settings are in no file: export them, and name that file with npm run check -- cases.json --expect --settings.'
          : 'Its settings are not saved: press Save to file in Try, then you can check it.'}
      </p>
    );
  const settings = file === undefined ? '' : ` --settings ${/^[\w./-]+$/.test(file) ? file : quote(file)}`;
  const command = `npm run check -- cases.json --expect${settings}`;
  return (
    <p>
      Check it: <code>{command}</code> <Copy label="Copy" text={command} />
    </p>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
