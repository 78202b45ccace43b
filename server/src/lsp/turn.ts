/** Lets others have their turn: messages that have arrived take effect before the work goes on. */

/** In milliseconds: nobody notices that he waits for so long, and to give way costs nothing to speak of beside it. */
const longestWork = 8;

/**
 * What long work calls between any two steps of it, however small: others have their turn once it has gone on for a while. Until then
 * nothing can have arrived, so that there is nothing to look for either.
 */
export function givingWay(): () => Promise<void> | undefined {
  let since = performance.now();
  return () =>
    performance.now() - since < longestWork
      ? undefined
      : nextTurn().then(() => {
          since = performance.now();
        });
}

/** The same for work that may be given up: `check` is asked after each turn of the others, and throws where nobody waits any more. */
export function pausing(check: () => void): () => Promise<void> | undefined {
  const giveWay = givingWay();
  return () => {
    const turn = giveWay();
    if (turn !== undefined) return turn.then(check);
    check();
    return undefined;
  };
}

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
