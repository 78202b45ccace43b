/** Which requests a handler of Spring answers: `@GetMapping("/items")`, `@RequestMapping(value = "/items", method = RequestMethod.PUT)`. */
import type { Call, ClassExpression, Expression, FunctionExpression } from '../../../syntax/programs/program.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import type { Value } from '../../../values/value.ts';

export interface Mapping {
  readonly path?: string;
  /** None: whichever a request has. */
  readonly methods: readonly string[];
}

const annotation = /^(?:[\w.]+\.)?(Get|Post|Put|Patch|Delete|Request)Mapping$/;

/** The mapping among these annotations. */
export function mappingOf(decorators: readonly Expression[], { evaluator }: ProgramContext): Mapping | undefined {
  for (const decorator of decorators) {
    const call: Call | undefined = decorator.kind === 'call' ? decorator : undefined;
    const kind = annotation.exec((call?.callee ?? decorator).text)?.[1];
    if (kind === undefined) continue;
    const given = (names: readonly string[]): Value | undefined => {
      const found = call?.arguments.find(({ name = 'value' }) => names.includes(name));
      return found && evaluator.evaluate(found.value);
    };
    const [path] = textsOf(given(['value', 'path']));
    const methods = kind === 'Request' ? textsOf(given(['method'])) : [kind.toUpperCase()];
    return { methods, ...(path !== undefined && { path }) };
  }
  return undefined;
}

export function classMapping(of: ClassExpression, context: ProgramContext): Mapping | undefined {
  return mappingOf(of.decorators, context);
}

/** The mappings of its methods, but for those that are left out. */
export function handlersOf(
  of: ClassExpression,
  context: ProgramContext,
  isLeftOut: (method: FunctionExpression) => boolean = () => false,
): Mapping[] {
  return of.members.flatMap(({ value }) =>
    value?.kind === 'function' && !isLeftOut(value) ? (mappingOf(value.decorators, context) ?? []) : [],
  );
}

function textsOf(value: Value | undefined): string[] {
  if (value?.kind === 'text') return [value.text];
  return value?.kind === 'list' ? value.items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])) : [];
}
