// A form that makes a lead.
import { useState } from 'preact/hooks';
import { Sends } from './sends';
import { track } from './site';

export function ContactForm() {
  const [email, setEmail] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void track('Form Submitted', { form: 'contact', email });
      }}
    >
      <label>
        Your email, so that we can write back
        <input
          type="text"
          inputMode="email"
          placeholder="name@example.com"
          value={email}
          autocomplete="off"
          onInput={({ currentTarget: { value } }) => {
            setEmail(value);
          }}
        />
      </label>
      <Sends event="Form Submitted">Send the form</Sends>
    </form>
  );
}
