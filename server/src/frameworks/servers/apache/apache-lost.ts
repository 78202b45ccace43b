/** Origins that Apache never sends although a line says so: a variable that nothing sets, groups of a pattern joined wrongly. */
import type { Directive, Word } from '../../../syntax/directives/directives.ts';
import type { Fact } from '../../../policy/policy.ts';
import { headerTitle } from '../../../models/servers/server-header-facts.ts';
import { isCorsHeader } from '../../../models/servers/server-headers.ts';
import type { ApacheStatement } from './apache-headers.ts';
import { neverSet } from './apache-headers.ts';
import { namesNoModule } from './apache-sections.ts';
import type { Placed } from './apache-sections.ts';
import type { Environment } from './apache-variables.ts';

/**
 * `env=HTTP_ORIGIN`: headers of the request are no environment variables of Apache. A program behind CGI or PHP gets them under
 * such names, and Apache fills them in for it, so that nothing is claimed where one answers.
 */
export function sentNever(statements: readonly ApacheStatement[], environment: Environment): Fact[] {
  if (environment.ofPrograms) return [];
  return statements.flatMap((line): Fact[] => {
    const variable = /^env=(.+)$/.exec(line.directive.args.at(-1)!.text)?.[1];
    if (line.operation === 'remove' || variable === undefined) return [];
    if (!neverSet.has(variable.toLowerCase()) || environment.variables.has(variable)) return [];
    return [
      {
        kind: 'lost-header',
        headers: [headerTitle(line.name)],
        range: line.range,
        why: 'unset',
        explanation: `Nothing sets the variable ${variable}: Apache makes no variables of the headers of a request.`,
        instead: 'Compare "%{HTTP:Origin}" in an <If>, or set a variable of your own with "SetEnvIf Origin".',
      },
    ];
  });
}

/** Headers inside of an `<IfModule>` that names no module. */
export function behindNoModule(directives: readonly Directive[]): Fact[] {
  return directives.flatMap((directive): Fact[] => {
    const { block, args } = directive;
    const [module] = args;
    if (!block || !module) return [];
    if (!namesNoModule(directive)) return behindNoModule(block);
    const headers = writtenIn(block);
    if (headers.length === 0) return [];
    return [
      {
        kind: 'lost-header',
        headers: [...new Set(headers)],
        range: module.range,
        why: 'unset',
        explanation: `There is no module "${module.text}", so that Apache reads nothing of this block.`,
        instead: 'Write mod_headers.c.',
        repeat: () => [{ range: module.contentRange, newText: 'mod_headers.c' }],
        repeatTitle: 'Write mod_headers.c',
      },
    ];
  });
}

function writtenIn(directives: readonly Directive[]): string[] {
  return directives.flatMap(({ name, args, block = [] }) => [
    ...(/^header$/i.test(name) ? args.filter(({ text }) => isCorsHeader(text.toLowerCase())) : [])
      .map(({ text }) => headerTitle(text.toLowerCase()))
      .slice(0, 1),
    ...writtenIn(block),
  ]);
}

/** A program may answer here, for which Apache makes variables of the headers; in a folder's own file nothing says who answers. */
export function programMayAnswer(placed: readonly Placed[], path: string): boolean {
  return (
    path.endsWith('.htaccess') ||
    placed.some(({ directive: { name, args } }) =>
      answersByProgram(
        name,
        args.map(({ text }) => text),
      ),
    )
  );
}

function answersByProgram(name: string, args: readonly string[]): boolean {
  // What the server was started with may have any name.
  if (/^passenv$/i.test(name)) return args.some((text) => neverSet.has(text.toLowerCase()));
  if (/^(rewriterule|directoryindex|fallbackresource|filesmatch)$/i.test(name))
    return args.some((text) => /\.(php|cgi|pl|py)\b/i.test(text));
  return (
    /^(wsgiscriptalias|passenger|scriptalias|fcgid|php)/i.test(name) ||
    (/^(proxypass|proxypassmatch)$/i.test(name) && args.some((text) => /^(fcgi|scgi|uwsgi):/i.test(text))) ||
    (/^(sethandler|addhandler|action|options)$/i.test(name) && args.some((text) => /proxy:|php|cgi|wsgi/i.test(text)))
  );
}

/** Groups of a pattern of which the header's variable holds too much or too little. */
export function joinedGroups(statements: readonly ApacheStatement[], placed: readonly Placed[]): Fact[] {
  const names = new Set(
    statements
      .filter(({ name }) => name === 'access-control-allow-origin')
      .flatMap(({ text }) => /^%\{([^}]+)\}e$/.exec(text)?.[1] ?? []),
  );
  // `%1` is of the last condition before the rule.
  let condition: Directive | undefined;
  return placed.flatMap(({ directive }): Fact[] => {
    const { name, args } = directive;
    if (/^setenvif(nocase)?$/i.test(name)) {
      const [attribute, pattern, ...settings] = args;
      return /^origin$/i.test(attribute?.text ?? '')
        ? settings.flatMap((word) => wrongGroup(word, /^([^=!]+)=(.*)$/s, pattern?.text ?? '', '$', names))
        : [];
    }
    if (/^rewritecond$/i.test(name)) condition = directive;
    if (!/^rewriterule$/i.test(name)) return [];
    const [subject, pattern] = condition?.args ?? [];
    condition = undefined;
    const readsOrigin = /^%\{(HTTP:Origin|HTTP_ORIGIN)\}$/i.test(subject?.text ?? '');
    return readsOrigin
      ? args
          .slice(2)
          .flatMap((word) => wrongGroup(word, /\b(?:E|env)=([^:,\]]+):([^,\]]*)/i, pattern?.text ?? '', '%', names))
      : [];
  });
}

/** `NAME=$0$1` is the whole match with a group of it once more; `NAME=$1` lacks what stands before the group. */
function wrongGroup(word: Word, setting: RegExp, pattern: string, sign: string, names: ReadonlySet<string>): Fact[] {
  const { text, range, contentRange } = word;
  const match = setting.exec(text);
  const [whole, variable, value] = match ?? [];
  if (match === null || !names.has(variable!)) return [];
  const groups = value!.split(sign).slice(1).join('');
  const isWhole = /^(\^|\(*http).*\$\)*$/s.test(pattern);
  const why =
    isWhole && /^0[1-9]+$/.test(groups)
      ? `"${sign}0" is the whole match already, and what a group caught is added to it`
      : groups === '1' && /^\^?https?\??:\\?\/\\?\/[^(]*\((?!\?)/.test(pattern)
        ? `what the group caught begins after the scheme, and "${sign}0" is the whole match`
        : undefined;
  if (why === undefined || !value!.startsWith(sign)) return [];
  const end = contentRange.start + match.index + whole!.length;
  const replacement = `${sign}0`;
  const replace = () => [{ range: { ...contentRange, start: end - value!.length, end }, newText: replacement }];
  return [{ kind: 'joined-origin', text: value!, range, why, replacement, replace }];
}
