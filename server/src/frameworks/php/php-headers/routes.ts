/** What a handler in PHP answers: by its parameters, by where it is registered, by its attributes. */
import type { Expression, FunctionExpression } from '../../../syntax/programs/program.ts';
import { always, not, optionsMethod } from '../../../policy/request-test.ts';
import type { Evaluator } from '../../../values/evaluator.ts';
import type { Route } from '../../../models/handlers/handler-language.ts';

const verbs = /^(get|post|put|patch|delete|options|any)$/i;
/** What the next one in the line is called, and by type. */
const next = /^\$(next|handler|delegate)$/;
/** Methods and functions that run around every answer: filters of CodeIgniter, listeners of Symfony, behaviours of Yii. */
const around =
  /^(after|before|beforeAction|afterAction|beforeFilter|onKernel(Response|Request|Exception)|onResponse|postDispatch|preDispatch)$/;

export function routeOf(handler: FunctionExpression, evaluator: Evaluator): Route | undefined {
  if (handler.parameters.some(({ name }) => name !== undefined && next.test(name)) || around.test(handler.name ?? ''))
    return { scope: 'every request that it handles', when: always, optionsStatus: null, isMiddleware: true };
  return registeredRoute(handler, evaluator) ?? attributedRoute(handler, evaluator);
}

/** `$app->put('/items', function …)`, `Route::get('/items', fn () => …)`. */
function registeredRoute(handler: FunctionExpression, evaluator: Evaluator): Route | undefined {
  const call = handler.parent;
  if (call?.kind !== 'call' || call.callee.kind !== 'member') return undefined;
  const verb = verbs.exec(call.callee.property)?.[1]!.toUpperCase();
  const path = call.arguments[0] && evaluator.evaluate(call.arguments[0].value);
  if (verb === undefined || path?.kind !== 'text') return undefined;
  return verb === 'ANY'
    ? { scope: path.text, path: path.text, when: always, optionsStatus: 200 }
    : byMethods([verb], path.text);
}

/** `#[Route('/items', methods: ['PUT'])]` of Symfony. */
function attributedRoute(handler: FunctionExpression, evaluator: Evaluator): Route | undefined {
  for (const attribute of handler.decorators) {
    if (attribute.kind !== 'call' || attribute.callee.text !== 'Route') continue;
    const argument = (name: string): Expression | undefined =>
      attribute.arguments.find((one) => one.name === name)?.value;
    const first = attribute.arguments.find(({ name }) => name === undefined)?.value ?? argument('path');
    const [path, listed] = [first && evaluator.evaluate(first), argument('methods')];
    const methods = listed && evaluator.evaluate(listed);
    const known =
      methods?.kind === 'list'
        ? methods.items.flatMap((item) => (item.kind === 'text' ? [item.text.toUpperCase()] : []))
        : methods?.kind === 'text'
          ? [methods.text.toUpperCase()]
          : [];
    if (path?.kind !== 'text') continue;
    return known.length > 0
      ? byMethods(known, path.text)
      : { scope: `requests for ${path.text}`, path: path.text, when: always, optionsStatus: 200 };
  }
  return undefined;
}

function byMethods(methods: readonly string[], path: string): Route {
  const answersOptions = methods.includes('OPTIONS');
  const others = methods.filter((method) => method !== 'OPTIONS');
  return {
    scope: `${(others.length === 0 ? methods : others).join(', ')} ${path}`,
    path,
    methods,
    when: others.length === 0 ? optionsMethod : answersOptions ? always : not(optionsMethod),
    optionsStatus: answersOptions ? 200 : 405,
    ...(!answersOptions && { unanswered: 'no route answers OPTIONS beside it' }),
  };
}
