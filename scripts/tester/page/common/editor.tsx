// An editor of JSON: CodeMirror, in the page's colours.
// CodeMirror, "Reference Manual": https://codemirror.net/docs/ref/
import { json } from '@codemirror/lang-json';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { EditorState, type Text } from '@codemirror/state';
import { tags } from '@lezer/highlight';
import { basicSetup, EditorView } from 'codemirror';
import { useEffect, useRef } from 'preact/hooks';
import { visible } from '../../../cli/visible';

interface Props {
  readonly label: string;
  readonly text: string;
  /** Without it, the text can only be read. */
  readonly change?: (text: string) => void;
  /** What is wrong with the text; `Line 3, column 12: …` is shown at its place. */
  readonly problem?: string | undefined;
  /** The id of the element that says what is wrong. */
  readonly describedBy?: string;
}

const LOOK = [
  EditorView.theme({
    '&': { height: '100%', backgroundColor: 'var(--surface)', color: 'var(--text)', fontSize: '0.8125rem' },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5' },
    '.cm-content': { caretColor: 'var(--text)' },
    '.cm-cursor': { borderLeftColor: 'var(--text)' },
    '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--muted)', borderColor: 'var(--line)' },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
    '&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter': { backgroundColor: 'var(--line-soft)' },
    '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
      backgroundColor: 'var(--selection)',
    },
    '.cm-selectionMatch, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)' },
    '.cm-foldPlaceholder': { border: '0', backgroundColor: 'var(--accent-soft)', color: 'var(--accent)' },
    // The page loads no images, which is how CodeMirror underlines.
    '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--bad)' },
    '.cm-lintPoint-error::after': { borderBottomColor: 'var(--bad)' },
    '.cm-tooltip, .cm-panels': {
      border: '1px solid var(--line)',
      backgroundColor: 'var(--surface)',
      color: 'var(--text)',
    },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: tags.propertyName, color: 'var(--text)' },
      { tag: tags.string, color: 'var(--good)' },
      { tag: tags.number, color: 'var(--wait)' },
      { tag: [tags.bool, tags.null], color: 'var(--accent)' },
    ]),
  ),
];

/** The server allows only styles with this nonce, which it gives to the page. */
const NONCE = document.querySelector<HTMLElement>('[nonce]')?.nonce ?? '';

export function JsonEditor({ label, text, change, problem, describedBy }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const latest = useRef({ text, change });
  latest.current = { text, change };

  useEffect(() => {
    if (place.current === null) return undefined;
    const view = new EditorView({
      doc: text,
      parent: place.current,
      extensions: [
        basicSetup,
        json(),
        LOOK,
        EditorView.lineWrapping,
        EditorView.cspNonce.of(NONCE),
        EditorState.readOnly.of(change === undefined),
        EditorView.contentAttributes.of({
          'aria-label': label,
          tabindex: '0',
          ...(describedBy !== undefined && { 'aria-describedby': describedBy }),
        }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          const typed = state.doc.toString();
          if (docChanged && typed !== latest.current.text) latest.current.change?.(typed);
        }),
      ],
    });
    editor.current = view;
    return () => {
      view.destroy();
    };
  }, []);

  useEffect(() => {
    const view = editor.current;
    if (view === undefined || view.state.doc.toString() === text) return;
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: text },
      selection: { anchor: 0 },
    });
  }, [text]);

  useEffect(() => {
    const view = editor.current;
    if (view === undefined) return;
    const at = problem === undefined ? undefined : placeOf(problem, view.state.doc);
    const found =
      at === undefined ? [] : [{ ...at, severity: 'error' as const, message: visible(problem ?? '') }];
    view.dispatch(setDiagnostics(view.state, found));
  }, [problem]);

  return <div class="editor" ref={place} />;
}

/** The place that a problem names. */
function placeOf(problem: string, text: Text): { readonly from: number; readonly to: number } | undefined {
  const [, line, column] = /^Line (\d+), column (\d+)/.exec(problem) ?? [];
  if (line === undefined || Number(line) > text.lines) return undefined;
  const from = Math.min(text.line(Number(line)).from + Number(column) - 1, text.length);
  return { from, to: Math.min(from + 1, text.length) };
}

/** Puts the cursor of an editor where a problem says that its text is bad. */
export function showProblem(place: HTMLElement | null, problem: string): void {
  const view = place?.querySelector<HTMLElement>('.cm-editor');
  const found = view === null || view === undefined ? null : EditorView.findFromDOM(view);
  const at = found === null ? undefined : placeOf(problem, found.state.doc);
  if (found === null || at === undefined) return;
  found.dispatch({ selection: { anchor: at.from, head: at.to }, scrollIntoView: true });
  found.focus();
}
