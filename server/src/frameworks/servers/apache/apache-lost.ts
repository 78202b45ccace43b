/** Origins that Apache never sends although a line says so: a variable that nothing sets, groups of a pattern joined wrongly. */
import type { Directive } from '../../../syntax/directives/directives.ts';
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

/** `NAME=$0$1`: the whole match with a group of it once more. Certain where the match is the whole origin. */
export function joinedGroups(statements: readonly ApacheStatement[], placed: readonly Placed[]): Fact[] {
  const names = new Set(
    statements
      .filter(({ name }) => name === 'access-control-allow-origin')
      .flatMap(({ text }) => /^%\{([^}]+)\}e$/.exec(text)?.[1] ?? []),
  );
  return placed.flatMap(({ directive: { name, args } }): Fact[] => {
    const [attribute, pattern, ...settings] = args;
    if (!/^setenvif(nocase)?$/i.test(name) || !/^origin$/i.test(attribute?.text ?? '')) return [];
    if (!/^(\^|\(*http).*\$\)*$/s.test(pattern?.text ?? '')) return [];
    return settings.flatMap(({ text, range, contentRange }): Fact[] => {
      const [, variable, value] = /^([^=!]+)=(.*)$/s.exec(text) ?? [];
      if (variable === undefined || !names.has(variable) || !/^\$0(\$[1-9])+$/.test(value!)) return [];
      return [
        {
          kind: 'joined-origin',
          text: value!,
          range,
          why: '"$0" is the whole match already, and what a group caught is added to it',
          replacement: '$0',
          replace: () => [{ range: { ...contentRange, start: contentRange.end - value!.length }, newText: '$0' }],
        },
      ];
    });
  });
}
