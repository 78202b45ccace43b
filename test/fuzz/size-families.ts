/**
 * Files of any size: what grows in each is one thing, as often as people or machines repeat it. `test/policy/families.ts` has the
 * policies.
 */
import type { Family } from '../policy/families.ts';

function times(parts: number, part: (index: number) => string, between = ''): string {
  return Array.from({ length: parts }, (_, index) => part(index)).join(between);
}

const app = "const cors = require('cors');\nconst app = require('express')();\n";
const star = 'Access-Control-Allow-Origin';
const starlette = 'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\napp = FastAPI()\n';
const handler = (body: string): string =>
  `${app}app.use((req, res, next) => {\n  const o = req.headers.origin;\n  ${body}\n  next();\n});\n`;

const programs: readonly Family[] = [
  {
    name: 'a text that circumstances lengthen',
    inPairs: true,
    file: 'app.js',
    text: (parts, word) =>
      handler(
        `let v = '';\n${times(parts, (at) => `if (req.query.${word}${at}) v += '${at}';\n`)}res.setHeader('${star}', v);`,
      ),
  },
  {
    name: 'a name that is made of itself where it has a member',
    inPairs: true,
    file: 'cors.js',
    text: (parts, word) =>
      `module.exports = (options, req, res, next) => {\n  let o = options.origin;\n${times(
        parts,
        (at) => `  if (o.${word}${at}) o = o.${word}${at}('x');\n`,
      )}  res.setHeader('${star}', o);\n  next();\n};\n`,
  },
  {
    name: 'functions that call all functions',
    inPairs: true,
    file: 'app.js',
    text: (parts, word) =>
      `${times(
        parts,
        (at) =>
          `function ${word}${at}(o) { return ${times(Math.min(parts, 60), (other) => `${word}${other}(o)`, ' || ')}; }\n`,
      )}${handler(`if (${word}0(o)) res.setHeader('${star}', o);`)}`,
  },
  {
    name: 'functions that call the one before twice',
    file: 'app.js',
    text: (parts, word) =>
      `function ${word}0(o) { return o === 'https://${word}.example.com'; }\n${times(
        parts,
        (at) => `function ${word}${at + 1}(o) { return ${word}${at}(o) || ${word}${at}(o); }\n`,
      )}${handler(`if (${word}${parts}(o)) res.setHeader('${star}', o);`)}`,
  },
  {
    name: 'texts that double',
    file: 'app.js',
    text: (parts, word) =>
      `${app}const ${word}0 = 'https://a.example';\n${times(parts, (at) => `const ${word}${at + 1} = ${word}${at} + ${word}${at};\n`)}` +
      `app.use(cors({ origin: ${word}${parts} }));\n`,
  },
  {
    name: 'a pattern of many stars',
    file: 'app.js',
    text: (parts, word) => `${app}app.use(cors({ origin: /${times(parts, (at) => `${word}${at % 10}`, '.*')}/ }));\n`,
  },
  {
    name: 'patterns of three stars each',
    inPairs: true,
    file: 'app.js',
    text: (parts, word) =>
      `${app}app.use(cors({ origin: [${times(parts, (at) => `/${word}${at}.*a.*b.*c/`, ', ')}] }));\n`,
  },
  {
    name: 'cors() on one path',
    inPairs: true,
    file: 'app.js',
    text: (parts, word) =>
      `${app}${times(parts, (at) => `app.use('/a', cors({ origin: 'https://${word}${at}.example.com' }));\n`)}`,
  },
  {
    name: 'a chain of use(cors())',
    inPairs: true,
    file: 'app.js',
    text: (parts, word) =>
      `${app}app${times(parts, (at) => `.use(cors({ origin: 'https://${word}${at}.example.com' }))`)};\n`,
  },
  {
    name: 'headers of many handlers',
    file: 'app.js',
    text: (parts, word) =>
      `const app = require('express')();\n${times(
        parts,
        (at) => `app.get('/${word}${at}', (req, res) => { res.setHeader('${star}', '*'); res.json({}); });\n`,
      )}`,
  },
  {
    name: 'choices inside choices',
    inPairs: true,
    file: 'app.js',
    text: (parts, word) => {
      const choices = times(parts, (at) => `process.env.A${at} ? 'https://${word}${at}.example.com' : (`);
      return `${app}app.use(cors({ origin: ${choices}'https://z.example.com'${')'.repeat(parts)} }));\n`;
    },
  },
  {
    name: 'variables that fall back to each other',
    inPairs: true,
    file: 'app.js',
    text: (parts, word) => {
      const choices = times(parts, (at) => `process.env.${word}${at} ? process.env.${word}${at} : (`);
      return `${app}app.use(cors({ origin: ${choices}'https://z.example.com'${')'.repeat(parts)} }));\n`;
    },
  },
  {
    name: 'calls inside calls',
    file: 'app.js',
    text: (parts) => `${app}app.use(cors({ origin: ${'f('.repeat(parts)}1${')'.repeat(parts)} }));\n`,
  },
  {
    name: 'a comment of many lines',
    file: 'app.js',
    text: (parts) => `/*\n${' * a line of it\n'.repeat(parts)} */\n${app}app.use(cors());\n`,
  },
  {
    name: 'comments that accept nothing',
    file: 'app.js',
    text: (parts) =>
      `${app}app.use(cors());\n${times(parts, () => '// cors-lint-disable-next-line any-origin -- why\nx();\n')}`,
  },
  {
    name: 'routes beside one cors()',
    file: 'app.js',
    text: (parts, word) =>
      `${app}app.use(cors());\n${times(parts, (at) => `app.get('/${word}${at}', (req, res) => res.json(find(req.params.id)));\n`)}`,
  },
  {
    name: 'Python brackets',
    file: 'app.py',
    text: (parts) =>
      `${starlette}x = ${'['.repeat(parts)}${']'.repeat(parts)}\napp.add_middleware(CORSMiddleware, allow_origins=['*'])\n`,
  },
];

