/** Elixir: its standard library, and the connections of Plug and Phoenix. */
import { keysOf } from '../operations/dicts.ts';
import { elixirFunction, matchesGiven } from './elixir-functions.ts';
import { elixirModules } from './elixir-modules.ts';
import { settingOf } from './elixir-settings.ts';
import type { Methods, ValueLanguage } from './value-language.ts';

const methods: Methods = {
  text: { '=~': matchesGiven },
  list: {},
  dict: { keys: keysOf },
  pattern: {},
};

export const valueLanguage = {
  name: 'elixir',
  falsy: { emptyText: false, zero: false, emptyList: false },
  negativeIndexes: true,
  patternDialect: 'pcre',
  methods,
  functionNamed: elixirFunction,
  request: {
    headerContainers: new Set(),
    requestNames: /^(conn|_conn|req)$/,
    contextNames: /^(conn|_conn|req|socket)$/,
    otherInputs: new Set(['params', 'query_params', 'body_params', 'path_params', 'cookies', 'req_cookies', 'assigns']),
    methodNames: new Set(['method']),
    headerMethods: new Set(),
    getters: /^$/,
    headerReaders: /^$/,
    accessor: (method) => (/^\w+[?!]?$/.test(method) ? method : undefined),
    environments: /^$/,
    environmentMethods: new Set(),
  },
  modules: elixirModules,
  objects: {
    selfNames: new Set(['__MODULE__']),
    passesSelf: false,
    // A name without arguments calls the function.
    isComputed: ({ parameters, name }) => name !== undefined && parameters.length === 0,
    adds: new Set(),
    addsEach: new Set(),
    takesOut: new Set(),
    // Of `URI`, whose host has no port.
    urlMembers: { host: 'hostname', scheme: 'scheme', port: 'port', authority: 'host' },
  },
  flow: {
    looping: new Set(),
    exits: new Set(['raise', 'throw', 'exit']),
    sends: new Set(),
    timers: new Set(),
  },
  isConstant: ({ kind, assignments }) => kind === 'const' || assignments.length === 0,
  settingOf,
} satisfies ValueLanguage;
