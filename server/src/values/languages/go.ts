/** Go: its own functions, `strings`, `slices`, `regexp`, `net/url`, `net/http`, and the handlers of its web frameworks. */
import { matchedBy, testedBy } from '../operations/text-tests.ts';
import type { ParameterRole } from '../evaluator.ts';
import { askedGoFlag, goFlag } from './go-flags.ts';
import { emptyText, goFunction, urlMethod, wholeUrl, zeroOf } from './go-functions.ts';
import { goModules } from './go-modules.ts';
import { goTag } from './go-tags.ts';
import type { Methods, ValueLanguage } from './value-language.ts';

const methods: Methods = {
  text: { Hostname: urlMethod('hostname'), Port: urlMethod('port'), String: wholeUrl },
  list: {},
  dict: { Hostname: emptyText, Port: emptyText },
  pattern: {
    MatchString: testedBy('search'),
    Match: testedBy('search'),
    FindStringSubmatch: matchedBy('search'),
    FindStringIndex: matchedBy('search'),
  },
};

const httpMethods = ['Get', 'Head', 'Post', 'Put', 'Patch', 'Delete', 'Connect', 'Options', 'Trace'];
const statuses = { StatusOK: 200, StatusNoContent: 204, StatusForbidden: 403, StatusMethodNotAllowed: 405 };

/** See https://pkg.go.dev/time#Duration */
const spans = { Millisecond: 1e6, Second: 1e9, Minute: 60e9, Hour: 3600e9 };

/** Packages with constants for names of headers, as those are written behind `Header` or without it. */
const namedHeaders = [
  ...['github.com.labstack.echo', 'github.com.labstack.echo.v4', 'github.com.labstack.echo.v5'],
  ...['github.com.gofiber.fiber', 'github.com.gofiber.fiber.v2', 'github.com.gofiber.fiber.v3'],
  'github.com.valyala.fasthttp',
].map((name) => `${name}.Header`);
const headers = {
  ...{ Origin: 'Origin', Vary: 'Vary', AccessControlAllowOrigin: 'Access-Control-Allow-Origin' },
  AccessControlAllowCredentials: 'Access-Control-Allow-Credentials',
  AccessControlAllowMethods: 'Access-Control-Allow-Methods',
  AccessControlAllowHeaders: 'Access-Control-Allow-Headers',
  AccessControlExposeHeaders: 'Access-Control-Expose-Headers',
  AccessControlMaxAge: 'Access-Control-Max-Age',
  AccessControlRequestMethod: 'Access-Control-Request-Method',
  AccessControlRequestHeaders: 'Access-Control-Request-Headers',
};

/** Events of AWS Lambda, which are the requests of its handlers. */
const lambdaRequests = [
  'APIGatewayProxyRequest',
  'APIGatewayV2HTTPRequest',
  'ALBTargetGroupRequest',
  'LambdaFunctionURLRequest',
];

/** What a parameter of this type is to a handler. */
const roles: Readonly<Record<string, ParameterRole>> = {
  'http.Request': 'request',
  'http.ResponseWriter': 'response',
  'http.Handler': 'next',
  'http.HandlerFunc': 'next',
  'gin.Context': 'context',
  'echo.Context': 'context',
  'fiber.Ctx': 'context',
  'fasthttp.RequestCtx': 'context',
  ...Object.fromEntries(lambdaRequests.map((name): [string, ParameterRole] => [`events.${name}`, 'request'])),
};

export const valueLanguage = {
  name: 'go',
  // Only a boolean is tested; what a test of another language would ask is asked by a comparison here.
  falsy: { emptyText: true, zero: true, emptyList: true },
  negativeIndexes: false,
  patternDialect: 'go',
  methods,
  functionNamed: goFunction,
  constants: {
    ...Object.fromEntries(httpMethods.map((name) => [`net.http.Method${name}`, name.toUpperCase()])),
    ...Object.fromEntries(Object.entries(statuses).map(([name, status]) => [`net.http.${name}`, status])),
    ...Object.fromEntries(Object.entries(spans).map(([name, nanoseconds]) => [`time.${name}`, nanoseconds])),
    ...Object.fromEntries(
      [...namedHeaders, 'github.com.go-http-utils.headers.'].flatMap((holder) =>
        Object.entries(headers).map(([name, text]) => [holder + name, text]),
      ),
    ),
    'github.com.gin-gonic.gin.DebugMode': 'debug',
    'github.com.gin-gonic.gin.ReleaseMode': 'release',
    'github.com.gin-gonic.gin.TestMode': 'test',
  },
  request: {
    // `Headers` of the events of AWS Lambda.
    headerContainers: new Set(['header', 'headers', 'multivalueheaders']),
    // `ctx.Input` of Beego.
    requestNames: /^(r|rq|req|request|httpreq|c|ctx|input)$/i,
    contextNames: /^(r|rq|req|request|httpreq|c|ctx|gc|ec|context)$/i,
    otherInputs: new Set(['form', 'postform', 'body', 'cookies', 'query', 'params']),
    methodNames: new Set(['method']),
    headerMethods: new Set(['get', 'values', 'add', 'set', 'del', 'clone', 'write']),
    getters: /^(Get|Values|Peek)$/,
    headerReaders: /^(GetHeader|GetReqHeader|Header)$/,
    // `c.Request()` of Echo, Fiber and Iris.
    accessor: (method) => (method === 'Request' ? 'request' : undefined),
    environments: /^$/,
    environmentMethods: new Set(),
  },
  modules: goModules,
  objects: {
    selfNames: new Set(),
    passesSelf: true,
    adds: new Set(),
    addsEach: new Set(),
    takesOut: new Set(),
    // `config.AddAllowHeaders("X-Token")`.
    structAdditions: /^Add[A-Z]/,
  },
  flow: {
    looping: new Set(),
    exits: new Set(['panic', 'os.Exit', 'log.Fatal', 'log.Fatalf', 'log.Fatalln', 'log.Panic', 'log.Panicf']),
    sends: new Set(),
    timers: new Set(),
  },
  isConstant: ({ kind, assignments }) => kind === 'const' || assignments.length === 0,
  roleOf: ({ type }) => (type && Object.hasOwn(roles, type.text) ? roles[type.text] : undefined),
  zeroOf: (type, here) => zeroOf(type.text, here),
  missingIsEmpty: true,
  pointers: {
    flagOf: goFlag,
    askedFlag: askedGoFlag,
    fills:
      /^(Unmarshal\w*|Decode\w*|Read\w*|Load\w*|Parse\w*|Process|Bind\w*|ShouldBind\w*|Scan|Fill|Merge\w*|Map\w*)$/,
    // https://pkg.go.dev/github.com/caarlos0/env/v11, https://pkg.go.dev/github.com/sethvargo/go-envconfig and others.
    readsTags: /^(Must)?(Parse\w*|Process\w*|ReadEnv|Load\w*)$/,
    tagOf: goTag,
    ownNames: /^[\p{Ll}_]/u,
  },
  // `gin.Mode() == gin.ReleaseMode`.
  phases: { development: [], production: ['release'] },
} satisfies ValueLanguage;
