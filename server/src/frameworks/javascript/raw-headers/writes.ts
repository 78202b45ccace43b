/** The ways in which JavaScript writes headers of a response. */
import type { WaysOfWriting } from '../../../models/handlers/ways-of-writing.ts';

/** Senders of requests, by their usual names. */
const clients = new RegExp(
  [
    String.raw`^(axios|\$|jQuery|http|https|superagent|got|ky|\$http|\$?fetch|ofetch|wretch`,
    String.raw`httpClient|apiClient|api|client|instance|this\.http|this\.\$http|request)$`,
  ].join('|'),
  'i',
);

export const writes: WaysOfWriting = {
  methods: [
    { name: /^setRequestHeader$/, operation: 'set', direction: 'request' },
    // `Headers.append` of Fetch joins the values with a comma.
    { name: /^(append|appendHeader|add|writeHeader)$/, on: /headers$/i, operation: 'merge' },
    { name: /^(append|appendHeader|add|writeHeader)$/, operation: 'append' },
    { name: /^(setHeader|header|set|setResponseHeader|setHeaders|headers|writeHead)$/, operation: 'set' },
  ],
  functions: [
    // A decorator of NestJS.
    { name: /^Header$/, operation: 'set' },
    // h3 and Nitro: `setHeader(event, name, value)`.
    { name: /^(setHeader|setResponseHeader)$/, operation: 'set', position: 1 },
    { name: /^(appendHeader|appendResponseHeader)$/, operation: 'append', position: 1 },
  ],
  takers: [
    { name: /^(to(Strict|Contain)?Equal|toMatchObject|toHaveProperty|objectContaining|expect)$/, is: 'neither' },
    // The gateway of the CDK, which wants its own quotes around the values.
    { name: /^(addGatewayResponse|GatewayResponse)$/, is: 'neither' },
    { name: /^(deepEqual|deepStrictEqual|same|match|include)$/, is: 'neither' },
    { name: /^Headers$/, isNew: true, is: 'headers' },
    { name: /^Request$/, isNew: true, is: 'request' },
    { name: /^(fetch|\$fetch|ofetch|use(Lazy)?Fetch|ajax)$/, is: 'request' },
    { name: /^(Next)?Response$/, isNew: true, is: 'response', under: 'headers' },
    { name: /^json$/, on: /^(Next)?Response$/, is: 'response', under: 'headers' },
    { name: /^Response$/, is: 'response' },
    { name: /./, on: /Response$/, is: 'response' },
    { name: /^(writeHead|setHeaders)$/, is: 'writes' },
    { name: clients, on: 'nothing', is: 'request' },
    { name: /^(?!(set|header)$)/, on: clients, is: 'request' },
  ],
  requests: /axios|defaults\.headers|request|config\.headers/i,
  requestKeys: /^(target|changeOrigin|baseURL)$/,
  headersObject: /headers$/i,
  named: /\b[\w$.]*?(?:allow_?(?:origin|credentials|methods|headers)|expose_?headers|max_?age|vary|aca[ochm]|aceh)\b/gi,
  // Next.js and Vercel say `key`, CloudFront and others `name`.
  fields: { name: ['key', 'name'], value: 'value' },
  vary: [{ name: /^vary$/ }],
};
