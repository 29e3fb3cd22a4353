// Loaded before a command: sends its requests to Segment's host in the EU to EU_STAND_IN, and refuses all others.
const send = globalThis.fetch;
const standIn = process.env['EU_STAND_IN'] ?? '';

Object.assign(globalThis, {
  fetch: (url: URL, request: RequestInit) => {
    if (url.origin !== 'https://eu1.api.segmentapis.com') {
      throw new TypeError(`${url.origin} is out of reach`);
    }
    return send(new URL(`${url.pathname}${url.search}`, standIn), request);
  },
});
