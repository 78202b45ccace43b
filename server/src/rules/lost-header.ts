/** CORS headers that do not reach every response. */
import type { Fact } from '../policy/policy.ts';
import { defineRule } from './rule.ts';
import type { Report } from './rule.ts';
import { safe, unsafe } from './fixes.ts';
import { enumerated } from './sentences.ts';

export const rule = defineRule({
  id: 'lost-header',
  title: 'CORS headers that do not reach every response',
  description:
    'In nginx a block with an `add_header` of its own inherits none of the outer ones, and without ' +
    '`always` the headers are missing on error responses, so that the page cannot read what went ' +
    'wrong. Beside the `headers` of a `Response` nothing is read at all.',
  severity: 'warning',
  profile: 'default',
  fix: 'safe',
  specification: 'https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header',
  since: '0.1.0',
  bad: {
    file: 'nginx.conf',
    code: `server {
  add_header Access-Control-Allow-Origin https://app.example.com always;
  location /api/ {
    add_header X-Frame-Options DENY always;
    proxy_pass http://127.0.0.1:3000;
  }
}
`,
  },
  good: {
    file: 'nginx.conf',
    code: `server {
  add_header Access-Control-Allow-Origin https://app.example.com always;
  location /api/ {
    proxy_pass http://127.0.0.1:3000;
  }
}
`,
  },
  *fact(fact, context) {
    if (fact.kind !== 'lost-header') return;
    if (fact.why === 'beside') return yield besideHeaders(fact);
    if (fact.why === 'sent') return yield writtenTooLate(fact);
    if (fact.why === 'unset') return yield neverSent(fact);
    if (fact.why === 'errors' && fact.explanation !== undefined) return yield notOnErrors(fact, fact.explanation);
    const headers = enumerated(fact.headers);
    const server = context?.policy.title ?? 'The server';
    yield {
      range: fact.range,
      severity: fact.why === 'nested' ? 'warning' : 'information',
      message:
        fact.why === 'nested'
          ? [
              fact.headers.length > 1
                ? 'CORS headers of the outer block are not sent here.'
                : `${headers} of the outer block is not sent here.`,
              `A block with ${fact.statement === undefined ? 'headers' : `an ${fact.statement}`} of its own inherits none.`,
              'Repeat the outer headers in this block.',
            ]
          : [
              `Error responses carry no ${headers}.`,
              `Without "always" ${server} adds headers to successful responses only, so the page cannot read what went wrong.`,
              'Add "always".',
            ],
      ...(fact.from && { related: [{ range: fact.from, message: 'It is set here.' }] }),
      fixes: [safe(fact.why === 'nested' ? 'Repeat the outer headers' : 'Add "always"', fact.repeat?.())],
    };
  },
});

function besideHeaders({ headers, range, from, repeat }: Fact & { readonly kind: 'lost-header' }): Report {
  return {
    range,
    severity: 'error',
    message: [
      `${enumerated(headers)} ${headers.length > 1 ? 'are' : 'is'} never sent.`,
      'Among the options of a response only what stands under "headers" becomes a header.',
      'Write it under "headers".',
    ],
    ...(from && { related: [{ range: from, message: 'It is written here.' }] }),
    fixes: [unsafe('Hand it over under "headers"', 'it is sent then', repeat?.())],
  };
}

function writtenTooLate({ headers, range, from }: Fact & { readonly kind: 'lost-header' }): Report {
  return {
    range,
    severity: 'warning',
    confidence: 'likely',
    message: [
      `${enumerated(headers)} ${headers.length > 1 ? 'come' : 'comes'} too late: the answer is sent before.`,
      'Headers go out first, and what is written afterwards is lost or an error.',
      'Write the headers before anything answers.',
    ],
    ...(from && { related: [{ range: from, message: 'It is answered here.' }] }),
  };
}

function notOnErrors(
  { headers, range, from, instead }: Fact & { readonly kind: 'lost-header' },
  explanation: string,
): Report {
  return {
    range,
    severity: 'warning',
    message: [`Error responses carry no ${enumerated(headers)}.`, explanation, instead ?? 'Write it to them too.'],
    ...(from && { related: [{ range: from, message: 'It is answered here.' }] }),
  };
}

function neverSent(fact: Fact & { readonly kind: 'lost-header' }): Report {
  const { headers, range, explanation, instead, repeat, repeatTitle = 'Write it as a header' } = fact;
  return {
    range,
    severity: 'warning',
    confidence: 'likely',
    message: [
      `${enumerated(headers)} ${headers.length > 1 ? 'are' : 'is'} never sent.`,
      explanation ?? 'What stands here sets no header.',
      instead ?? 'Write it as a header.',
    ],
    fixes: [unsafe(repeatTitle, 'it is sent then', repeat?.())],
  };
}
