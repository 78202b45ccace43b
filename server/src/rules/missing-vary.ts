/** Vary: Origin is missing. */
import type { HeaderRule, Policy } from '../policy/policy.ts';
import { varyMissing } from '../verdict/readers.ts';
import { defineRule } from './rule.ts';
import { safe } from './fixes.ts';

export const rule = defineRule({
  id: 'missing-vary',
  title: 'Vary: Origin is missing',
  description:
    'The answer depends on who asks, and caches are not told so. A cache on the way can give the ' +
    'answer made for one origin to another, which is then refused, or let in by chance.',
  severity: 'warning',
  profile: 'default',
  fix: 'safe',
  cwe: 525,
  specification: 'https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const trusted = ['https://app.example.com', 'https://admin.example.com'];
module.exports = (req, res, next) => {
  if (trusted.includes(req.headers.origin)) {
    res.setHeader('Access-Control-Allow-Origin', req.headers.origin);
  }
  next();
};
`,
  },
  good: {
    file: 'server.js',
    code: `const trusted = ['https://app.example.com', 'https://admin.example.com'];
module.exports = (req, res, next) => {
  res.setHeader('Vary', 'Origin');
  if (trusted.includes(req.headers.origin)) {
    res.setHeader('Access-Control-Allow-Origin', req.headers.origin);
  }
  next();
};
`,
  },
  *policy({ policy, verdict }) {
    // Where everybody gets in, that is the finding; the fix for it brings Vary along.
    const beyondRepair = policy.fixedVary && policy.edits.addVaryOrigin === undefined;
    if (
      beyondRepair ||
      verdict.varyMissing !== true ||
      verdict.anyone === true ||
      verdict.anyoneWithCredentials === true
    )
      return;
    const entries = policy.settings.origins.value;
    const entry =
      entries.find(({ kind }) => kind === 'predicate' || kind === 'reflect') ??
      entries.find(({ kind }) => kind !== 'unknown');
    yield {
      range: entry?.range ?? policy.range,
      message: [
        'The answer depends on the Origin header, but Vary: Origin is not sent.',
        'A cache may give the answer made for one site to another.',
        'Send Vary: Origin with every answer, also when the origin is not allowed.',
      ],
      fixes: [repairs(policy) ? safe('Add Vary: Origin', policy.edits.addVaryOrigin?.()) : undefined],
    };
  },
});

/** A Vary that is written over takes one more name; that helps only where it goes out with every answer that lets somebody in. */
function repairs({ headers, statuses }: Policy): boolean {
  if (!headers.some(replacesVary)) return true;
  const repaired = headers.map((header) => (replacesVary(header) ? withOrigin(header) : header));
  return varyMissing({ headers: repaired, statuses }) !== true;
}

function replacesVary({ name, operation }: HeaderRule): boolean {
  return name === 'vary' && operation === 'set';
}

function withOrigin(header: HeaderRule): HeaderRule {
  const { value } = header;
  return value.kind === 'text' ? { ...header, value: { kind: 'text', text: `${value.text}, Origin` } } : header;
}
