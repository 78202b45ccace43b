/** How client and server speak to each other: over stdio unless the arguments say otherwise. */
import { createConnection as connect } from 'node:net';
import type { Duplex, Readable, Writable } from 'node:stream';
import {
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { MessageReader, MessageWriter } from 'vscode-languageserver';
import { CheckedFraming } from './framing.ts';

export interface Transport {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
}

/** `failed` is told, in words, why nothing more can be understood. */
export function openTransport(argv: readonly string[], failed: (reason: string) => void): Transport {
  if (argv.includes('--node-ipc'))
    return { reader: new IPCMessageReader(process), writer: new IPCMessageWriter(process) };
  const socket = socketOf(argv);
  return overStreams(socket ?? process.stdin, socket ?? process.stdout, failed);
}

function socketOf(argv: readonly string[]): Duplex | undefined {
  const port = valueOf('--socket', argv);
  if (port !== undefined) return connect(Number(port), '127.0.0.1');
  const pipe = valueOf('--pipe', argv);
  return pipe === undefined ? undefined : connect(pipe);
}

/** `--socket=6000` and `--socket 6000`. */
function valueOf(option: string, argv: readonly string[]): string | undefined {
  const at = argv.findIndex((argument) => argument === option || argument.startsWith(`${option}=`));
  if (at === -1) return undefined;
  return argv[at] === option ? argv[at + 1] : argv[at]!.slice(option.length + 1);
}

function overStreams(input: Readable, output: Writable, failed: (reason: string) => void): Transport {
  const checked = new CheckedFraming();
  checked.on('error', ({ message }) => failed(message));
  input.on('error', ({ message }) => failed(message));
  input.pipe(checked);
  return { reader: new StreamMessageReader(checked), writer: new StreamMessageWriter(output) };
}
