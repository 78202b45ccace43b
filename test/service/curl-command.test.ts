/** The command lines of curl, as a real shell reads them. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { curlCommand } from '../../server/src/service/curl-command.ts';

/** The arguments that a shell hands to curl. */
function argumentsOf(command: string): string[] {
  const script = `curl() { for given in "$@"; do printf '%s\\0' "$given"; done; }\n${command}`;
  const { stdout, status } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  assert.equal(status, 0, command);
  return stdout.split('\0').slice(0, -1);
}

describe('a command line of curl', () => {
  it('asks as the page does, with its origin, its headers and a cookie to fill in', () => {
    const request = { origin: 'https://evil.example', method: 'PUT', cookie: true };
    assert.deepEqual(argumentsOf(curlCommand(request, ['x-token'], 'PUT /items')), [
      ...['-i', '-X', 'PUT', 'https://api.example.com/items'],
      ...['-H', 'Origin: https://evil.example', '-H', 'x-token: x', '-H', 'Cookie: session=YOURS'],
    ]);
  });

  it('asks a preflight with what it asks for, and sends nothing else', () => {
    const preflight = { method: 'PUT', headers: ['content-type', 'x-token'] };
    const request = { origin: 'null', method: 'OPTIONS', preflight, cookie: false };
    assert.deepEqual(argumentsOf(curlCommand(request, ['x-token'], 'every route')), [
      ...['-i', '-X', 'OPTIONS', 'https://api.example.com/', '-H', 'Origin: null'],
      ...['-H', 'Access-Control-Request-Method: PUT', '-H', 'Access-Control-Request-Headers: content-type,x-token'],
    ]);
  });

  it('is one command, whatever stands in the file', () => {
    for (const origin of ["https://a'; touch /tmp/x; '.example", 'https://$(id).example', 'https://`id`.example\nid']) {
      const given = argumentsOf(curlCommand({ origin, method: 'GET', cookie: false }, [], "location /a'b"));
      assert.deepEqual(given, ['-i', 'https://api.example.com/', '-H', `Origin: ${origin}`]);
    }
  });

  it('asks for the head alone where the page does', () => {
    assert.equal(
      argumentsOf(curlCommand({ origin: null, method: 'HEAD', cookie: false }, [], '/')).join(' '),
      '-i --head https://api.example.com/',
    );
  });
});
