/**
 * Commands that start a small web server whose flag, or default, lets every website read what it serves: scripts of
 * package.json, and what containers run.
 */
import { lt, valid } from 'semver';
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { TreeDocument, TreeNode } from '../../syntax/trees/tree.ts';
import type { HeaderRule, OriginEntry, Policy, StatusRule } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, not, optionsMethod, originPresent } from '../../policy/request-test.ts';
import { defineFramework } from '../../models/framework.ts';
import type { Command, Word } from './shell-commands.ts';
import { commandsOfLine, commandsOfWords } from './shell-commands.ts';
import { entriesOf, isString, textOf, valueAt } from '../../edits/tree-edits.ts';

/** What a server answers with CORS switched on, as observed. */
interface ServerAnswers {
  readonly reflects: boolean;
  readonly credentials: boolean;
  readonly methods?: string;
  /** Null sends back what was asked for. */
  readonly headers?: string | null;
  /** Sent where nothing was asked for. */
  readonly headersUnasked?: string;
  /** Methods and header names are on the answers to OPTIONS only. */
  readonly onPreflight: boolean;
  readonly vary: boolean;
  readonly privateNetwork?: boolean;
  /** Status of a preflight; null where it depends on the path. */
  readonly status: number | null;
  /** Of OPTIONS without an Origin, where it is another one. */
  readonly statusWithoutOrigin?: number;
}

/** `word` is what switches CORS on: the flag, or the program itself where that is the default. */
interface Switched {
  readonly word: Word;
  readonly answers: ServerAnswers;
  readonly title: string;
  /** It has to be written, and can be taken away. */
  readonly isFlag: boolean;
  readonly off?: () => readonly Edit[];
  /** The program serves nobody but a developer, wherever it runs. */
  readonly forDevelopment: boolean;
}

export const framework = defineFramework({
  id: 'package-scripts',
  title: 'Commands that start web servers',
  documentation: 'https://github.com/http-party/http-server#readme',
  reads:
    '`http-server --cors`, `serve --cors`, `live-server --cors`, `vite --cors`, and `json-server`, which is open by default: ' +
    'in scripts of `package.json` and of shells, in `CMD` of a Dockerfile, in `command` of Docker Compose',
  mentions: ['--cors', 'json-server', 'serve '],
  shape: 'tree',
  formats: ['json', 'yaml', 'dockerfile', 'shell'],
  read(document, context) {
    const version = context.version('json-server', 'npm');
    const of = (commands: readonly Command[], scope: string, purpose: Policy['purpose']): Policy[] =>
      commands.flatMap((command) => {
        const switched = switchedOn(command, version ?? declaredIn(document));
        return switched ? [policyOf(switched, scope, switched.forDevelopment ? 'development' : purpose)] : [];
      });
    if (document.format === 'json') {
      if (!/(^|\/)package\.json$/.test(document.path)) return { policies: [], facts: [] };
      return {
        policies: entriesOf(valueAt(document.root, 'scripts')).flatMap(({ key, value }) =>
          of(commandsOf([value], document), `the script "${key}"`, 'development'),
        ),
        facts: [],
      };
    }
    if (document.format === 'dockerfile')
      return {
        policies: of(
          commandsOf(
            ['ENTRYPOINT', 'CMD'].map((key) => entriesOf(document.root).findLast((entry) => entry.key === key)?.value),
            document,
          ),
          'the container',
          'application',
        ),
        facts: [],
      };
    if (document.format === 'shell')
      return {
        policies: entriesOf(document.root)
          .filter(({ key }) => key === 'CMD')
          .flatMap(({ value }) => of(commandsOf([value], document), 'the script', 'application')),
        facts: [],
      };
    const services = entriesOf(valueAt(document.root, 'services'));
    return {
      policies: services.flatMap(({ key, value }) =>
        of(
          commandsOf([valueAt(value, 'entrypoint'), valueAt(value, 'command')], document),
          `the service "${key}"`,
          'application',
        ),
      ),
      facts: [],
    };
  },
});

/** A container's entry point and its command are one where both are lists. */
function commandsOf(nodes: readonly (TreeNode | undefined)[], document: TreeDocument): Command[] {
  const [first, second] = nodes;
  if (first?.kind === 'list' && second?.kind === 'list')
    return commandsOfWords({ ...second, items: [...first.items, ...second.items] }, document);
  return nodes.flatMap((node) => {
    if (node?.kind === 'list') return commandsOfWords(node, document);
    return node && isString(node) ? commandsOfLine(node, document.text) : [];
  });
}

/** What the manifest itself asks for, where nothing is installed. */
function declaredIn({ root }: TreeDocument): string | undefined {
  const declared = ['dependencies', 'devDependencies']
    .map((group) => textOf(valueAt(root, group, 'json-server')))
    .find((version) => version !== undefined)
    ?.replace(/^[^\d]*/, '');
  return valid(declared) ?? undefined;
}

type FindWord = (pattern: RegExp) => Word | undefined;

/** What `serve --cors` answers. */
const serve: ServerAnswers = {
  reflects: false,
  credentials: true,
  headers: '*',
  onPreflight: false,
  vary: false,
  privateNetwork: true,
  status: null,
};
/** What `live-server --cors` answers. */
const liveServer: ServerAnswers = {
  reflects: true,
  credentials: true,
  methods: 'GET,HEAD,PUT,PATCH,POST,DELETE',
  headers: null,
  onPreflight: true,
  vary: true,
  status: 204,
};
/** What `vite --cors` answers. */
const vite: ServerAnswers = { ...liveServer, reflects: false, credentials: false, vary: false };

