// Servers that only this machine can reach.
import { once } from 'node:events';
import type { Server } from 'node:net';

/**
 * Starts a server on the loopback interface.
 *
 * @param port 0 is any free one.
 * @returns the port.
 * @throws the error of listening, such as `EADDRINUSE` if the port is taken.
 */
export async function listen(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
