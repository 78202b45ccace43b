/** NestJS on Express and on Fastify. */
import { startNode } from '../../launchers/processes.mjs';

const packages = Object.fromEntries(
  [
    '@nestjs/common',
    '@nestjs/core',
    '@nestjs/platform-express',
    '@nestjs/platform-fastify',
    'reflect-metadata',
    'rxjs',
  ].map((name) => [name, name]),
);

/** What decorators say of a route. */
const decorated = /^([A-Z]+|every method of) (\/\S*)$/;

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    {
      label: 'NestJS 11.2',
      packages,
      files: { 'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true } }\n' },
    },
  ],
  start: startNode,
  pathOf: ({ scope }) => decorated.exec(scope)?.[2] ?? '/',
  /** A route of one method is not asked with others, but for preflights; HEAD goes where GET goes. */
  answers({ scope }, { method }) {
    const own = decorated.exec(scope)?.[1];
    return (
      own === undefined || own === 'every method of' || [own, 'OPTIONS'].includes(method === 'HEAD' ? 'GET' : method)
    );
  },
};
