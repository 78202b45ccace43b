/**
 * A server of HTTP/1.1 that sends exactly the header lines of a case, white space and repetitions included, reads every method, `patch`
 * in lower case too, and keeps a log of what arrived. One connection carries one request.
 */
import net from 'node:net';

const blank = '<!doctype html><title>page</title>';

/**
 * @param {(request: { method: string, host: string, path: string, headers: Map<string, string> }) => { status: number,
 *   lines: readonly (readonly [string, string])[] }} answer
 * @returns {Promise<{ port: number, close: () => Promise<void> }>}
 */
export async function startRawServer(answer) {
  const sockets = new Set();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let received = Buffer.alloc(0);
    let answered = false;
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const end = received.indexOf('\r\n\r\n');
      if (answered || end === -1) return;
      const [start, ...fields] = received.subarray(0, end).toString('latin1').split('\r\n');
      const headers = new Map(
        fields.map((field) => [
          field.slice(0, field.indexOf(':')).toLowerCase(),
          field.slice(field.indexOf(':') + 1).trim(),
        ]),
      );
      if (received.length < end + 4 + Number(headers.get('content-length') ?? 0)) return;
      answered = true;
      const [method, path] = start.split(' ');
      socket.end(responseTo({ method, path, host: headers.get('host') ?? '', headers }, answer), 'latin1');
    });
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      for (const socket of sockets) socket.destroy();
    });
  return { port: server.address().port, close };
}

function responseTo(request, answer) {
  if (request.path === '/page')
    return `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${blank.length}\r\nConnection: close\r\n\r\n${blank}`;
  const { status, lines } = answer(request);
  return [`HTTP/1.1 ${status} Answer`, ...lines.map(([name, value]) => `${name}:${value}`), '', ''].join('\r\n');
}
