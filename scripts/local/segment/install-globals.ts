// Loaded before lib/ by whoever calls it outside of a local runtime: what Segment's runtime has and Node.js has not, or
// has otherwise.
import { createGlobals } from './globals';

const { crypto, libphonenumberjslib, EventNotSupported, InvalidEventPayload, RetryError } = createGlobals();
const globals = { crypto, libphonenumberjslib, EventNotSupported, InvalidEventPayload, RetryError };
for (const [name, value] of Object.entries(globals))
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
