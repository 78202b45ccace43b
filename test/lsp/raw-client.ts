/** Speaks to the built server in bytes: the library would not send what is wrong, nor show what comes twice. */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { serverFile } from './client.ts';

export interface Answer {
  readonly id?: number | string | null;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export class RawClient {
  readonly server: ChildProcessWithoutNullStreams;
  readonly exited: Promise<number | null>;
  said = '';
  lastId = 0;
  readonly #answers = new Map<number | string | null, Answer[]>();
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #received = Buffer.alloc(0);

  constructor(env: NodeJS.ProcessEnv = process.env) {
    this.server = spawn(process.execPath, [serverFile, '--stdio'], { env });
    this.exited = new Promise((resolve) => this.server.on('exit', (code) => resolve(code)));
    this.server.stdout.on('data', (bytes: Buffer) => this.#take(bytes));
    this.server.stderr.setEncoding('utf8').on('data', (text: string) => (this.said += text));
    // What is written to a server that has ended is lost, and its exit says so.
    this.server.stdin.on('error', () => undefined);
  }

  write(bytes: string): void {
    this.server.stdin.write(bytes);
  }

  send(message: object): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  /** The answer to the request, whatever else comes before it. */
  ask(method: string, params: object | null = {}): Promise<Answer> {
    const id = ++this.lastId;
    const answer = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.send({ id, method, params });
    return answer;
  }

  async end(): Promise<number | null> {
    this.send({ method: 'exit' });
    return this.exited;
  }

  /** Requests that got more than one answer. */
  answeredTwice(): readonly (number | string | null)[] {
    return [...this.#answers].filter(([, { length }]) => length > 1).map(([id]) => id);
  }

  #take(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      const end = this.#received.indexOf('\r\n\r\n');
      const length = Number(
        /Content-Length: (\d+)/i.exec(this.#received.subarray(0, Math.max(0, end)).toString())?.[1],
      );
      if (end === -1 || this.#received.length < end + 4 + length) return;
      this.#hear(JSON.parse(this.#received.subarray(end + 4, end + 4 + length).toString()) as Answer);
      this.#received = this.#received.subarray(end + 4 + length);
    }
  }

  /** What the server asks is answered with nothing; a client may know of no setting. */
  #hear(message: Answer & { readonly method?: string; readonly params?: unknown }): void {
    const { id, method } = message;
    if (method !== undefined) {
      if (id !== undefined) this.send({ id, result: null });
    } else if (id !== undefined) {
      this.#answers.set(id, [...(this.#answers.get(id) ?? []), message]);
      if (typeof id === 'number') this.#waiting.get(id)?.(message);
    }
  }
}
