/** The ways in which JavaScript writes headers of a response. */
import type { WaysOfWriting } from '../../../models/handlers/ways-of-writing.ts';
import { isSwitchedRule } from '../nitro.ts';

/** Senders of requests, by their usual names. */
const clients = new RegExp(
  [
    String.raw`^(axios|\$|jQuery|http|https|superagent|got|ky|\$http|\$?fetch|ofetch|wretch`,
    String.raw`httpClient|apiClient|api|client|instance|this\.http|this\.\$http|request)$`,
  ].join('|'),
  'i',
);

/** What makes a client of requests, or the part of one that sends them. */
const clientMakers = new RegExp(
  [
    '^(createHttpLink|HttpLink|BatchHttpLink|createUploadLink|http(Batch|BatchStream|Subscription)?Link|GraphQLClient',
    'fetchBaseQuery|fetchEventSource|EventSource(Polyfill)?|HttpHeaders|ajaxSetup)$',
  ].join('|'),
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
    { name: clientMakers, is: 'request' },
    // The interceptors of Angular.
    { name: /^clone$/, on: /^req(uest)?$/, is: 'request' },
    { name: /^(fetch|\$fetch|ofetch|use(Lazy)?Fetch|ajax)$/, is: 'request' },
    { name: /^(Next)?Response$/, isNew: true, is: 'response', under: 'headers' },
    { name: /^json$/, on: /^(Next)?Response$/, is: 'response', under: 'headers' },
    { name: /^Response$/, is: 'response' },
    { name: /./, on: /Response$/, is: 'response' },
    { name: /^(writeHead|setHeaders|setResponseHeaders)$/, is: 'writes' },
    { name: clients, on: 'nothing', is: 'request' },
    { name: /^(?!(set|header)$)/, on: clients, is: 'request' },
  ],
  requests: /axios|defaults\.headers|headers\.common|request|config\.headers/i,
  requestHeaders: /\breq(uest)?\.headers$|\bdefaults\.headers\b|^new HttpHeaders\b/,
  requestEntries: /^(request|extraHeaders)$/,
  readElsewhere: isSwitchedRule,
  preparers: [
    { key: /^(prepareHeaders|fetchOptions|beforeRequest)$/ },
    { key: /^headers$/, of: { name: clientMakers } },
    { key: /^onRequest$/, of: { name: /^create$|fetch$/i, on: /fetch$/i } },
    { of: { name: /^setContext$/, on: 'nothing' } },
    { of: { name: /^use$/, on: /\binterceptors\.request$/ } },
  ],
  requestKeys: /^(target|changeOrigin|baseURL)$/,
  headersObject: /headers$/i,
  // The one name of a header here that is an identifier too.
  properties: /\bheaders\.(vary)\s*=(?![=>])/gi,
  named: /\b[\w$.]*?(?:allow_?(?:origin|credentials|methods|headers)|expose_?headers|max_?age|vary|aca[ochm]|aceh)\b/gi,
  // Next.js and Vercel say `key`, CloudFront and others `name`.
  fields: { name: ['key', 'name'], value: 'value' },
  vary: [{ name: /^vary$/ }],
};
