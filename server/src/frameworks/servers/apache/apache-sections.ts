/** The sections of an Apache file: which of them answer requests, and what is in force in each. */
import type { Directive } from '../../../syntax/directives/directives.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, not, unknown } from '../../../policy/request-test.ts';
import { both } from '../../../models/servers/server-conditions.ts';
import type { ExpressionTest } from './apache-expressions.ts';

/** A directive with the `<If>` and `<IfDefine>` conditions around it. */
export interface Placed {
  readonly directive: Directive;
  readonly when: RequestTest;
  /** Inside an `<If>` that looks at Origin: Apache adds Vary itself. */ readonly varies: boolean;
}
export interface Section {
  readonly directive?: Directive;
  readonly own: readonly Placed[];
  readonly inner: readonly Section[];
}

const requestSections = new Set([
  'virtualhost',
  'directory',
  'directorymatch',
  'location',
  'locationmatch',
  'files',
  'filesmatch',
  'proxy',
  'proxymatch',
]);
/** They hold no condition that could differ between two requests. */
const transparent = new Set([
  'ifmodule',
  'ifdefine',
  'ifversion',
  'ifdirective',
  'iffile',
  'limit',
  'limitexcept',
  'requireall',
  'requireany',
  'requirenone',
]);

/** Sections nested as Apache merges them: the outer ones first. */
export function readSections(
  directives: readonly Directive[],
  test: (expression: Directive) => ExpressionTest,
  owner?: Directive,
): Section {
  const own: Placed[] = [];
  const inner: Section[] = [];
  const later: Placed[] = [];
  const walk = (list: readonly Directive[], when: RequestTest, varies: boolean, into: Placed[]): void => {
    // What an earlier branch of the same chain has not taken.
    let rest: RequestTest = always;
    for (const directive of list) {
      const name = directive.name.toLowerCase();
      if (!directive.block) {
        into.push({ directive, when, varies });
        continue;
      }
      if (requestSections.has(name)) {
        inner.push(readSections(directive.block, test, directive));
        continue;
      }
      if (name === 'if' || name === 'elseif' || name === 'else') {
        if (name === 'if') rest = always;
        const condition = name === 'else' ? { when: always, readsOrigin: false } : test(directive);
        // <If> is merged after every other section.
        walk(directive.block, both(when, rest, condition.when), varies || condition.readsOrigin, later);
        rest = both(rest, not(condition.when));
        continue;
      }
      if (!transparent.has(name)) continue;
      const negated = directive.args[0]?.text.startsWith('!') === true;
      if (name === 'ifmodule') {
        // Without the module there are no such directives.
        if (!negated && !namesNoModule(directive)) walk(directive.block, when, varies, into);
      } else walk(directive.block, name.startsWith('if') ? both(when, unknown('independent')) : when, varies, into);
    }
  };
  walk(directives, always, false, own);
  return { ...(owner && { directive: owner }), own: [...own, ...later], inner };
}

/** `<IfModule mod_header.c>`: meant is mod_headers, and no module has this name, so that nothing inside is read. */
export function namesNoModule({ name, args }: Directive): boolean {
  const module = args[0]?.text ?? '';
  return (
    /^ifmodule$/i.test(name) &&
    /^(mod_)?headers?(_module)?(\.c)?$/i.test(module) &&
    !['mod_headers.c', 'headers_module'].includes(module)
  );
}

/** Words for the requests that a section answers. */
export function scopeOf(section: Section, path: string): string {
  const { directive } = section;
  if (!directive) return path.endsWith('.htaccess') ? 'this folder' : 'every host';
  if (directive.name.toLowerCase() === 'virtualhost') {
    const name = section.own.find(({ directive: { name: one } }) => one.toLowerCase() === 'servername')?.directive
      .args[0]?.text;
    return name === undefined ? 'VirtualHost' : `VirtualHost ${name}`;
  }
  return `${directive.name} ${directive.args.map(({ text }) => text).join(' ')}`;
}
