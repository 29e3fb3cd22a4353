// The proxy that stands for a network.
import net from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createClock } from '@sinonjs/fake-timers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startProxy, type Proxy } from '../../../scripts/bench/proxy';
import { listen } from '../../../scripts/local/listen';
import { clockOf } from '../../support/fake-clock';

describe('the proxy', () => {
  const received: string[] = [];
  /** Notes what came and answers with it. */
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    let heard = '';
    socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
    socket.on('end', () => {
      received.push(heard);
      socket.end(heard);
    });
  });
  /** The time of the proxy that is far away, which does not pass by itself. */
  const clock = createClock();
  let near: Proxy;
  let far: Proxy;
  beforeAll(async () => {
    const port = await listen(server);
    near = await startProxy(port, 0);
    far = await startProxy(port, 200, clockOf(clock));
  });
  afterAll(async () => {
    await near.close();
    await far.close();
    server.close();
  });

  /** Sends pieces one after the other, and gives the answer. */
  async function send(proxy: Proxy, pieces: readonly string[]): Promise<string> {
    const socket = net.connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
    for (const piece of pieces) socket.write(piece);
    socket.end();
    return readText(socket);
  }

  test('what is sent far away first arrives after what is sent nearby later', async () => {
    const answers: string[] = [];
    void send(far, ['far']).then((answer) => answers.push(answer));
    await send(near, ['near']);
    expect(received).toEqual(['near']);
    while (answers.length === 0) {
      if (clock.countTimers() > 0) clock.next();
      await nextTurn();
    }
    expect(answers).toEqual(['far']);
    expect(received).toEqual(['near', 'far']);
    // There and back to connect, there with what is sent, back with the answer.
    expect(clock.now).toBeGreaterThanOrEqual(800);
  });

  test('all arrives, in order, both ways', async () => {
    const pieces = Array.from({ length: 500 }, (_, index) => `${index},`);
    await expect(send(near, pieces)).resolves.toBe(pieces.join(''));
  });
});
