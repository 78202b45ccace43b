/** Lets others have their turn: messages that have arrived take effect before the work goes on. */

/** Resolves after what the process has to do now. Costs microseconds, so that long work may ask for it often. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => (typeof setImmediate === 'function' ? setImmediate(resolve) : afterMessage(resolve)));
}

/** A worker has no `setImmediate`, and its timers wait for milliseconds. */
function afterMessage(resolve: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    resolve();
  };
  port2.postMessage(undefined);
}
