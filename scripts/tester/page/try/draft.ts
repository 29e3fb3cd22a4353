// What is shown in a field while it is edited.
import { useEffect, useState } from 'preact/hooks';

/**
 * What a field shows: the edit on this page; once that is saved, the saved value, whichever page saved it.
 *
 * @param preview is given the edit as long as it is shown, then `undefined`.
 */
export function useDraft<Shown>(saved: Shown, preview: (edited: Shown | undefined) => void) {
  const [draft, setDraft] = useState<{ readonly value: Shown; readonly isSent: boolean }>();
  useEffect(() => {
    setDraft((old) => (old?.isSent === true ? undefined : old));
  }, [JSON.stringify(saved)]);
  useEffect(() => {
    preview(draft?.value);
  }, [JSON.stringify(draft?.value)]);
  return {
    shown: draft === undefined ? saved : draft.value,
    edit: (value: Shown) => {
      setDraft({ value, isSent: false });
    },
    send: (value: Shown) => {
      setDraft({ value, isSent: true });
    },
    /** Drops an edit that was not sent. */
    leave: () => {
      setDraft((old) => (old?.isSent === true ? old : undefined));
    },
  };
}
