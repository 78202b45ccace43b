/** Programs with rs/cors in front of a handler, with several releases of the package. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { whyNoGo } from '../../launchers/go-launcher.mjs';
import { copyPrograms, startGoProgram } from '../../launchers/go-programs.mjs';
import { requestsFrom } from '../../runner/observations.mjs';

const home = path.join(path.dirname(fileURLToPath(import.meta.url)), 'programs');
/** What the module's sum says of each release that is run. */
const releases = {
  '1.11.1': ['h1:eU3gRzXLRK57F5rKMGMZURNdIG4EoAmX8k94r9wXWHA=', 'h1:XyqrcTp5zjWr1wsJ8PIRZssZ8b/WMcMf71DJnit4EMU='],
  '1.9.0': ['h1:l9HGsTsHJcvW14Nk7J9KFz8bzeAWXn3CG6bgt7LsrAE=', 'h1:XyqrcTp5zjWr1wsJ8PIRZssZ8b/WMcMf71DJnit4EMU='],
  '1.7.0': ['h1:+88SsELBHx5r+hZ8TCkggzSstaWNbDvThkVK8H6f9ik=', 'h1:gFx+x8UowdsKA9AchylcLynDq+nNFfI8FkUZdN/jGCU='],
};

function versionOf(release) {
  const [sum, sumOfModules] = releases[release];
  return {
    label: `rs/cors ${release}`,
    files: {
      'go.mod': `module corslint.example/lab\n\ngo 1.22\n\nrequire github.com/rs/cors v${release}\n`,
      'go.sum': `github.com/rs/cors v${release} ${sum}\ngithub.com/rs/cors v${release}/go.mod ${sumOfModules}\n`,
    },
  };
}

function entryOf(releases, names, more) {
  return {
    ...more,
    versions: releases.map(versionOf),
    missing: whyNoGo,
    fill: (programs) => copyPrograms(home, programs, names),
    // Headers in lower case and in order, as browsers send them: the package refuses others.
    requests: (origin) => [
      ...requestsFrom(origin),
      { origin, method: 'PUT', cookie: true },
      { origin, method: 'OPTIONS', cookie: false, preflight: { method: 'POST', headers: ['content-type'] } },
    ],
    start: startGoProgram,
  };
}

/** @type {import('../../runner/entry.mjs').Entry[]} */
export const entries = [
  entryOf(['1.11.1']),
  // What has changed since is asked of the older releases, which write names of headers in capitals: browsers compare them ignoring case.
  entryOf(['1.9.0', '1.7.0'], ['allow-all', 'fields', 'list', 'methods', 'passthrough', 'reflect', 'upper-case'], {
    unordered: true,
  }),
];
