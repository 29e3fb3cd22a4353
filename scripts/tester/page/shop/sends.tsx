// A button that says what it sends to Segment.
import type { ComponentChildren } from 'preact';

interface SendsProps {
  /** The name of the event, or of the call. */
  readonly event: string;
  /** What the button is about, for people who do not see what it stands next to. */
  readonly about?: string;
  readonly isMain?: boolean;
  /** `undefined` for the button of a form. */
  readonly onClick?: () => Promise<void>;
  readonly children: ComponentChildren;
}

export function Sends({ event, about = '', isMain = false, onClick, children }: SendsProps) {
  return (
    <button
      type={onClick === undefined ? 'submit' : 'button'}
      class={isMain ? 'sends main' : 'sends'}
      onClick={() => void onClick?.()}
    >
      <span class="block">
        {children}
        <span class="hidden">{about}</span>
      </span>
      <small class="block">
        <span class="hidden">sends </span>
        {event}
      </small>
    </button>
  );
}
