/** Every website may call into a private network. */
import { defineRule } from './rule.ts';
import { switchOffFix } from './fixes.ts';
import { stranger } from './strangers.ts';

export const rule = defineRule({
  id: 'private-network-access',
  title: 'Every website may call into a private network',
  description:
    '`Access-Control-Allow-Private-Network: true` lets pages on the public internet call this server ' +
    'inside a private network. Together with an open origin, every website may.',
  severity: 'warning',
  profile: 'default',
  fix: 'none',
  cwe: 942,
  specification: 'https://wicg.github.io/private-network-access/',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `module.exports = (req, res) => {
  const allowed = ['https://app.example.com', 'https://admin.example.com'];
  res.setHeader('Vary', 'Origin');
  res.setHeader('Access-Control-Allow-Private-Network', 'true');
  res.setHeader('Access-Control-Allow-Origin', '*'); // cors-lint-disable-line any-origin -- shown for the other rule
};
`,
  },
  good: {
    file: 'server.js',
    code: `module.exports = (req, res) => {
  res.setHeader('Access-Control-Allow-Private-Network', 'true');
  res.setHeader('Access-Control-Allow-Origin', 'https://app.example.com');
};
`,
  },
  *policy(context) {
    const setting = context.policy.settings.privateNetwork;
    if (setting?.value !== true || context.verdict.anyone !== true) return;
    const witness = stranger(context, { credentials: false });
    if (witness === undefined) return;
    yield {
      range: setting.range,
      witness,
      message: [
        `"${witness}" may call this server inside the private network.`,
        'The header opens the private network, and every origin is allowed.',
        'Allow only the origins that need it.',
      ],
      fixes: [switchOffFix(context)],
    };
  },
});
