// A call is saved as cases, for a file that proves that nothing changes: npm run check -- FILE --expect.
import { useState } from 'preact/hooks';
import type { Run } from '../../api';

export function SaveCase({ run: { id, isBatch } }: { readonly run: Run }) {
  const [keeps, setKeeps] = useState(false);
  return (
    <div class="save-case">
      <a
        class="button"
        href={`/api/runs/case?id=${id}${keeps ? '&personal=keep' : ''}`}
        download="cases.json"
      >
        {isBatch ? 'Save as cases' : 'Save as a case'}
      </a>
      <label class="check">
        <input
          type="checkbox"
          checked={keeps}
          onChange={({ currentTarget: { checked } }) => {
            setKeeps(checked);
          }}
        />
        <span>
          Keep personal data
          <small class="muted">
            Otherwise email addresses, phone numbers, names and IDs become examples.
          </small>
        </span>
      </label>
    </div>
  );
}
