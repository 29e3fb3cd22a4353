// The page's address: which tab is shown, and what of it. Reload and back keep it.
import { useEffect, useState } from 'preact/hooks';

export const TABS = ['Try', 'Calls', 'Shop', 'File'] as const;
export type Tab = (typeof TABS)[number];

interface Address {
  readonly tab: Tab;
  /** On Calls, the id of a call; on File, the place of a number in the report, whose events are listed. */
  readonly part: string | undefined;
}

/** The address of a tab, or of a part of it: `#calls/12`, `#file/reasons.0`. */
export const addressOf = (tab: Tab, part?: string | number): string =>
  `#${tab.toLowerCase()}${part === undefined ? '' : `/${part}`}`;

export function goTo(tab: Tab, part?: string | number): void {
  location.hash = addressOf(tab, part);
}

function readAddress(): Address {
  const [name, part] = location.hash.slice(1).split('/');
  return { tab: TABS.find((tab) => tab.toLowerCase() === name) ?? 'Try', part };
}

export function useAddress(): Address {
  const [address, setAddress] = useState(readAddress);
  useEffect(() => {
    const changed = () => {
      setAddress(readAddress());
    };
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return address;
}