/** What `http-server --cors` answers, which names headers beside its own: `--cors=Authorization,X-Token`. */
function httpServer({ text }: Word): ServerAnswers {
  const more = text
    .split('=')[1]
    ?.replace(/["']/g, '')
    .split(',')
    .map((name) => name.trim())
    .join(', ');
  return {
    reflects: false,
    credentials: false,
    headers: `Origin, X-Requested-With, Content-Type, Accept, Range${more ? `, ${more}` : ''}`,
    onPreflight: false,
    vary: false,
    status: 204,
    statusWithoutOrigin: 405,
  };
}

function switchedOn(command: Command, jsonServerVersion: string | undefined): Switched | undefined {
  const { program, words } = command;
  const flag: FindWord = (pattern) => words.find(({ text }) => pattern.test(text));
  const on = (word: Word | undefined, answers: (word: Word) => ServerAnswers): Switched | undefined =>
    word && {
      word,
      answers: answers(word),
      title: program.text,
      isFlag: true,
      off: word.remove,
      forDevelopment: /^(live-server|vite)$/.test(program.text),
    };
  switch (program.text) {
    case 'http-server':
      return on(flag(/^--cors(=|$)/), httpServer);
    case 'serve':
      return on(flag(/^(--cors|-[dsnSuL]*C)$/), () => serve);
    case 'live-server':
      return on(flag(/^--cors$/), () => liveServer);
    case 'vite': {
      const word = flag(/^--cors(=true)?$/);
      return isViteServer(words, word) ? on(word, () => vite) : undefined;
    }
    case 'json-server':
      return jsonServer(command, flag, jsonServerVersion);
    default:
      return undefined;
  }
}

/** It starts its server, and does not build or show what was built; `--cors false` is the same flag switched off. */
function isViteServer(words: readonly Word[], flag: Word | undefined): boolean {
  return !words.some(
    ({ text }, index) => /^(build|optimize|preview)$/.test(text) || (text === 'false' && words[index - 1] === flag),
  );
}

/** What `json-server` answers since version 1; before, it answered as `live-server --cors` does. */
const newJsonServer: ServerAnswers = {
  reflects: false,
  credentials: false,
  methods: 'GET, HEAD, PUT, PATCH, POST, DELETE',
  headers: null,
  headersUnasked: 'content-type',
  onPreflight: false,
  vary: false,
  status: 204,
};

/** Open unless it is told otherwise; before version 1 with credentials, and `--no-cors` did not switch that off. */
function jsonServer({ program, add }: Command, flag: FindWord, version: string | undefined): Switched | undefined {
  const old = version === undefined || lt(version, '1.0.0-0');
  if (old && flag(/^(--nc|-nc)$/)) return undefined;
  const answers = old ? liveServer : newJsonServer;
  return {
    word: program,
    answers,
    title: version === undefined ? 'json-server' : `json-server ${version}`,
    isFlag: false,
    ...(old && add && { off: () => add('--nc') }),
    forDevelopment: true,
  };
}

const options: RequestTest = optionsMethod;

function policyOf(
  { word: { range, text }, answers, title, isFlag, off }: Switched,
  scope: string,
  purpose: Policy['purpose'],
): Policy {
  const entry: OriginEntry = {
    range,
    kind: answers.reflects ? 'reflect' : 'any',
    accepts: always,
    ...(!isFlag && { byDefault: true }),
  };
  // A flag among others behind one dash stays: the others are meant.
  const isAlone = !isFlag || /^(--|-.$)/.test(text);
  return {
    framework: 'package-scripts',
    title,
    range,
    scope,
    purpose,
    settings: {
      origins: { value: [entry], range, written: isFlag },
      credentials: { value: answers.credentials, range, written: false },
      ...(answers.privateNetwork && { privateNetwork: { value: true, range, written: false } }),
    },
    headers: headersOf(answers, range),
    statuses: statusesOf(answers),
    facts: [],
    edits: off && isAlone ? { switchOff: off } : {},
  };
}

function headersOf(answers: ServerAnswers, range: SourceRange): HeaderRule[] {
  const when = answers.onPreflight ? options : always;
  const rules: HeaderRule[] = [];
  const set = (name: string, value: HeaderRule['value'] | string, on: RequestTest): void => {
    const sent: HeaderRule['value'] = typeof value === 'string' ? { kind: 'text', text: value } : value;
    rules.push({ name, operation: 'set', value: sent, when: on, range });
  };
  const { reflects, methods, headers, headersUnasked } = answers;
  set('access-control-allow-origin', reflects ? { kind: 'request-origin' } : '*', reflects ? originPresent : always);
  if (answers.credentials) set('access-control-allow-credentials', 'true', always);
  if (methods !== undefined) set('access-control-allow-methods', methods, when);
  if (headersUnasked !== undefined) set('access-control-allow-headers', headersUnasked, when);
  if (headers !== undefined)
    set(
      'access-control-allow-headers',
      headers ?? { kind: 'request-header', name: 'access-control-request-headers' },
      when,
    );
  if (answers.vary) set('vary', 'Origin', always);
  return rules;
}

function statusesOf({ status, statusWithoutOrigin }: ServerAnswers): StatusRule[] {
  const preflights: StatusRule = { when: options, status };
  return statusWithoutOrigin === undefined
    ? [preflights]
    : [{ when: all([options, not(originPresent)]), status: statusWithoutOrigin }, preflights];
}
