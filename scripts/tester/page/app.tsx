// The whole page: its header and its tabs, of which the address says which one is shown.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { countOf } from '../../report/count';
import type { State } from '../api';
import { Calls } from './calls/calls';
import { addressOf, goTo, TABS, useAddress, type Tab } from './common/address';
import { Notice } from './common/attempt';
import { Pre, timeOf } from './common/text';
import { useWorkspace } from './common/workspace';
import { FilePanel } from './file/file';
import { Shop } from './shop/shop';
import type { Draft } from './try/event';
import { Try } from './try/try';

export function App() {
  const { state, problem } = useWorkspace();
  const { tab, part } = useAddress();
  useEffect(() => {
    document.title = `${tab} · TikTok Offline Conversions`;
    scrollTo(0, 0);
  }, [tab]);
  return (
    <>
      <Header state={state} problem={problem} tab={tab} />
      <main>{state !== undefined && <Tabs state={state} tab={tab} part={part} />}</main>
    </>
  );
}

interface TabsProps {
  readonly state: State;
  readonly tab: Tab;
  readonly part: string | undefined;
}

/** All of them, so that what is typed in one is still there after a look at another. */
function Tabs({ state, tab, part }: TabsProps) {
  const [draft, setDraft] = useState<Draft>();
  const wasInShop = useRef(false);
  wasInShop.current ||= tab === 'Shop';

  function openDraft(opened: Draft): void {
    setDraft(opened);
    goTo('Try');
  }

  const views: Readonly<Record<Tab, ComponentChildren>> = {
    Try: <Try state={state} draft={draft} setDraft={setDraft} />,
    Calls: <Calls state={state} selected={tab === 'Calls' ? part : undefined} openDraft={openDraft} />,
    // A shop makes a page call when somebody comes.
    Shop: wasInShop.current && <Shop state={state} />,
    File: <FilePanel state={state} isOpen={tab === 'File'} part={part} openDraft={openDraft} />,
  };
  return (
    <>
      {TABS.map((name) => (
        <section
          key={name}
          class={`view ${name.toLowerCase()}`}
          aria-label={name}
          hidden={name !== tab}
          {...(name === 'File' && { tabIndex: 0 })}
        >
          <h2 class="hidden">{name}</h2>
          {views[name]}
        </section>
      ))}
    </>
  );
}

interface HeaderProps {
  readonly state: State | undefined;
  readonly problem: string | undefined;
  readonly tab: Tab;
}

function Header({ state, problem, tab }: HeaderProps) {
  const bundle = state?.bundle;
  return (
    <header>
      <h1>TikTok Offline Conversions</h1>
      <nav aria-label="Tabs">
        {TABS.map((name) => (
          <a key={name} href={addressOf(name)} {...(name === tab && { 'aria-current': 'page' })}>
            {name}
          </a>
        ))}
      </nav>
      <p class="bundle muted" role="status">
        {state !== undefined && bundle !== undefined && (
          <>
            The local TikTok has received {countOf(state.totals.requests, 'request')} and counted{' '}
            {countOf(state.totals.counted, 'event')}.{' '}
            <span class="built">
              Version {state.version}, bundle {(bundle.bytes / 1024).toFixed(1)} KB,{' '}
              {bundle.isRebuilt ? 'rebuilt' : 'built'} at {timeOf(bundle.at)}.
            </span>
          </>
        )}
      </p>
      {bundle?.problem !== undefined && (
        <div class="notice bad" role="alert">
          <strong>The source cannot be built. The last good bundle stays in use.</strong>
          <Pre label="Problem" text={bundle.problem} />
        </div>
      )}
      <Notice problem={problem} />
    </header>
  );
}
