/** Sources of any size, as people write them: one policy, or one file, that grows by its parts. */

export interface Family {
  readonly name: string;
  readonly file: string;
  /** The text with so many parts; `word` is in the names of all that it lists, so that nothing is remembered from another text. */
  readonly text: (parts: number, word: string) => string;
  /**
   * Each part meets each other one: a finding's origin is proven against the whole policy, a variable is asked for by all
   * conditions. Parts times parts, and no more.
   */
  readonly inPairs?: boolean;
}

function times(parts: number, part: (index: number) => string, between = ''): string {
  return Array.from({ length: parts }, (_, index) => part(index)).join(between);
}

function express(body: string): string {
  return `const express = require('express');
const app = express();
app.use((req, res, next) => {
  const o = req.headers.origin;
  ${body}
  next();
});
`;
}

const setOrigin = "res.setHeader('Access-Control-Allow-Origin'";
const corsApp = "const cors = require('cors');\nconst app = require('express')();\n";
const starlette = 'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\napp = FastAPI()\n';

const programs: readonly Family[] = [
  {
    name: 'else if over origins',
    file: 'app.js',
    text: (parts, word) =>
      express(
        times(
          parts,
          (at) =>
            `if (o === 'https://${word}${at}.example.com') { ${setOrigin}, 'https://${word}${at}.example.com'); }`,
          ' else ',
        ),
      ),
  },
  {
    name: 'if after if over origins',
    file: 'app.js',
    text: (parts, word) =>
      express(
        times(
          parts,
          (at) =>
            `if (o === 'https://${word}${at}.example.com') { ${setOrigin}, 'https://${word}${at}.example.com'); }\n`,
        ),
      ),
  },
  {
    name: 'if after if over patterns',
    inPairs: true,
    file: 'app.js',
    text: (parts, word) =>
      express(times(parts, (at) => `if (/${word}${at}.*example[.]com$/.test(o)) { ${setOrigin}, o); }\n`)),
  },
  {
    name: 'switch over origins',
    file: 'app.js',
    text: (parts, word) =>
      express(
        `switch (o) {\n${times(parts, (at) => `case 'https://${word}${at}.example.com': ${setOrigin}, o); break;\n`)}}`,
      ),
  },
  {
    name: 'early returns after checks that cannot be read',
    inPairs: true,
    file: 'app.js',
    text: (parts, word) =>
      express(
        `${times(parts, (at) => `if (${word}${at}(req)) { ${setOrigin}, '*'); return next(); }\n`)}${setOrigin}, '*');`,
      ),
  },
  {
    name: 'early returns after checks that have nothing to do with the request',
    inPairs: true,
    file: 'app.js',
    text: (parts, word) =>
      express(
        `${times(parts, (at) => `if (${word}${at}()) { ${setOrigin}, '*'); return next(); }\n`)}${setOrigin}, '*');`,
      ),
  },
  {
    name: 'a list of patterns',
    inPairs: true,
    file: 'app.js',
    text: (parts, word) =>
      `${corsApp}app.use(cors({ origin: [${times(parts, (at) => `/${word}${at}.example.com/`, ', ')}] }));\n`,
  },
  {
    name: 'a list of origins',
    file: 'app.js',
    text: (parts, word) =>
      `${corsApp}app.use(cors({ credentials: true, origin: [${times(parts, (at) => `'https://${word}${at}.example.com'`, ', ')}] }));\n`,
  },
  {
    name: 'cors() on one path after the other',
    file: 'app.js',
    text: (parts, word) =>
      `${corsApp}${times(parts, (at) => `app.use('/${at}', cors({ origin: 'https://${word}${at}.example.com' }));\n`)}`,
  },
  {
    name: 'variables of the environment',
    inPairs: true,
    file: 'app.js',
    text: (parts, word) => {
      const choices = times(parts, (at) => `if (process.env.A${at}) v = 'https://${word}${at}.example.com';\n`);
      return `${corsApp}let v = '';\n${choices}app.use(cors({ origin: v }));\n`;
    },
  },
  {
    name: 'add_middleware',
    file: 'app.py',
    text: (parts, word) =>
      `${starlette}${times(parts, (at) => `app.add_middleware(CORSMiddleware, allow_origins=['https://${word}${at}.example.com'])\n`)}`,
  },
];

const servers: readonly Family[] = [
  {
    name: 'an nginx map of patterns',
    inPairs: true,
    file: 'nginx.conf',
    text: (parts, word) =>
      `http { map $http_origin $c { default "";\n${times(parts, (at) => `~${word}${at}.*example.com $http_origin;\n`)}}
server { location / { add_header Access-Control-Allow-Origin $c; } } }`,
  },
  {
    name: 'an nginx map of origins',
    file: 'nginx.conf',
    text: (parts, word) =>
      `http { map $http_origin $c { default "";\n${times(parts, (at) => `https://${word}${at}.example.com $http_origin;\n`)}}
server { location / { add_header Access-Control-Allow-Origin $c; } } }`,
  },
  {
    name: 'words of HAProxy that are patterns',
    inPairs: true,
    file: 'haproxy.cfg',
    text: (parts, word) => `frontend f
 bind :80
 http-request set-var(txn.o) req.hdr(origin)
 acl ok var(txn.o) -m reg ${times(parts, (at) => `${word}${at}.*example`, ' ')}
 http-response set-header Access-Control-Allow-Origin %[var(txn.o)] if ok
`,
  },
  {
    name: 'SetEnvIf with Header',
    inPairs: true,
    file: 'httpd.conf',
    text: (parts, word) =>
      `<VirtualHost *:80>\n${times(
        parts,
        (at) =>
          `SetEnvIf Origin "^https://${word}${at}.*$" O${at}=$0\nHeader set Access-Control-Allow-Origin ` +
          `%{O${at}}e env=O${at}\n`,
      )}</VirtualHost>\n`,
  },
  {
    name: 'header_regexp of Caddy',
    inPairs: true,
    file: 'Caddyfile',
    text: (parts, word) =>
      `example.com {\n${times(
        parts,
        (at) =>
          `@m${at} header_regexp Origin ${word}${at}.*example\nheader @m${at} Access-Control-Allow-Origin ` +
          '{http.request.header.Origin}\n',
      )}}\n`,
  },
  {
    name: 'if of VCL',
    inPairs: true,
    file: 'default.vcl',
    text: (parts, word) =>
      `vcl 4.1;\nsub vcl_deliver {\n${times(
        parts,
        (at) =>
          `if (req.http.Origin ~ "${word}${at}") { set resp.http.Access-Control-Allow-Origin = ` +
          'req.http.Origin; }\n',
      )}}\n`,
  },
  {
    name: 'add_header in one block',
    file: 'nginx.conf',
    text: (parts, word) => {
      const lines = times(parts, (at) => `add_header Access-Control-Allow-Origin https://${word}${at}.example.com;\n`);
      return `http { server { location / {\n${lines}} } }`;
    },
  },
  {
    name: 'rules of vercel.json for one source',
    file: 'vercel.json',
    text: (parts, word) =>
      JSON.stringify({
        headers: Array.from({ length: parts }, (_, at) => ({
          source: '/(.*)',
          headers: [{ key: 'Access-Control-Allow-Origin', value: `https://${word}${at}.example.com` }],
        })),
      }),
  },
  {
    name: 'paths of _headers',
    file: '_headers',
    text: (parts, word) =>
      times(parts, (at) => `/${at}/*\n  Access-Control-Allow-Origin: https://${word}${at}.example.com\n`),
  },
];

export const families: readonly Family[] = [...programs, ...servers];
