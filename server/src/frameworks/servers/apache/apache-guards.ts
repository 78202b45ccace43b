/** What Apache answers a preflight with: rules that refuse it, and passwords that it does not carry. */
import type { Directive } from '../../../syntax/directives/directives.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, not, optionsMethod, some } from '../../../policy/request-test.ts';
import type { Refusal } from '../../../models/servers/refused-preflights.ts';
import { both, except } from '../../../models/servers/server-conditions.ts';
import type { Placed, Section } from './apache-sections.ts';
import type { Environment } from './apache-variables.ts';

/**
 * In the order in which they come: rules of a host run before anybody is asked who they are, those of a folder afterwards.
 * https://httpd.apache.org/docs/2.4/rewrite/tech.html#InternalAPI
 */
export function refusalsOf(
  section: Section,
  placed: readonly Placed[],
  { rewrites }: Environment,
  path: string,
): Refusal[] {
  const ofHost = rewrites.filter(({ directive }) => !isOfFolder(directive, path));
  const ofFolder = rewrites.filter(({ directive }) => isOfFolder(directive, path));
  const answered = ofHost.reduce<RequestTest>((left, { when }) => except(left, when), always);
  return [
    ...refusing(ofHost, always),
    ...asked(section, placed).map((refusal) => ({ ...refusal, when: both(answered, refusal.when) })),
    ...refusing(ofFolder, answered),
  ];
}

/** Each for what no earlier one has answered. */
function refusing(rewrites: Environment['rewrites'], start: RequestTest): Refusal[] {
  let left = start;
  return rewrites.flatMap(({ directive, when, status }): Refusal[] => {
    const here = both(left, when);
    left = except(left, when);
    return status < 300 || here.kind === 'never'
      ? []
      : [{ when: here, range: directive.range, why: `a preflight is answered with ${status} here` }];
  });
}

const folders = /^(directory|directorymatch|location|locationmatch|files|filesmatch|if|elseif|else)$/i;

function isOfFolder(directive: Directive, path: string): boolean {
  for (let outer = directive.parent; outer; outer = outer.parent) if (folders.test(outer.name)) return true;
  return path.endsWith('.htaccess');
}

/** The requirements of the innermost section that has any; one of several is enough, so that all of them have to ask for a user. */
function asked(section: Section, placed: readonly Placed[]): Refusal[] {
  const own = section.own.filter(isRequirement);
  const requirements = own.length > 0 ? own : placed.filter(isRequirement);
  const first = requirements.find(({ directive }) => isOfUser(directive) || isDenial(directive));
  if (!first || passesOtherwise(placed)) return [];
  const whens = requirements.map(({ directive }) => methodsOf(directive));
  if (!requirements.every(({ directive }) => isOfUser(directive) || isDenial(directive))) return [];
  if (isOfUser(first.directive) && !placed.some(isAuthentication)) return [];
  const asksUser = isOfUser(first.directive);
  return [
    {
      // Who says who it is gets through, and a preflight cannot.
      when: asksUser ? both(optionsMethod, some(whens)) : some(whens),
      range: first.directive.range,
      why: asksUser
        ? 'the preflight is refused with 401: a user is required, and a browser sends no password or token with it'
        : 'OPTIONS is among the methods that are denied here',
      instead: asksUser ? 'Require the user inside "<LimitExcept OPTIONS>"' : 'Leave OPTIONS out of what is denied',
    },
  ];
}

/** A preflight that other sections answer with a success may be refused here. */
export function asksForUser({ own }: Section): boolean {
  return own.some((placed) => isRequirement(placed) && isOfUser(placed.directive));
}

function isRequirement({ directive }: Placed): boolean {
  return directive.name.toLowerCase() === 'require';
}

function isAuthentication({ directive: { name, args } }: Placed): boolean {
  return name.toLowerCase() === 'authtype' && args[0]?.text.toLowerCase() !== 'none';
}

function isOfUser({ args, parent }: Directive): boolean {
  if (/^require(any|none|all)$/i.test(parent?.name ?? '') && !/^requireall$/i.test(parent!.name)) return false;
  return /^(valid-user|user|group|ldap-[\w-]+|claim|shibboleth|role)$/i.test(args[0]?.text ?? '');
}

/** `Require all denied` where only some methods are limited: elsewhere nobody gets anything. */
function isDenial({ args, parent }: Directive): boolean {
  return (
    /^limit(except)?$/i.test(parent?.name ?? '') &&
    args.map(({ text }) => text.toLowerCase()).join(' ') === 'all denied'
  );
}

/** The methods that `<Limit>` or `<LimitExcept>` around it is about. */
function methodsOf({ parent }: Directive): RequestTest {
  for (let outer = parent; outer; outer = outer.parent) {
    const name = outer.name.toLowerCase();
    if (name !== 'limit' && name !== 'limitexcept') continue;
    const listed = some(outer.args.map(({ text }): RequestTest => ({ kind: 'method', name: text })));
    return name === 'limit' ? listed : not(listed);
  }
  return always;
}

/** Another condition may do instead, or who is not signed in is let through. */
function passesOtherwise(placed: readonly Placed[]): boolean {
  return placed.some(({ directive: { name, args } }) => {
    const [first] = args.map(({ text }) => text.toLowerCase());
    return (/^satisfy$/i.test(name) && first === 'any') || (/^oidcunauthaction$/i.test(name) && first === 'pass');
  });
}
