/** python-socketio, and Flask-SocketIO around it: who may open a connection, by polling and by WebSocket. */
import type { Program } from '../../syntax/programs/program.ts';
import { optionsMethod } from '../../policy/request-test.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { methodCalls } from '../../models/libraries/imported-calls.ts';
import { keywordPlace, keywordsOf } from '../../models/libraries/option-finders.ts';
import { byRelease } from '../../models/libraries/releases.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As observed of 5.18.1 with python-engineio 4.15.1. */
const socketIo: CorsLibrary = {
  options: {
    origin: ['cors_allowed_origins'],
    credentials: ['cors_credentials'],
    methods: [],
    allowedHeaders: [],
    exposedHeaders: [],
    maxAge: [],
  },
  otherOptions: ['cookie', 'transports', 'path', 'resource', 'app'],
  foreignNames: {
    cors_allow_origins: 'cors_allowed_origins',
    cors_allowed_origin: 'cors_allowed_origins',
    cors_origins: 'cors_allowed_origins',
    cors_allow_credentials: 'cors_credentials',
  },
  origin: {
    missing: 'nobody',
    text: 'compared',
    star: 'any',
    empty: 'nobody',
    ...otherKinds('unknown', 'nobody'),
    nothing: 'nobody',
    list: 'members',
    emptyList: 'off',
    starInList: 'any',
    unlistedFails: 400,
    callback: { roles: ['origin', 'request'], answers: 'return', as: 'truthy', refusal: 'nobody' },
  },
  credentials: { default: true, on: 'truthy' },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'unless-refused',
  needsOrigin: false,
  methods: { default: 'OPTIONS, GET, POST', separator: ', ', everyResponse: false },
  allowedHeaders: { default: 'requested', separator: ', ', everyResponse: true, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: false },
  maxAge: { default: undefined, zero: false },
  preflight: { when: optionsMethod, status: 200 },
};

/** By the release of python-engineio, which decides. */
const socketIoAt = byRelease(socketIo, [{ before: '4.12.3', differs: { origin: { starInList: 'compared' } } }]);

const servers = { modules: ['socketio', 'engineio'], names: ['Server', 'AsyncServer'] };
const extension = { modules: ['flask_socketio'], names: ['SocketIO'] };
const packageName = 'python-engineio';

export const framework = defineCorsLibrary({
  id: 'python-socketio',
  title: 'python-socketio, Flask-SocketIO',
  documentation: 'https://python-socketio.readthedocs.io/en/stable/server.html#cross-origin-controls',
  reads: '`cors_allowed_origins` of `Server`, `AsyncServer`, `SocketIO` and its `init_app`',
  mentions: ['cors_allowed_origins', 'socketio'],
  languages: ['python'],
  uses: [
    { packageName, title: 'python-socketio', options: keywordsOf(servers), table: socketIoAt },
    { packageName, title: 'Flask-SocketIO', options: extended, table: socketIoAt },
  ],
});

/** `SocketIO(app, …)`, and `socketio.init_app(app, …)` behind a `SocketIO(…)` that has no options. */
function extended(program: Program, context: ProgramContext): Found {
  const { options } = keywordsOf(extension)(program, context);
  const started = methodCalls(program, 'init_app').flatMap((call): FoundOptions[] => {
    const maker = call.callee.kind === 'member' ? context.evaluator.evaluate(call.callee.object).expression : undefined;
    const callee = maker?.kind === 'call' ? context.evaluator.calleeOf(maker) : undefined;
    const isOurs = callee && extension.modules.includes(callee.module) && extension.names.includes(callee.imported);
    return isOurs ? [{ call, place: keywordPlace(call, context) }] : [];
  });
  // What is initialised later has its options there.
  const isMadeAlone = ({ place: { value, insertAt } }: FoundOptions): boolean =>
    value === undefined && insertAt === undefined;
  return { options: [...options.filter((one) => !isMadeAlone(one)), ...started] };
}
