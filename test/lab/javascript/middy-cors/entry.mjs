/** Functions for AWS Lambda with middy, called with the events of API Gateway; API Gateway itself takes no part. */
import { startNode } from '../../launchers/processes.mjs';

const packages = (core, cors) => ({ '@middy/core': core, '@middy/http-cors': cors });

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    {
      label: '@middy/http-cors 6.4.5, events of version 1',
      event: '1.0',
      packages: packages('@middy/core', '@middy/http-cors'),
    },
    {
      label: '@middy/http-cors 6.4.5, events of version 2',
      event: '2.0',
      packages: packages('@middy/core', '@middy/http-cors'),
    },
    { label: '@middy/http-cors 5.5.1', event: '1.0', packages: packages('middy-core5', 'middy-cors5') },
    { label: '@middy/http-cors 3.6.2', event: '2.0', packages: packages('middy-core3', 'middy-cors3') },
  ],
  start: (run) => startNode({ ...run, launcher: new URL('serve.mjs', import.meta.url), args: [run.version.event] }),
};