const servers: readonly Family[] = [
  {
    name: 'nginx maps that hold each other',
    inPairs: true,
    file: 'nginx.conf',
    text: (parts, word) =>
      `http { map $http_origin $c0 { default "*"; ~a $http_origin; }\n${times(
        parts,
        (at) => `map $c${at} $c${at + 1} { default $c${at}; "${word}${at}" "$c${at}$c${at}"; }\n`,
      )}server { add_header ${star} $c${parts}; } }`,
  },
  {
    name: 'nginx servers',
    inPairs: true,
    file: 'nginx.conf',
    text: (parts, word) =>
      `http {\n${times(parts, (at) => `server { server_name ${word}${at}.example.com; add_header ${star} *; }\n`)}}\n`,
  },
  {
    name: 'nginx locations',
    file: 'nginx.conf',
    text: (parts, word) =>
      `http { server {\n${times(parts, (at) => `location /${word}${at} { add_header ${star} https://${word}${at}.example.com; }\n`)}} }`,
  },
  {
    name: 'Header of Apache',
    file: 'httpd.conf',
    text: (parts, word) =>
      `<VirtualHost *:80>\n${times(parts, (at) => `Header set ${star} https://${word}${at}.example.com\n`)}</VirtualHost>\n`,
  },
  {
    name: 'sections of httpd that are not closed yet',
    file: 'site.conf',
    text: (parts, word) =>
      times(
        parts,
        (at) =>
          `<Directory "/${word}${at}">\nSetEnvIf Origin "^https://app\\.example\\.com$" O=$0\n` +
          `Header always set ${star} "%{O}e" env=O\n`,
      ),
  },
  {
    name: 'SetEnvIf of one variable',
    inPairs: true,
    file: 'httpd.conf',
    text: (parts, word) =>
      `<VirtualHost *:80>\n${times(parts, (at) => `SetEnvIf Origin "^https://${word}${at}.*$" O=$0\n`)}` +
      `Header set ${star} %{O}e env=O\n</VirtualHost>\n`,
  },
  {
    name: '<If> inside <If>',
    inPairs: true,
    file: 'httpd.conf',
    text: (parts, word) =>
      `<VirtualHost *:80>\n${times(parts, (at) => `<If "%{HTTP:Origin} =~ /${word}${at}/">\n`)}Header set ${star} *\n` +
      `${'</If>\n'.repeat(parts)}</VirtualHost>\n`,
  },
  {
    name: 'conditions of lighttpd',
    inPairs: true,
    file: 'lighttpd.conf',
    text: (parts, word) =>
      times(
        parts,
        (at) =>
          `$REQUEST_HEADER["Origin"] =~ "${word}${at}" {\n` +
          `setenv.add-response-header = ( "${star}" => "https://${word}${at}.example" )\n}\n`,
      ),
  },
  {
    name: 'conditions of lighttpd inside each other',
    inPairs: true,
    file: 'lighttpd.conf',
    text: (parts, word) =>
      times(parts, (at) => `$REQUEST_HEADER["Origin"] =~ "${word}${at}" {\n`) +
      `setenv.add-response-header = ( "${star}" => "*" )\n${'}\n'.repeat(parts)}`,
  },
  {
    name: 'http-response lines of HAProxy',
    file: 'haproxy.cfg',
    text: (parts, word) =>
      `frontend f\n bind :80\n${times(parts, (at) => ` http-response set-header ${star} https://${word}${at}.example.com\n`)}`,
  },
  {
    name: 'frontends and backends of HAProxy',
    inPairs: true,
    file: 'haproxy.cfg',
    text: (parts, word) =>
      `${times(
        parts,
        (at) =>
          `frontend f${at}\n bind :${at}\n${times(parts, (other) => ` use_backend b${other} if { path /${other} }\n`)}`,
      )}${times(parts, (at) => `backend b${at}\n http-response set-header ${star} https://${word}${at}.example.com\n`)}`,
  },
  {
    name: 'header lines of Caddy',
    file: 'Caddyfile',
    text: (parts, word) =>
      `example.com {\n${times(parts, (at) => `header ${star} https://${word}${at}.example.com\n`)}}\n`,
  },
  {
    name: 'set lines of VCL',
    file: 'default.vcl',
    text: (parts, word) =>
      `vcl 4.1;\nsub vcl_deliver {\n${times(parts, (at) => `set resp.http.${star} = "https://${word}${at}.example.com";\n`)}}\n`,
  },
];

const trees: readonly Family[] = [
  {
    name: 'filters of web.xml',
    file: 'web.xml',
    text: (parts, word) =>
      `<web-app>\n${times(
        parts,
        (at) =>
          `<filter><filter-name>${word}${at}</filter-name><filter-class>org.apache.catalina.filters.CorsFilter</filter-class>` +
          `<init-param><param-name>cors.allowed.origins</param-name><param-value>*</param-value></init-param></filter>\n` +
          `<filter-mapping><filter-name>${word}${at}</filter-name><url-pattern>/${at}/*</url-pattern></filter-mapping>\n`,
      )}</web-app>\n`,
  },
  {
    name: 'S3 rules',
    file: 'template.json',
    text: (parts, word) =>
      JSON.stringify({
        Resources: {
          Bucket: {
            Type: 'AWS::S3::Bucket',
            Properties: {
              CorsConfiguration: {
                CorsRules: Array.from({ length: parts }, (_, at) => ({
                  AllowedMethods: ['GET'],
                  AllowedOrigins: [`https://${word}${at}.example.com`],
                })),
              },
            },
          },
        },
      }),
  },
  {
    name: 'S3 origins with a star',
    inPairs: true,
    file: 'template.json',
    text: (parts, word) =>
      JSON.stringify({
        Resources: {
          Bucket: {
            Type: 'AWS::S3::Bucket',
            Properties: {
              CorsConfiguration: {
                CorsRules: [
                  {
                    AllowedMethods: ['GET'],
                    AllowedOrigins: Array.from({ length: parts }, (_, at) => `https://${word}${at}*.example.com`),
                  },
                ],
              },
            },
          },
        },
      }),
  },
  {
    name: 'patterns of Envoy',
    inPairs: true,
    file: 'envoy.yaml',
    text: (parts, word) =>
      `static_resources:
  listeners:
  - filter_chains:
    - filters:
      - name: envoy.filters.network.http_connection_manager
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          route_config:
            virtual_hosts:
            - name: a
              domains: ["*"]
              typed_per_filter_config:
                envoy.filters.http.cors:
                  "@type": type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy
                  allow_origin_string_match:
${times(parts, (at) => `                  - safe_regex: { regex: ".*${word}${at}.*example" }\n`)}`,
  },
  {
    name: 'merge keys of YAML, one in the other',
    inPairs: true,
    file: 'docker-compose.yml',
    text: (parts, word) =>
      `x-0: &a0\n  labels:\n    - traefik.http.middlewares.c.headers.accesscontrolalloworiginlist=*\n${times(
        parts,
        (at) => `x-${at + 1}: &a${at + 1}\n  <<: *a${at}\n  k${word}${at}: 1\n`,
      )}services:\n  a:\n    <<: *a${parts}\n    image: x\n`,
  },
  {
    name: 'aliases of YAML',
    inPairs: true,
    file: 'docker-compose.yml',
    text: (parts, word) =>
      `x-a: &a\n  - traefik.http.middlewares.c.headers.accesscontrolalloworiginlist=*\nservices:\n${times(
        parts,
        (at) => `  ${word}${at}:\n    labels: *a\n`,
      )}`,
  },
  {
    name: 'services of Compose',
    file: 'docker-compose.yml',
    text: (parts, word) =>
      `services:\n${times(
        parts,
        (at) =>
          `  ${word}${at}:\n    image: x\n    labels:\n      - traefik.http.middlewares.c${at}.headers.accesscontrolalloworiginlist=*\n`,
      )}`,
  },
  {
    name: 'Ingress documents',
    file: 'ingress.yaml',
    text: (parts, word) =>
      times(
        parts,
        (at) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${word}${at}
  annotations:
    nginx.ingress.kubernetes.io/enable-cors: "true"
    nginx.ingress.kubernetes.io/cors-allow-origin: "https://${word}${at}.example.com"
spec: {}
`,
        '---\n',
      ),
  },
  {
    name: 'tables of TOML',
    file: 'netlify.toml',
    text: (parts, word) =>
      times(parts, (at) => `[[headers]]\nfor = "/${word}${at}/*"\n[headers.values]\n${star} = "https://a.example"\n`),
  },
  {
    name: 'tables of TOML beside the headers',
    file: 'netlify.toml',
    text: (parts, word) =>
      `[[headers]]\nfor = "/*"\n[headers.values]\n${star} = "*"\n${times(parts, (at) => `[${word}${at}]\na = 1\n`)}`,
  },
];

export const sizeFamilies: readonly Family[] = [...programs, ...servers, ...trees];
