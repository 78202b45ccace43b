/** Fonts, images and other files for everybody: one severity, whatever sends them. Each has a twin that is an API. */
import assert from 'node:assert/strict';
import { createLinter } from '../../server/src/service/linter.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import { isAssetPath } from '../../server/src/models/static/asset-paths.ts';
import { nodeHost } from '../../server/src/node/host.ts';

const linter = createLinter(nodeHost());

async function severity(file: string, text: string): Promise<string> {
  const { findings } = await linter.lint({ path: `/shop/${file}`, relativePath: file, text }, defaultSettings);
  const open = findings.filter(({ rule }) => rule === 'any-origin' || rule === 'reflected-origin');
  return [...new Set(open.map((finding) => finding.severity))].join(' and ') || 'nothing';
}

const star = `'Access-Control-Allow-Origin', '*'`;

/** A file in which «» stands for a path or a type, one for everybody, and one that is not. */
const sources: readonly (readonly [file: string, text: string, asset: string, other: string])[] = [
  [
    'next.config.js',
    `module.exports = { async headers() { return [{ source: '«»', headers: [{ key: 'Access-Control-Allow-Origin', value: '*' }] }]; } };`,
    '/(images|fonts)/(.*)',
    '/(images|orders)/(.*)',
  ],
  [
    'nuxt.config.ts',
    `export default defineNuxtConfig({ routeRules: { '«»': { headers: { 'Access-Control-Allow-Origin': '*' } } } });`,
    '/_nuxt/**',
    '/api/**',
  ],
  [
    'hono.ts',
    `import { Hono } from 'hono';\nimport { cors } from 'hono/cors';\nnew Hono().use('«»', cors());`,
    '/llms.txt',
    '/orders/*',
  ],
  [
    'koa.js',
    `router.get('«»', async (ctx) => { ctx.set(${star}); await send(ctx, ctx.path); });`,
    '/img/:name',
    '/orders',
  ],
  [
    'sent.js',
    `router.use(['/fonts/*', '«»'], (ctx) => send(ctx, ctx.path, { setHeaders: (res) => { res.setHeader(${star}); } }));`,
    '/icons/*',
    '/orders/*',
  ],
  [
    'described.js',
    'app.get(`${base}«»`, (req, res) => { res.set(' + star + '); res.json(definition); });',
    '/openapi.json',
    '/images',
  ],
  [
    'asked.js',
    `app.use((req, res, next) => { if (req.path === '«»' && req.method === 'GET') { res.set(${star}); return res.json(data); } next(); });`,
    '/.well-known/oauth-protected-resource',
    '/orders',
  ],
  ['express.js', `app.use('«»', (req, res, next) => { res.set(${star}); next(); });`, '/static', '/orders'],
  ['cors.js', `const cors = require('cors');\napp.use('«»', cors());`, '/fonts', '/orders'],
  [
    'route.ts',
    `export function GET() { return new Response(draw(), { headers: { 'Content-Type': '«»', ${star.replace(',', ':')} } }); }`,
    'image/png',
    'application/json',
  ],
  [
    'typed.js',
    `app.get('/qr', (req, res) => { res.type('«»'); res.set(${star}); res.send(draw()); });`,
    'image/svg+xml',
    'application/json',
  ],
  [
    'app.py',
    [
      `@app.route("/qr")`,
      `def qr():`,
      `    response = send_file(draw(), mimetype="«»")`,
      `    response.headers["Access-Control-Allow-Origin"] = "*"`,
      `    return response`,
      ``,
    ].join('\n'),
    'image/png',
    'application/json',
  ],
  [
    'main.go',
    [
      `package main`,
      ``,
      `import "net/http"`,
      ``,
      `func qr(w http.ResponseWriter, r *http.Request) {`,
      `\tw.Header().Set("Content-Type", "«»")`,
      `\tw.Header().Set("Access-Control-Allow-Origin", "*")`,
      `\tdraw(w)`,
      `}`,
      ``,
    ].join('\n'),
    'image/png',
    'application/json',
  ],
  [
    'nginx.conf',
    `server {\n  location «» {\n    add_header Access-Control-Allow-Origin * always;\n  }\n}\n`,
    '~* \\.(woff2|ttf)$',
    '/orders',
  ],
  [
    'vercel.json',
    `{"headers": [{"source": "«»", "headers": [{"key": "Access-Control-Allow-Origin", "value": "*"}]}]}`,
    '/(fonts|images)/(.*)',
    '/api/(.*)',
  ],
  ['_headers', `«»\n  Access-Control-Allow-Origin: *\n`, '/fonts/*', '/api/*'],
  [
    'firebase.json',
    `{"hosting": {"headers": [{"source": "«»", "headers": [{"key": "Access-Control-Allow-Origin", "value": "*"}]}]}}`,
    '**/*.@(jpg|png|woff2)',
    '/api/**',
  ],
  ['Caddyfile', `example.com {\n  header «» Access-Control-Allow-Origin *\n}\n`, '/fonts/*', '/orders/*'],
  [
    '.htaccess',
    `<FilesMatch "«»">\n  Header set Access-Control-Allow-Origin "*"\n</FilesMatch>\n`,
    '\\.(ttf|woff2?)$',
    '\\.json$',
  ],
];

describe('public assets', () => {
  for (const [file, text, asset, other] of sources)
    it(`of ${file} are for information, and nothing else is`, async () => {
      assert.equal(
        await severity(
          file,
          text.replace('«»', () => asset),
        ),
        'information',
        asset,
      );
      assert.equal(
        await severity(
          file,
          text.replace('«»', () => other),
        ),
        'warning',
        other,
      );
    });

  it('an answer that is a picture or an error in JSON is a warning', async () => {
    const text = `app.get('/qr', (req, res) => {
      res.set(${star});
      if (process.env.CLOSED) return res.set('Content-Type', 'application/json').send('{}');
      res.set('Content-Type', 'image/png').send(draw());
    });`;
    assert.equal(await severity('qr.js', text), 'warning');
  });

  it('are known by their paths', () => {
    const assets = [
      '/favicon.ico',
      '/robots.txt',
      '/sitemap.xml',
      '/.well-known/(.*)',
      '/_next/static/:path*',
      '/(.*)\\.svg',
      '/{img,fonts}/*',
    ];
    for (const path of assets) assert.ok(isAssetPath(path), path);
    for (const path of ['/', '/api/images', '/(fonts|api)/(.*)', '/statics', '/orders', '/v1/media'])
      assert.ok(!isAssetPath(path), path);
  });

  for (const path of [
    '/js/(.*)',
    '/video/(.*)',
    '/image-backgrounds/(.*)',
    '/llms.txt',
    '/:file{.+\\.md}',
    '/favicon/(.*)',
    '/swagger.yaml',
    '/oauth/jwks.json',
  ])
    it(`${path} is one`, () => assert.ok(isAssetPath(path)));

  for (const path of ['/orders/js-client', '/api/js/(.*)', '/video-calls/(.*)', '/users.txt', '/openapi/users'])
    it(`${path} is none`, () => assert.ok(!isAssetPath(path)));
});
