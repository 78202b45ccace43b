/**
 * Serves a program that answers `Request` with `Response` through an adapter of Node: `export default { fetch }`, a default function,
 * functions exported by method as Next.js has them, or what it hands to `Deno.serve` and `Bun.serve`, which only collect it here.
 */
import { pathToFileURL } from 'node:url';

const [, , file, adapter] = process.argv;
let served;
globalThis.Deno = {
  serve: (...given) => {
    served = given.find((one) => typeof one === 'function') ?? given[0].handler;
  },
};
globalThis.Bun = {
  env: process.env,
  serve: (options) => {
    served = options.fetch;
  },
};
const module = await import(pathToFileURL(file).href);
const { default: main } = module;

/** HEAD is answered by GET, OPTIONS without a function of its own by 204, every other method by 405: as Next.js does. */
async function byMethod(request) {
  const handler = module[request.method] ?? (request.method === 'HEAD' ? module.GET : undefined);
  if (handler) return handler(request);
  return new Response(null, { status: request.method === 'OPTIONS' ? 204 : 405 });
}

const fetch =
  served ??
  (typeof main?.fetch === 'function' ? (request) => main.fetch(request) : typeof main === 'function' ? main : byMethod);
const [port, hostname] = [Number(process.env.PORT), '127.0.0.1'];
const { serve } = await import(new URL(`../packages/node_modules/${adapter}`, import.meta.url).href);
serve({ fetch, port, hostname, silent: true });
