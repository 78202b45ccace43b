/** Commands that start a small web server whose flag, or default, lets every website read what it serves: scripts of package.json, and what containers run. */
import { lt, valid } from 'semver';
import type { Edit } from '../../syntax/range.ts';
import type { TreeDocument, TreeNode } from '../../syntax/trees/tree.ts';
import type { HeaderRule, OriginEntry, Policy, StatusRule } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, not, originPresent } from '../../policy/request-test.ts';
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
    '`http-server --cors`, `serve --cors`, `live-server --cors`, `vite --cors`, and `json-server`, which is open by default: in scripts of `package.json`, in `CMD` of a Dockerfile, in `command` of Docker Compose',
  mentions: ['--cors', 'json-server', 'serve '],
  shape: 'tree',
  formats: ['json', 'yaml', 'dockerfile'],
  read(document, context) {
    const version = context.version('json-server');
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

function switchedOn(command: Command, jsonServerVersion: string | undefined): Switched | undefined {
  const { program, words } = command;
  const flag = (pattern: RegExp): Word | undefined => words.find(({ text }) => pattern.test(text));
  const on = (word: Word | undefined, answers: ServerAnswers): Switched | undefined =>
    word && {
      word,
      answers,
      title: program.text,
      isFlag: true,
      off: word.remove,
      forDevelopment: /^(live-server|vite)$/.test(program.text),
    };
  switch (program.text) {
    case 'http-server': {
      const word = flag(/^--cors(=|$)/);
      const more = word?.text
        .split('=')[1]
        ?.replace(/["']/g, '')
        .split(',')
        .map((name) => name.trim())
        .join(', ');
      return on(word, {
        reflects: false,
        credentials: false,
        headers: `Origin, X-Requested-With, Content-Type, Accept, Range${more ? `, ${more}` : ''}`,
        onPreflight: false,
        vary: false,
        status: 204,
        statusWithoutOrigin: 405,
      });
    }
    case 'serve':
      return on(flag(/^(--cors|-[dsnSuL]*C)$/), {
        reflects: false,
        credentials: true,
        headers: '*',
        onPreflight: false,
        vary: false,
        privateNetwork: true,
        status: null,
      });
    case 'live-server':
      return on(flag(/^--cors$/), {
        reflects: true,
        credentials: true,
        methods: 'GET,HEAD,PUT,PATCH,POST,DELETE',
        headers: null,
        onPreflight: true,
        vary: true,
        status: 204,
      });
    case 'vite': {
      const word = flag(/^--cors(=true)?$/);
      const isServer = !words.some(
        ({ text }, index) => /^(build|optimize|preview)$/.test(text) || (text === 'false' && words[index - 1] === word),
      );
      return isServer
        ? on(word, {
            reflects: false,
            credentials: false,
            methods: 'GET,HEAD,PUT,PATCH,POST,DELETE',
            headers: null,
            onPreflight: true,
            vary: false,
            status: 204,
          })
        : undefined;
    }
    case 'json-server':
      return jsonServer(command, flag, jsonServerVersion);
    default:
      return undefined;
  }
}

/** Open unless it is told otherwise; before version 1 with credentials, and `--no-cors` did not switch that off. */
function jsonServer(
  { program, add }: Command,
  flag: (pattern: RegExp) => Word | undefined,
  version: string | undefined,
): Switched | undefined {
  const old = version === undefined || lt(version, '1.0.0-0');
  if (old && flag(/^(--nc|-nc)$/)) return undefined;
  const answers: ServerAnswers = old
    ? {
        reflects: true,
        credentials: true,
        methods: 'GET,HEAD,PUT,PATCH,POST,DELETE',
        headers: null,
        onPreflight: true,
        vary: true,
        status: 204,
      }
    : {
        reflects: false,
        credentials: false,
        methods: 'GET, HEAD, PUT, PATCH, POST, DELETE',
        headers: null,
        headersUnasked: 'content-type',
        onPreflight: false,
        vary: false,
        status: 204,
      };
  return {
    word: program,
    answers,
    title: version === undefined ? 'json-server' : `json-server ${version}`,
    isFlag: false,
    ...(old && add && { off: () => add('--nc') }),
    forDevelopment: true,
  };
}

function policyOf(
  { word: { range, text }, answers, title, isFlag, off }: Switched,
  scope: string,
  purpose: Policy['purpose'],
): Policy {
  const options: RequestTest = { kind: 'method', name: 'OPTIONS' };
  const when = answers.onPreflight ? options : always;
  const rule = (header: string, sent: HeaderRule['value'], on: RequestTest): HeaderRule => ({
    name: header,
    operation: 'set',
    value: sent,
    when: on,
    range,
  });
  const written = (sent: string): HeaderRule['value'] => ({ kind: 'text', text: sent });
  const entry: OriginEntry = {
    range,
    kind: answers.reflects ? 'reflect' : 'any',
    accepts: always,
    ...(!isFlag && { byDefault: true }),
  };
  const statuses: StatusRule[] = [
    ...(answers.statusWithoutOrigin === undefined
      ? []
      : [{ when: all([options, not(originPresent)]), status: answers.statusWithoutOrigin }]),
    { when: options, status: answers.status },
  ];
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
    headers: [
      rule(
        'access-control-allow-origin',
        answers.reflects ? { kind: 'request-origin' } : written('*'),
        answers.reflects ? originPresent : always,
      ),
      ...(answers.credentials ? [rule('access-control-allow-credentials', written('true'), always)] : []),
      ...(answers.methods === undefined ? [] : [rule('access-control-allow-methods', written(answers.methods), when)]),
      ...(answers.headersUnasked === undefined
        ? []
        : [rule('access-control-allow-headers', written(answers.headersUnasked), when)]),
      ...(answers.headers === undefined
        ? []
        : [
            rule(
              'access-control-allow-headers',
              answers.headers === null
                ? { kind: 'request-header', name: 'access-control-request-headers' }
                : written(answers.headers),
              when,
            ),
          ]),
      ...(answers.vary ? [rule('vary', written('Origin'), not({ kind: 'never' }))] : []),
    ],
    statuses,
    facts: [],
    edits: off && isAlone ? { switchOff: off } : {},
  };
}
