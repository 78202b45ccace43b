/** A response header on a request. */
import { defineRule } from './rule.ts';
import { safe } from './fixes.ts';

export const rule = defineRule({
  id: 'response-header-in-request',
  title: 'A response header on a request',
  description:
    `\`Access-Control-Allow-*\` headers are for the server's answer. On a request they allow nothing, ` +
    'and they make the browser send a preflight that it would not need. A proxy that writes them on the request ' +
    'tells the application behind it something that it does not ask for, and the page gets an answer without them.',
  severity: 'warning',
  profile: 'default',
  fix: 'safe',
  specification: 'https://fetch.spec.whatwg.org/#http-responses',
  since: '0.1.0',
  bad: {
    file: 'page.js',
    code: `fetch('https://api.example.com/items', {
  headers: { 'Access-Control-Allow-Origin': '*' },
});
`,
  },
  good: {
    file: 'page.js',
    code: `fetch('https://api.example.com/items', {
  headers: { Accept: 'application/json' },
});
`,
  },
  *fact(fact) {
    if (fact.kind !== 'response-header-in-request') return;
    yield {
      range: fact.range,
      ...(fact.answered && { severity: 'information' as const }),
      message: [
        `${fact.header} ${fact.header.includes(',') ? 'do' : 'does'} nothing on a request.`,
        fact.why ?? 'Only the server can allow a page to read its answer; here it just causes a preflight.',
        fact.instead ?? 'Remove it, and set it on the server.',
      ],
      fixes: [safe(`Remove ${fact.header}`, fact.remove?.())],
    };
  },
});
