// The page's address: which tab is shown, and on Calls which call. Reload and back keep it.
import { useEffect, useState } from 'preact/hooks';

export const TABS = ['Try', 'Calls', 'Shop', 'File'] as const;
export type Tab = (typeof TABS)[number];

interface Address {
  readonly tab: Tab;
  /** The id of a call. */
  readonly call: number | undefined;
}

/** The address of a tab, or of a call: `#calls/12`. */
export const addressOf = (tab: Tab, call?: number): string =>
  `#${tab.toLowerCase()}${call === undefined ? '' : `/${call}`}`;

export function goTo(tab: Tab, call?: number): void {
  location.hash = addressOf(tab, call);
}

function readAddress(): Address {
  const [name, call] = location.hash.slice(1).split('/');
  return {
    tab: TABS.find((tab) => tab.toLowerCase() === name) ?? 'Try',
    call: call === undefined ? undefined : Number(call),
  };
}

export function useAddress(): Address {
  const [address, setAddress] = useState(readAddress);
  useEffect(() => {
    const changed = () => {
      setAddress(readAddress());
    };
    addEventListener('hashchange', changed);
    return () => {
      removeEventListener('hashchange', changed);
    };
  }, []);
  return address;
}
