// A TCP proxy that is far away: all that goes through it takes its time, each way, and stays in order.
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Proxy {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/**
 * Starts a proxy on a free port of the loopback interface.
 *
 * @param port where it passes connections on to.
 * @param delay milliseconds, each way. A connection costs a way there and back before anything can be sent over it.
 */
export async function startProxy(port: number, delay: number): Promise<Proxy> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer({ allowHalfOpen: true }, (near) => {
    const far = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay();
      // One side that breaks off takes the other one with it.
      socket.on('error', () => {
        near.destroy();
        far.destroy();
      });
      socket.on('close', () => sockets.delete(socket));
    }
    passOn(near, far, delay, Date.now() + 2 * delay);
    passOn(far, near, delay, 0);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** @param openAt the time in milliseconds before which nothing can set out. */
function passOn(from: net.Socket, to: net.Socket, delay: number, openAt: number): void {
  let last = Promise.resolve();
  const inTime = (act: () => void): void => {
    const arrival = Math.max(Date.now(), openAt) + delay;
    last = last.then(async () => {
      const rest = arrival - Date.now();
      if (rest > 0) await sleep(rest);
      act();
    });
  };
  from.on('data', (bytes) => {
    inTime(() => to.write(bytes));
  });
  from.on('end', () => {
    inTime(() => to.end());
  });
}
