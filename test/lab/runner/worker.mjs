/** A process of the lab that runs the entries that it is sent, one after the other, and answers with what came out. */
import { runPlace } from './run-entry.mjs';

// Without the lab nobody wants the answer, and leaving through `exit` ends all that was started here.
process.on('disconnect', () => process.exit(1));
process.on('message', async ({ place, parts }) => {
  try {
    process.send({ place, outcome: await runPlace(place, parts) });
  } catch (error) {
    process.send({ place, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
