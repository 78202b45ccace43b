/**
 * Before `initialize` and after `shutdown` nothing is served, and both come once. The library leaves that to each feature, so
 * that it is seen to here, where messages come in.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#lifeCycleMessages
 */
import { ErrorCodes, Message } from 'vscode-languageserver';
import type { MessageReader, MessageWriter, RequestMessage, ResponseMessage } from 'vscode-languageserver';

type Stage = 'new' | 'running' | 'shut down';

export interface Lifecycle {
  /** Gives only what is in order; what is not is answered. */
  readonly reader: MessageReader;
  /** The client has asked for the end, so that the end of its messages is none too early. */
  hasShutDown(): boolean;
}

export function inOrder(reader: MessageReader, writer: MessageWriter): Lifecycle {
  let stage: Stage = 'new';
  const takes = (message: Message): boolean => {
    if (Message.isResponse(message)) return true;
    if (!Message.isRequest(message)) return stage === 'running' || isExit(message);
    const refusal = refusalOf(message, stage);
    if (refusal) {
      const response: ResponseMessage = { jsonrpc: '2.0', id: message.id, error: refusal };
      // A client that does not read any more has its own way to say so.
      writer.write(response).catch(() => undefined);
      return false;
    }
    if (message.method === 'initialize') stage = 'running';
    if (message.method === 'shutdown') stage = 'shut down';
    return true;
  };
  return {
    reader: {
      onError: reader.onError,
      onClose: reader.onClose,
      onPartialMessage: reader.onPartialMessage,
      listen: (callback) => reader.listen((message) => void (takes(message) && callback(message))),
      dispose: () => reader.dispose(),
    },
    hasShutDown: () => stage === 'shut down',
  };
}

function isExit(message: Message): boolean {
  return Message.isNotification(message) && message.method === 'exit';
}

function refusalOf({ method }: RequestMessage, stage: Stage): ResponseMessage['error'] {
  if (stage === 'new' && method !== 'initialize')
    return { code: ErrorCodes.ServerNotInitialized, message: 'The first request has to be "initialize".' };
  if (stage === 'shut down')
    return { code: ErrorCodes.InvalidRequest, message: 'The server has been asked to shut down and waits for "exit".' };
  if (stage === 'running' && method === 'initialize')
    return { code: ErrorCodes.InvalidRequest, message: '"initialize" may be sent only once.' };
  return undefined;
}
