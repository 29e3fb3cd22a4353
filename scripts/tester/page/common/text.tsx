// How the page writes things: code, times, texts to copy, and how much of a list is not shown.
import { useState } from 'preact/hooks';
import { UNSEEN, visible } from '../../../cli/visible';
import { formatCount } from '../../../report/count';

/** A path or a value, which is broken between its words. */
export const Code = ({ text, class: look = '' }: { readonly text: string; readonly class?: string }) => (
  <code class={look}>
    {visible(text)
      .split(/(?<=[._[/])(?=\w)/)
      .flatMap((part, index) => (index === 0 ? [part] : [<wbr key={index} />, part]))}
  </code>
);

/** A longer text as it is, which may scroll. */
export const Pre = ({ label, text }: { readonly label: string; readonly text: string }) => (
  <pre tabIndex={0} role="group" aria-label={label}>
    {visible(text)}
  </pre>
);

/** JSON for the editor: its invisible characters are written as escapes, such as `\u202e`. */
export const visibleJson = (json: string): string =>
  json.replace(UNSEEN, (mark) =>
    Array.from(
      { length: mark.length },
      (_, at) => `\\u${mark.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );

/** The time of day on this machine's clock, of a time in ISO 8601. */
export const timeOf = (iso: string): string => new Date(iso).toLocaleTimeString('en-GB');

/** A time in Unix seconds as a time in UTC: `2026-11-20 10:15:00 UTC`. */
export const utcOf = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().replace('T', ' ').replace('.000Z', ' UTC');

/** A time, with its Unix number beside it. @param iso in ISO 8601. */
export const Time = ({ iso }: { readonly iso: string }) => (
  <span>
    <time dateTime={iso}>{timeOf(iso)}</time> ({Math.floor(Date.parse(iso) / 1000)})
  </span>
);

/** How many items of a list are shown. */
export const FIRST = 50;

/** Says how many items of a list are not shown, if any. */
export const More = ({ count }: { readonly count: number }) =>
  count > FIRST ? <p class="muted small">… and {formatCount(count - FIRST)} more</p> : null;

interface CopyProps {
  readonly text: string;
  readonly label: string;
  /** What there is to know about the text once it is copied. */
  readonly about?: string;
}

/** A button that copies a text. */
export function Copy({ text, label, about = '' }: CopyProps) {
  const [copied, setCopied] = useState<string>();
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(text));
  return (
    <span>
      <button type="button" onClick={() => void copy()}>
        {label}
      </button>{' '}
      <small role="status" class="muted">
        {copied === text && `Copied. ${about}`}
      </small>
    </span>
  );
}
