/** Access-Control-Allow-Credentials is not "true". */
import { defineRule } from './rule.ts';
import { safe, unsafe } from './fixes.ts';

export const rule = defineRule({
  id: 'invalid-credentials-value',
  title: 'Access-Control-Allow-Credentials is not "true"',
  description:
    'The only value that browsers know is `true`, in lower case. Everything else, `True`, `1` or ' +
    '`false`, is the same as not sending the header.',
  severity: 'warning',
  profile: 'default',
  fix: 'safe',
  specification: 'https://fetch.spec.whatwg.org/#http-access-control-allow-credentials',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `module.exports = (req, res) => {
  res.setHeader('Access-Control-Allow-Origin', 'https://app.example.com');
  res.setHeader('Access-Control-Allow-Credentials', 'True');
};
`,
  },
  good: {
    file: 'server.js',
    code: `module.exports = (req, res) => {
  res.setHeader('Access-Control-Allow-Origin', 'https://app.example.com');
  res.setHeader('Access-Control-Allow-Credentials', 'true');
};
`,
  },
  *policy({ policy, verdict }) {
    const written = policy.settings.credentialsText;
    if (written === undefined || written.value === 'true') return;
    // Beside "*" no value works, so that the header as it is does nothing.
    const off = /^(false|0|no|)$/i.test(written.value) || verdict.anyone === true;
    yield {
      range: written.range,
      severity: /^(false|0|no|)$/i.test(written.value) ? 'information' : 'warning',
      message: [
        `Browsers ignore Access-Control-Allow-Credentials: ${written.value || 'an empty text'}.`,
        'They know one value, "true" in lower case.',
        off ? 'Leave the header out.' : 'Write "true" if credentials are meant to be allowed.',
      ],
      fixes: [
        off
          ? safe('Remove the header', policy.edits.dropCredentials?.())
          : unsafe('Write "true"', 'requests with cookies are answered', policy.edits.repairCredentials?.(), true),
      ],
    };
  },
});
