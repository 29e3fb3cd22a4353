// The bodies of requests.
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { Refusal } from './refusal';

/** Bytes of a request: more than the largest batch of the largest events, 32 KB each. */
const MAX_BODY = 16 * 1024 * 1024;

export async function* bytesOf(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  for await (const chunk of request) yield z.instanceof(Uint8Array).parse(chunk);
}

/**
 * Reads a body of JSON. One that is empty says nothing, like an empty object.
 *
 * @throws Refusal if the body is too large, as soon as that is known, or is not JSON.
 */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of bytesOf(request)) {
    bytes += chunk.length;
    if (bytes > MAX_BODY) {
      throw new Refusal(413, `Too large: at most ${MAX_BODY / 1024 / 1024} MB can be sent at once`);
    }
    chunks.push(chunk);
  }
  try {
    return bytes === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new Refusal(400, 'Expected JSON');
  }
}
