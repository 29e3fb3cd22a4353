// Who the visitor is: known or not, arrived from an ad or not.
import { useEffect, useState } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import { TextField } from '../common/inputs';
import { Sends } from './sends';
import { arrive, knownEmail, signIn, signOut } from './site';

const CLICK_ID = 'E.C.P.example-click';

export function Visitor() {
  const [email, setEmail] = useState('jane.doe@example.com');
  const [phone, setPhone] = useState('(415) 555-0100');
  const [known, setKnown] = useState<string>();
  const [isFromAd, setIsFromAd] = useState(() => location.search.includes('ttclid='));
  useEffect(() => {
    void knownEmail().then(setKnown);
  }, []);

  function submit(event: Event): void {
    event.preventDefault();
    setKnown(email);
    void signIn(email, phone);
  }

  return (
    <div class="card">
      <label class="check">
        <input
          type="checkbox"
          checked={isFromAd}
          onChange={({ currentTarget: { checked } }) => {
            setIsFromAd(checked);
            void arrive(checked ? CLICK_ID : undefined);
          }}
        />
        <span>
          Arrived from an ad <small class="block muted">page call, the URL has a ttclid</small>
        </span>
      </label>
      {known === undefined ? (
        <form onSubmit={submit}>
          <div class="fields">
            <label>
              Email
              <TextField inputMode="email" value={email} change={setEmail} />
            </label>
            <label>
              Phone
              <TextField inputMode="tel" value={phone} change={setPhone} />
            </label>
          </div>
          <Sends event="identify, Signed Up" isMain>
            Sign in
          </Sends>
          <p class="muted small">
            Until then the visitor is unknown: TikTok could not match the events, so they are discarded.
          </p>
        </form>
      ) : (
        <div class="apart row">
          <span>
            Signed in as <strong>{visible(known)}</strong>
          </span>
          <button
            type="button"
            onClick={() => {
              setKnown(undefined);
              void signOut();
            }}
          >
            Sign out
          </button>
        </div>
      )}
    </div>
  );
}
