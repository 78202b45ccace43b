/** Modules of Remix, and of React Router as a framework: `loader` has requests that read, and OPTIONS, and `action` those that change. */
import type { FunctionExpression, Node, Program } from '../../../syntax/programs/program.ts';
import { not, always, optionsMethod } from '../../../policy/request-test.ts';
import type { Route, Unsent } from '../../../models/handlers/handler-language.ts';
import type { HeaderWrite } from '../../../models/handlers/header-write.ts';
import { nameOfFunction } from '../../../values/function-uses.ts';

const packages = /^@remix-run\/|^react-router$|(^|\/)\+types\//;

/**
 * What an exported `loader` or `action` answers. OPTIONS goes to the loader, whatever the action does with it; without one the answer is
 * 400 without headers. See https://reactrouter.com/how-to/resource-routes
 */
export function routeModule(handler: FunctionExpression, program: Program): Route | undefined {
  const name = nameOfFunction(handler);
  if ((name !== 'loader' && name !== 'action') || !program.exports.has(name)) return undefined;
  if (!program.imports.some(({ module }) => packages.test(module))) return undefined;
  if (name === 'loader')
    return { scope: 'loader of this route', when: always, optionsStatus: 200, answersPreflights: true };
  const hasLoader = program.exports.has('loader');
  return {
    scope: 'action of this route',
    methods: ['POST'],
    when: not(optionsMethod),
    optionsStatus: hasLoader ? null : 400,
    answersPreflights: hasLoader,
    unanswered: 'OPTIONS goes to the loader of the module, and it has none',
  };
}

const documentsOnly: Unsent = {
  explanation:
    'A module without a component answers with what its loader or action returns, and "headers" counts for documents only.',
  instead: 'Write it into the response of the loader or the action.',
};

/** `export function headers()` in a resource route. */
export function unsentByModule({ node }: HeaderWrite, program: Program): Unsent | undefined {
  const { exports, imports } = program;
  if (!exports.has('headers') || exports.has('default') || !(exports.has('loader') || exports.has('action')))
    return undefined;
  if (!imports.some(({ module }) => packages.test(module))) return undefined;
  let around: Node | undefined = node;
  while (around !== undefined && !(around.kind === 'function' && nameOfFunction(around) === 'headers'))
    around = around.parent;
  return around && documentsOnly;
}
