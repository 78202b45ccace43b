/** Scripts of package.json that start a small web server whose flag, or default, lets every website read what it serves. */
import { lt, valid } from 'semver';
import type { TreeScalar } from '../syntax/tree.ts';
import type { HeaderRule, OriginEntry, Policy, PolicyEdits, StatusRule } from '../policy/policy.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { always, not, originPresent } from '../policy/request-test.ts';
import { defineFramework } from './framework.ts';
import type { Command, Word } from './shell-commands.ts';
import { commandsIn, placeOf } from './shell-commands.ts';
import { entriesOf, textOf, valueAt } from './tree-edits.ts';

/** What a server answers with CORS switched on, as observed. */
interface ServerAnswers {
  readonly reflects: boolean;
  readonly credentials: boolean;
  readonly methods?: string;
  /** Null sends back what was asked for. */
  readonly headers?: string | null;
  /** Methods and header names are on the answers to OPTIONS only. */
  readonly onPreflight: boolean;
  readonly vary: boolean;
  readonly privateNetwork?: boolean;
  /** Status of a preflight; null where it depends on the path. */
  readonly status: number | null;
}

/** `word` is what switches CORS on: the flag, or the program itself where that is the default. */
interface Switched { readonly word: Word; readonly answers: ServerAnswers; readonly title: string; /** The flag can be taken away. */ readonly isFlag: boolean; /** Switches CORS off where there is nothing to take away. */ readonly off?: string }

export const framework = defineFramework({
  id: 'package-scripts',
  title: 'Scripts of package.json',
  documentation: 'https://github.com/http-party/http-server#readme',
  reads: '`http-server --cors`, `serve --cors`, `live-server --cors`, `vite --cors`, and `json-server`, which is open by default',
  mentions: ['--cors', 'json-server', 'serve '],
  shape: 'tree',
  formats: ['json'],
  read(document, context) {
    if (!/(^|\/)package\.json$/.test(document.path)) return { policies: [], facts: [] };
    // What the manifest itself asks for, where nothing is installed.
    const declared = ['dependencies', 'devDependencies'].map((group) => textOf(valueAt(document.root, group, 'json-server'))).find((version) => version !== undefined)?.replace(/^[^\d]*/, '');
    const version = context.version('json-server') ?? (valid(declared) ?? undefined);
    const policies = entriesOf(valueAt(document.root, 'scripts')).flatMap(({ key, value }) => (
      value.kind === 'scalar' && typeof value.value === 'string' ? readScript(key, value.value, value, document.text, version) : []
    ));
    return { policies, facts: [] };
  },
});

function readScript(name: string, line: string, value: TreeScalar, text: string, version: string | undefined): Policy[] {
  return commandsIn(line).flatMap((command) => {
    const switched = switchedOn(command, version);
    return switched ? [policyOf(switched, name, line, value, text)] : [];
  });
}

