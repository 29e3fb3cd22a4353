// The whole page: its header and its panels.
import { useState } from 'preact/hooks';
import type { State } from '../api';
import { FilePanel } from './file/file';
import { FunctionPanel } from './function/function';
import { Panels } from './common/panels';
import { ShopPanel } from './shop/shop';
import { TikTokPanel } from './tiktok/tiktok';
import { timeOf } from './common/time';
import { useWorkspace } from './common/workspace';

export function App() {
  const { state, problem, shown, show } = useWorkspace();
  const [selected, setSelected] = useState('shop');

  function openFile(): void {
    setSelected('file');
    // As a tab, the panel is hidden until it is rendered again.
    requestAnimationFrame(() => document.getElementById('panel-file')?.scrollIntoView());
  }

  return (
    <>
      <Header state={state} problem={problem} />
      <main>
        {state !== undefined && (
          <Panels
            selected={selected}
            select={setSelected}
            panels={[
              { id: 'shop', label: 'Shop', content: <ShopPanel state={state} /> },
              {
                id: 'function',
                label: 'Function',
                content: <FunctionPanel state={state} shown={shown} show={show} />,
              },
              { id: 'tiktok', label: 'TikTok', content: <TikTokPanel state={state} shown={shown} /> },
              { id: 'file', label: 'File', content: <FilePanel state={state} open={openFile} /> },
            ]}
          />
        )}
      </main>
    </>
  );
}

function Header({
  state,
  problem,
}: {
  readonly state: State | undefined;
  readonly problem: string | undefined;
}) {
  const bundle = state?.bundle;
  return (
    <header>
      <div class="title">
        <h1>TikTok Offline Conversions</h1>
        {state !== undefined && <span class="muted">{state.version}</span>}
      </div>
      <p class="bundle" role="status">
        {bundle !== undefined && (
          <>
            Bundle <strong>{(bundle.bytes / 1024).toFixed(1)} KB</strong>,{' '}
            {bundle.isRebuilt ? 'rebuilt' : 'built'} at {timeOf(bundle.at)}
          </>
        )}
      </p>
      {bundle?.problem !== undefined && (
        <div class="notice bad" role="alert">
          <strong>The source cannot be built. The last good bundle stays in use.</strong>
          <pre tabIndex={0}>{bundle.problem}</pre>
        </div>
      )}
      {problem !== undefined && (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      )}
    </header>
  );
}
