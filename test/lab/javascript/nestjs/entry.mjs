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
};
