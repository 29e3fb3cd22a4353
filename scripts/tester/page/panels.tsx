// The panels: side by side where there is room, otherwise tabs.
// https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export interface Panel {
  readonly id: string;
  readonly label: string;
  readonly content: ComponentChildren;
}

const WIDE = '(min-width: 68rem)';

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const changed = () => {
      setMatches(media.matches);
    };
    media.addEventListener('change', changed);
    return () => {
      media.removeEventListener('change', changed);
    };
  }, [query]);
  return matches;
}

/** How far each key goes; beyond an end it goes on from the other. */
const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

export function Panels({ panels }: { readonly panels: readonly Panel[] }) {
  const isWide = useMedia(WIDE);
  const [selected, setSelected] = useState(0);

  function move(event: KeyboardEvent): void {
    const next = STEPS[event.key]?.(selected, panels.length);
    const panel = next === undefined ? undefined : panels[next];
    if (next === undefined || panel === undefined) return;
    event.preventDefault();
    setSelected(next);
    document.getElementById(`tab-${panel.id}`)?.focus();
  }

  return (
    <>
      {!isWide && (
        <div class="tabs" role="tablist" aria-label="Panels" onKeyDown={move}>
          {panels.map(({ id, label }, index) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`tab-${id}`}
              aria-controls={`panel-${id}`}
              aria-selected={index === selected}
              tabIndex={index === selected ? 0 : -1}
              onClick={() => {
                setSelected(index);
              }}
            >
              {label}
            </button>
          ))}
        </div>
      )}
      <div class="panels">
        {panels.map(({ id, label, content }, index) => (
          <section
            key={id}
            id={`panel-${id}`}
            class={`panel panel-${id}`}
            {...(isWide
              ? { 'aria-labelledby': `title-${id}` }
              : {
                  role: 'tabpanel',
                  'aria-labelledby': `tab-${id}`,
                  tabIndex: 0,
                  hidden: index !== selected,
                })}
          >
            <h2 id={`title-${id}`}>{label}</h2>
            {content}
          </section>
        ))}
      </div>
    </>
  );
}
