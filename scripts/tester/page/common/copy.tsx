// A button that copies a text.
import { useState } from 'preact/hooks';

interface Props {
  readonly text: string;
  readonly label: string;
  /** What there is to know about the text once it is copied. */
  readonly about?: string;
}

export function Copy({ text, label, about = '' }: Props) {
  const [copied, setCopied] = useState<string>();
  return (
    <span class="copy">
      <button
        type="button"
        onClick={() => {
          void navigator.clipboard.writeText(text).then(() => {
            setCopied(text);
          });
        }}
      >
        {label}
      </button>
      <small role="status" class="muted">
        {copied === text && `Copied. ${about}`}
      </small>
    </span>
  );
}
