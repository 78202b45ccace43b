/** Methods of controllers whose routes are decorators: NestJS, and routing-controllers, which has them under the same names. */
import type { Call, Expression, FunctionExpression } from '../../syntax/programs/program.ts';
import { not, always, optionsMethod } from '../../policy/request-test.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { Route } from '../../models/handlers/handler-language.ts';
import { classOf } from '../../models/handlers/handler-parts.ts';

const verb = /^(Get|Head|Post|Put|Patch|Delete|Options|All)$/;
const controller = /^(Json)?Controller$/;

/**
 * `@Controller('orders')` and `@Get(':id')`. The application answers the other preflights, in another file, so that nothing is said of
 * how these routes do.
 */
export function decoratedRoute(handler: FunctionExpression, evaluator: Evaluator): Route | undefined {
  const route = calledBy(handler.decorators, verb);
  if (route === undefined) return undefined;
  const home = calledBy(classOf(handler)?.decorators ?? [], controller);
  const path = pathOf([home, route], evaluator);
  const method = route.callee.text.toUpperCase();
  const scope = method === 'ALL' ? 'every method of' : method;
  return {
    scope: path === undefined ? `${method === 'ALL' ? 'every' : method} request to this method` : `${scope} ${path}`,
    ...(path !== undefined && { path }),
    when: method === 'ALL' ? always : method === 'OPTIONS' ? optionsMethod : not(optionsMethod),
    optionsStatus: method === 'ALL' || method === 'OPTIONS' ? 200 : null,
  };
}

function calledBy(decorators: readonly Expression[], name: RegExp): Call | undefined {
  return decorators.find((one): one is Call => one.kind === 'call' && name.test(one.callee.text));
}

/** The path of the class with that of the method; undefined where one of them is more than a text. */
function pathOf(parts: readonly (Call | undefined)[], evaluator: Evaluator): string | undefined {
  const texts = parts.map((part) => {
    const [first] = part?.arguments ?? [];
    const value = first && !first.spread ? evaluator.evaluate(first.value) : undefined;
    return first === undefined ? '' : value?.kind === 'text' ? value.text : undefined;
  });
  if (texts.includes(undefined)) return undefined;
  return `/${texts.flatMap((text) => text!.split('/').filter((segment) => segment !== '')).join('/')}`;
}
