// A call saved as cases: what its events must become from now on, for `npm run check -- … --expect`.
import { useState } from 'preact/hooks';
import type { Run } from '../../api';
import { describeError, readCases } from '../common/client';
import { countOf } from '../common/more';

export function SaveCases({ run: { id } }: { readonly run: Run }) {
  const [message, setMessage] = useState('');

  async function save(personal: 'keep' | 'example'): Promise<void> {
    try {
      const { text, unfaithful } = await readCases(id, personal);
      download('cases.json', text);
      setMessage(
        unfaithful === 0
          ? 'Saved. npm run check -- cases.json --expect proves it from now on.'
          : `Saved, but with example values ${countOf(unfaithful, 'event')} would become something else.`,
      );
    } catch (error) {
      setMessage(describeError(error));
    }
  }

  return (
    <div class="bar cases">
      <span class="small muted" role="status">
        {message === '' ? 'As a test case, with example values in place of personal ones:' : message}
      </span>
      <button type="button" onClick={() => void save('example')}>
        Save as a test case
      </button>
      <button type="button" onClick={() => void save('keep')}>
        With the real values
      </button>
    </div>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