function switchedOn({ program, words }: Command, jsonServerVersion: string | undefined): Switched | undefined {
  const flag = (pattern: RegExp): Word | undefined => words.find(({ text }) => pattern.test(text));
  const on = (word: Word | undefined, answers: ServerAnswers): Switched | undefined => word && { word, answers, title: program.text, isFlag: true };
  switch (program.text) {
    case 'http-server': {
      const word = flag(/^--cors(=|$)/);
      const more = word?.text.split('=')[1]?.replace(/["']/g, '').split(',').join(', ');
      return on(word, { reflects: false, credentials: false, headers: `Origin, X-Requested-With, Content-Type, Accept, Range${more ? `, ${more}` : ''}`, onPreflight: false, vary: false, status: 204 });
    }
    case 'serve': return on(flag(/^(--cors|-C)$/), { reflects: false, credentials: true, headers: '*', onPreflight: false, vary: false, privateNetwork: true, status: null });
    case 'live-server': return on(flag(/^--cors$/), { reflects: true, credentials: true, methods: 'GET,HEAD,PUT,PATCH,POST,DELETE', headers: null, onPreflight: true, vary: true, status: 204 });
    case 'vite': {
      const isServer = !words.some(({ text }) => /^(build|optimize|preview)$/.test(text));
      return isServer ? on(flag(/^--cors$/), { reflects: false, credentials: false, methods: 'GET,HEAD,PUT,PATCH,POST,DELETE', headers: null, onPreflight: true, vary: false, status: 204 }) : undefined;
    }
    case 'json-server': return jsonServer(program, flag, jsonServerVersion);
    default: return undefined;
  }
}

/** Open unless it is told otherwise; before version 1 with credentials, and `--no-cors` did not switch that off. */
function jsonServer(program: Word, flag: (pattern: RegExp) => Word | undefined, version: string | undefined): Switched | undefined {
  const old = version === undefined || lt(version, '1.0.0-0');
  if (old && flag(/^(--nc|-nc)$/)) return undefined;
  const answers: ServerAnswers = old
    ? { reflects: true, credentials: true, methods: 'GET,HEAD,PUT,PATCH,POST,DELETE', headers: null, onPreflight: true, vary: true, status: 204 }
    : { reflects: false, credentials: false, methods: 'GET, HEAD, PUT, PATCH, POST, DELETE', headers: null, onPreflight: true, vary: false, status: 204 };
  return { word: program, answers, title: version === undefined ? 'json-server' : `json-server ${version}`, isFlag: false, ...(old && { off: ' --nc' }) };
}

function policyOf({ word, answers, title, isFlag, off }: Switched, name: string, line: string, value: TreeScalar, text: string): Policy {
  const range = placeOf(word, line, value.contentRange);
  const options: RequestTest = { kind: 'method', name: 'OPTIONS' };
  const when = answers.onPreflight ? options : always;
  const rule = (header: string, sent: HeaderRule['value'], on: RequestTest): HeaderRule => ({ name: header, operation: 'set', value: sent, when: on, range });
  const written = (sent: string): HeaderRule['value'] => ({ kind: 'text', text: sent });
  const entry: OriginEntry = answers.reflects ? { range, kind: 'reflect', accepts: always, ...(!isFlag && { byDefault: true }) } : { range, kind: 'any', accepts: always, ...(!isFlag && { byDefault: true }) };
  const statuses: StatusRule[] = [{ when: options, status: answers.status }];
  const exact = text.slice(range.start, range.end) === line.slice(word.start, word.end);
  const edits: PolicyEdits = exact ? closing(range, isFlag, off, text) : {};
  return {
    framework: 'package-scripts', title, range, scope: `the script "${name}"`, purpose: 'development',
    settings: { origins: { value: [entry], range, written: isFlag }, credentials: { value: answers.credentials, range, written: false }, ...(answers.privateNetwork && { privateNetwork: { value: true, range, written: false } }) },
    headers: [
      rule('access-control-allow-origin', answers.reflects ? { kind: 'request-origin' } : written('*'), answers.reflects ? originPresent : always),
      ...(answers.credentials ? [rule('access-control-allow-credentials', written('true'), always)] : []),
      ...(answers.methods === undefined ? [] : [rule('access-control-allow-methods', written(answers.methods), when)]),
      ...(answers.headers === undefined ? [] : [rule('access-control-allow-headers', answers.headers === null ? { kind: 'request-header', name: 'access-control-request-headers' } : written(answers.headers), when)]),
      ...(answers.vary ? [rule('vary', written('Origin'), not({ kind: 'never' }))] : []),
    ],
    statuses, facts: [], edits,
  };
}

/** Takes the flag away, or adds the one that switches CORS off. */
function closing(range: Policy['range'], isFlag: boolean, off: string | undefined, text: string): PolicyEdits {
  if (!isFlag) return off === undefined ? {} : { switchOff: () => [{ range: { start: range.end, end: range.end }, newText: off }] };
  const before = /[ \t]*$/.exec(text.slice(0, range.start))![0].length;
  return { switchOff: () => [{ range: { start: range.start - before, end: range.end }, newText: '' }] };
}
