/** PHP: its own functions, what it has of the request in variables, and the requests of its frameworks. */
import type { ParameterRole } from '../evaluator.ts';
import { phpFunction } from './php-functions.ts';
import { phpModules } from './php-modules.ts';
import type { Methods, ValueLanguage } from './value-language.ts';

/** Texts and arrays of PHP have no methods. */
const methods: Methods = { text: {}, list: {}, dict: {}, pattern: {} };

/** What a parameter of this type is to a handler, by the class's own name. */
const roles: Readonly<Record<string, ParameterRole>> = {
  Request: 'request',
  ServerRequest: 'request',
  ServerRequestInterface: 'request',
  RequestInterface: 'request',
  IncomingRequest: 'request',
  WP_REST_Request: 'request',
  Response: 'response',
  ResponseInterface: 'response',
  JsonResponse: 'response',
  Closure: 'next',
  RequestHandlerInterface: 'next',
  RequestHandler: 'next',
  ResponseEvent: 'context',
  RequestEvent: 'context',
  FilterResponseEvent: 'context',
  GetResponseEvent: 'context',
};

const requests = /^\$?(r|req|request|httprequest|serverrequest|input)$/i;

/** `$_SERVER` holds headers, the method, and what the server and its environment say. */
function partOfServer(container: string, name: string): 'header' | 'method' | 'environment' | 'other' | undefined {
  if (container !== '$_SERVER')
    return /^\$_(GET|POST|REQUEST|COOKIE|FILES|SESSION)$/.test(container) ? 'other' : undefined;
  if (name === 'REQUEST_METHOD') return 'method';
  if (/^(HTTP_|CONTENT_TYPE$|CONTENT_LENGTH$)/.test(name)) return 'header';
  const isOfRequest =
    /^(REQUEST|QUERY|REMOTE|SERVER|SCRIPT|PATH|PHP|DOCUMENT|ORIG|GATEWAY|AUTH|REDIRECT|argv|argc|HTTPS)/.test(name);
  return isOfRequest ? 'other' : 'environment';
}

const accessors: Readonly<Record<string, string>> = {
  getmethod: 'method',
  method: 'method',
  getrealmethod: 'method',
  headers: 'headers',
  getheaders: 'headers',
  getrequest: 'request',
  request: 'request',
  getserverparams: 'server',
  getorigin: 'origin',
};

export const valueLanguage = {
  name: 'php',
  falsy: { emptyText: true, zero: true, emptyList: true },
  negativeIndexes: false,
  patternDialect: 'pcre',
  truthText: (value) => (value ? '1' : ''),
  methods,
  functionNamed: phpFunction,
  constants: {
    PHP_EOL: '\n',
    'Request.METHOD_OPTIONS': 'OPTIONS',
    'Request.METHOD_GET': 'GET',
    'Request.METHOD_POST': 'POST',
  },
  request: {
    headerContainers: new Set(['header', 'headers', 'server', 'serverparams']),
    requestNames: requests,
    contextNames: /^\$?(r|req|request|httprequest|serverrequest|event|ctx|context|args)$/i,
    otherInputs: new Set(['query', 'cookies', 'files', 'attributes', 'get', 'post']),
    methodNames: new Set(['method', 'request_method']),
    headerMethods: new Set(['get', 'has', 'set', 'all', 'add', 'remove', 'headers', 'keys']),
    getters: /^get$/,
    presence: new Set(['has', 'contains']),
    presenceReaders: /^hasHeader$/,
    getsInputs: true,
    methodAsked: (method, argument) =>
      /^(isMethod|is)$/.test(method) ? argument : /^(?:getIs|is)(Options)$/.exec(method)?.[1],
    headerListReaders: /^getHeader$/,
    headerReaders: /^(header|getHeader|getHeaderLine|get_header|server|getServer|getEnv)$/,
    accessor: (method) =>
      Object.hasOwn(accessors, method.toLowerCase()) ? accessors[method.toLowerCase()] : undefined,
    headersFunctions: /^(getallheaders|apache_request_headers)$/i,
    environments: /^\$_ENV$/,
    mixed: partOfServer,
    environmentMethods: new Set(),
  },
  modules: phpModules,
  objects: {
    selfNames: new Set(['$this', 'self', 'static']),
    passesSelf: false,
    adds: new Set(['[]']),
    addingFunctions: /^\\?array_(push|unshift)$/i,
    addsEach: new Set(),
    takesOut: new Set(),
  },
  flow: {
    looping: new Set(),
    exits: new Set(['die', 'exit', 'wp_die', 'wp_send_json', 'wp_send_json_error', 'wp_send_json_success', 'abort']),
    sends: new Set(),
    timers: new Set(),
  },
  isConstant: ({ kind, assignments }) => kind === 'const' || assignments.length === 0,
  roleOf: ({ type }) => {
    const name = type?.text.replace(/^\?/, '').split('\\').at(-1) ?? '';
    return Object.hasOwn(roles, name) ? roles[name] : undefined;
  },
  missingIsEmpty: true,
  phases: { development: ['wp_debug', 'yii_debug'], production: [] },
} satisfies ValueLanguage;
