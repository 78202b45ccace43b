/** Rows about one large file: what it costs, and how much more when there is twice as much of it. */
import { createLinter, defaultSettings, nodeHost } from './bundled-linter.mjs';
import { cpuSince, round, row } from './measure.mjs';

/** Name → path of the file, its fixed beginning and end, and the piece that there is more and more of. */
const families = {
  'routes of Express': {
    path: '/bench/server.js',
    begin: "const app = require('express')();\napp.use(require('cors')({ origin: 'https://app.example.com' }));\n",
    piece: (n) =>
      `app.get('/items${n}/:id', async (req, res) => {\n  res.json(await store.find(req.params.id, ${n}));\n});\n`,
  },
  'origins in a list': {
    path: '/bench/server.js',
    begin: "const app = require('express')();\napp.use(require('cors')({ credentials: true, origin: [\n",
    piece: (n) => `  'https://shop${n}.example.com',\n`,
    end: ']}));\n',
  },
  'policies of Express': {
    path: '/bench/server.js',
    begin: "const app = require('express')();\nconst cors = require('cors');\n",
    piece: (n) => `app.use('/area${n}', cors({ origin: ['https://app${n}.example.com'], credentials: true }));\n`,
  },
  'routes of FastAPI': {
    path: '/bench/main.py',
    begin:
      'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\napp = FastAPI()\n' +
      "app.add_middleware(CORSMiddleware, allow_origins=['https://app.example.com'])\n",
    piece: (n) => `@app.get('/items${n}')\ndef items${n}(q: str):\n    return store.find(q, ${n})\n`,
  },
  'locations of nginx': {
    path: '/bench/nginx.conf',
    begin: 'server {\n',
    piece: (n) =>
      `  location /area${n} {\n    add_header Access-Control-Allow-Origin https://app${n}.example.com;\n  }\n`,
    end: '}\n',
  },
  'origins in a map of nginx': {
    path: '/bench/nginx.conf',
    begin: 'map $http_origin $allowed {\n  default "";\n',
    piece: (n) => `  https://shop${n}.example.com $http_origin;\n`,
    end: '}\nserver {\n  add_header Access-Control-Allow-Origin $allowed;\n}\n',
  },
  'documents of Kubernetes': {
    path: '/bench/ingress.yaml',
    begin: '',
    piece: (n) =>
      `---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: shop${n}\n  annotations:\n` +
      `    nginx.ingress.kubernetes.io/enable-cors: "true"\n` +
      `    nginx.ingress.kubernetes.io/cors-allow-origin: "https://shop${n}.example.com"\n`,
  },
  'rules of S3': {
    path: '/bench/cors.json',
    begin: '{ "CORSRules": [\n{ "AllowedMethods": ["GET"], "AllowedOrigins": ["*"] }',
    piece: (n) => `,\n{ "AllowedMethods": ["GET"], "AllowedOrigins": ["https://shop${n}.example.com"] }`,
    end: '\n] }\n',
  },
};

const kilobyte = 1024;
/** A family that takes longer is not doubled any further. In CPU milliseconds. */
const mostTime = 3_000;

/** A row for each family. */
export async function sizes() {
  const rows = [];
  for (const [name, family] of Object.entries(families)) rows.push(await sizeRow(name, family));
  return rows;
}

async function sizeRow(name, { path, begin, piece, end = '' }) {
  const linter = createLinter(nodeHost());
  const timeOf = async (bytes) => {
    const pieces = [];
    for (let size = begin.length + end.length; size < bytes; size += pieces.at(-1).length)
      pieces.push(piece(pieces.length));
    const started = process.cpuUsage();
    const { memory, failed, skipped } = await linter.lint(
      { path, text: (begin + pieces.join('') + end).slice(0, 1024 * kilobyte) },
      defaultSettings,
    );
    const time = cpuSince(started);
    linter.release(memory);
    if (failed ?? skipped) throw new Error(`${name}: ${failed ?? skipped}`);
    return time;
  };
  // Code that was never run before is slow whatever it reads.
  for (const size of [8, 16, 32]) await timeOf(size * kilobyte);
  let last = await timeOf(64 * kilobyte);
  let [worst, size] = [0, 64];
  while (size < 1024 && last < mostTime) {
    size *= 2;
    const time = await timeOf(size * kilobyte - 100);
    worst = Math.max(worst, time / last);
    last = time;
  }
  return row(
    `${size === 1024 ? '1 MB' : `only ${size} KB`} of ${name}, CPU s (worst doubling from 64 KB on: ${round(worst)} ×)`,
    round(last / 1000),
    undefined,
    '≤ 0.5 s, ≤ 2.2 ×',
  );
}
