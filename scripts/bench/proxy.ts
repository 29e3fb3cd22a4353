// A TCP proxy that is far away: it delays everything that goes through it, each way, and keeps the order.
import { once } from 'node:events';
import net from 'node:net';
import { MACHINE_CLOCK, type Clock } from '../local/clock';
import { listen } from '../local/listen';

export interface Proxy {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/**
 * Starts a proxy on a free port of the loopback interface.
 *
 * @param port the port that it forwards connections to.
 * @param delay milliseconds each way. A new connection takes one round trip before it can send anything.
 */
export async function startProxy(port: number, delay: number, clock = MACHINE_CLOCK): Promise<Proxy> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer({ allowHalfOpen: true }, (near) => {
    const far = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay();
      // If one side breaks off, so does the other.
      socket.on('error', () => {
        near.destroy();
        far.destroy();
      });
      socket.on('close', () => sockets.delete(socket));
    }
    forward(near, far, delay, clock.now() + 2 * delay, clock);
    forward(far, near, delay, 0, clock);
  });
  return {
    port: await listen(server),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** @param openAt the time before which nothing can be sent. */
function forward(from: net.Socket, to: net.Socket, delay: number, openAt: number, clock: Clock): void {
  let last = Promise.resolve();
  const later = (act: () => void): void => {
    const arrival = Math.max(clock.now(), openAt) + delay;
    last = last.then(async () => {
      const rest = arrival - clock.now();
      if (rest > 0) await new Promise<void>((resolve) => clock.schedule(resolve, rest));
      act();
    });
  };
  from.on('data', (bytes) => {
    later(() => to.write(bytes));
  });
  from.on('end', () => {
    later(() => to.end());
  });
}
