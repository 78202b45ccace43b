/**
 * The middleware `strapi::cors` of Strapi on Koa, with the settings of each program; a whole Strapi wants a data base
 * and an admin panel that is built.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startNode } from '../../launchers/processes.mjs';
import { unpack, unpackedFolder } from '../../launchers/unpacked.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
/** How programs read variables: `env`, `env.array` and so on. */
const utilities = { name: '@strapi/utils', version: '5.54.0' };

/** One for each way in which the middleware has answered; `refuses`: an error to whom it does not let in, whatever the path. */
const releases = [
  { name: '@strapi/core', version: '5.54.0', koaCors: '@koa/cors' },
  { name: '@strapi/core', version: '5.19.0', koaCors: '@koa/cors' },
  { name: '@strapi/strapi', version: '4.25.0', koaCors: '@koa/cors' },
  { name: '@strapi/strapi', version: '4.15.0', refuses: true, koaCors: 'koa-cors34' },
  { name: '@strapi/strapi', version: '4.9.0', refuses: true, koaCors: 'koa-cors34' },
  { name: '@strapi/strapi', version: '4.1.0', refuses: true, koaCors: 'koa-cors31' },
];
const elder = { name: 'strapi', version: '3.6.11', koaCors: 'koa-cors34' };

function versionOf({ name, version, koaCors }) {
  return {
    label: `strapi::cors of ${name} ${version}`,
    name,
    version,
    packages: { '@koa/cors': koaCors, koa: 'koa2', lodash: 'lodash' },
  };
}

/** Files stand where the project would have them, so that what they import is found beside them. */
async function install({ folder, version: { name, version } }) {
  // From 5 on the application depends on a package that hands over to another one of the same version.
  for (const { from, as } of [
    { from: { name, version }, as: name === '@strapi/core' ? '@strapi/strapi' : name },
    { from: utilities, as: utilities.name },
  ]) {
    const target = path.join(folder, 'node_modules', as);
    if (!fs.existsSync(target)) fs.cpSync(unpackedFolder(here, from.name, from.version), target, { recursive: true });
  }
}

const shared = {
  missing() {
    for (const { name, version } of [...releases, elder, utilities]) {
      const reason = unpack(here, name, version);
      if (reason !== undefined) return reason;
    }
    return undefined;
  },
  prepare: install,
  start: (run) => startNode({ ...run, launcher: new URL('serve.mjs', import.meta.url), args: [run.folder] }),
};

/** @type {import('../../runner/entry.mjs').Entry[]} */
export const entries = [
  {
    ...shared,
    versions: releases.filter(({ refuses }) => !refuses).map(versionOf),
    errors: () => [{ path: '/missing', status: 404 }],
  },
  { ...shared, versions: releases.filter(({ refuses }) => refuses).map(versionOf) },
  { ...shared, programs: 'programs-3', versions: [versionOf(elder)] },
];

export const notRun = [
  'Strapi as a whole, which wants a data base: its middleware `cors` ran in an application of Koa, ' +
    'behind one that answers errors and leaves headers as `strapi::errors` does',
];
