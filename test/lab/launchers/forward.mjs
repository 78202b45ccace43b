/**
 * One emulator serves all programs of an entry, each with an account or bucket of its own; in front of it stands a port
 * for each program.
 */
import http from 'node:http';
import { freePort, startServer } from './processes.mjs';

/** Hands every request on to `to`, below `prefix`, and the answer back as it came. */
export async function startForwarding({ port, to, prefix }) {
  const agent = new http.Agent({ keepAlive: true });
  const server = http.createServer((incoming, outgoing) => {
    const request = http.request(
      {
        host: '127.0.0.1',
        port: to,
        agent,
        method: incoming.method,
        path: prefix + incoming.url,
        headers: incoming.headers,
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode, answer.rawHeaders);
        answer.pipe(outgoing);
      },
    );
    request.on('error', () => outgoing.destroy());
    incoming.pipe(request);
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/**
 * An emulator that is started when it is first asked for. `command` takes its port.
 * @param {(port: number) => object} command
 */
export function sharedServer(command) {
  let started;
  return {
    port: () =>
      (started ??= freePort().then(async (port) => ({
        port,
        server: await startServer({ port, ...command(port) }),
      }))).then(({ port }) => port),
    async close() {
      const running = await started?.catch(() => undefined);
      started = undefined;
      await running?.server.close();
    },
  };
}
