// The panels: side by side if there is room, otherwise tabs.
// W3C, "ARIA Authoring Practices Guide", section "Tabs Pattern": https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
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

/** Which tab each key leads to; beyond one end, it continues at the other. */
const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

interface Props {
  readonly panels: readonly Panel[];
  /** The id of the panel whose tab is selected. */
  readonly selected: string;
  readonly select: (id: string) => void;
}

export function Panels({ panels, selected, select }: Props) {
  const isWide = useMedia(WIDE);

  function move(event: KeyboardEvent): void {
    const at = panels.findIndex(({ id }) => id === selected);
    const next = STEPS[event.key]?.(at, panels.length);
    const panel = next === undefined ? undefined : panels[next];
    if (panel === undefined) return;
    event.preventDefault();
    select(panel.id);
    document.getElementById(`tab-${panel.id}`)?.focus();
  }

  return (
    <>
      {!isWide && (
        <div class="tabs" role="tablist" aria-label="Panels" onKeyDown={move}>
          {panels.map(({ id, label }) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`tab-${id}`}
              aria-controls={`panel-${id}`}
              aria-selected={id === selected}
              tabIndex={id === selected ? 0 : -1}
              onClick={() => {
                select(id);
              }}
            >
              {label}
            </button>
          ))}
        </div>
      )}
      <div class="panels">
        {panels.map(({ id, label, content }) => (
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
                  hidden: id !== selected,
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
