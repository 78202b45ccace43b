/** Cloud Functions for Firebase, on Express as the Functions Framework runs them. */
import { startNode } from '../../launchers/processes.mjs';

const version = {
  label: 'firebase-functions 6.6.0',
  packages: { 'firebase-functions': 'firebase-functions', 'firebase-admin': 'firebase-admin' },
};
const shared = {
  versions: [version],
  start: ({ file, port }) =>
    startNode({
      file,
      port,
      launcher: 'launch-function.mjs',
      env: { GCLOUD_PROJECT: 'shop', FIREBASE_CONFIG: '{"projectId":"shop"}' },
    }),
};

/** @type {readonly import('../../runner/entry.mjs').Entry[]} */
export const entries = [
  shared,
  // What the call itself is worth is no matter of CORS.
  { ...shared, programs: 'callable', ownStatuses: false },
];
