// Files that are dropped anywhere on the page.
// MDN, "File drag and drop": https://developer.mozilla.org/en-US/docs/Web/API/HTML_Drag_and_Drop_API/File_drag_and_drop
import { useEffect, useRef } from 'preact/hooks';

/** Text that is dragged into a field is not a file. */
const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;

/** While files are dragged over the page, `body` has the class `dropping`. */
const showDropping = (isOver: boolean): void => {
  document.body.classList.toggle('dropping', isOver);
};

export function useDrop(take: (files: readonly File[]) => void): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    const listen = (type: 'dragover' | 'dragleave' | 'drop', handle: (event: DragEvent) => void) => {
      addEventListener(type, handle, { signal });
    };

    listen('dragover', (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      showDropping(true);
    });
    listen('dragleave', ({ relatedTarget }) => {
      // With a related target, it has only moved from one element to another.
      if (relatedTarget === null) showDropping(false);
    });
    listen('drop', (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      showDropping(false);
      latest.current([...(event.dataTransfer?.files ?? [])]);
    });
    return () => {
      showDropping(false);
      ended.abort();
    };
  }, []);
}
