// Loaded before lib/ by tests that call it directly: what Segment's runtime has and Node.js has not, or has otherwise.
import { createGlobals } from '../../scripts/local/segment/globals';

const { crypto, libphonenumberjslib, EventNotSupported, InvalidEventPayload, RetryError } = createGlobals();
const globals = { crypto, libphonenumberjslib, EventNotSupported, InvalidEventPayload, RetryError };
for (const [name, value] of Object.entries(globals))
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
