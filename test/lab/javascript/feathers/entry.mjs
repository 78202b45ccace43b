/** Feathers 5, whose `cors` is that of Express or of Koa. */
import { startNode } from '../../launchers/processes.mjs';

const packages = Object.fromEntries(
  ['@feathersjs/feathers', '@feathersjs/express', '@feathersjs/koa', 'cors', '@koa/cors'].map((name) => [name, name]),
);

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'Feathers 5.0.50 on Express and Koa', packages }],
  start: startNode,
};
