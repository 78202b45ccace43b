/** Which requests a handler of Spring answers: `@GetMapping("/items")`, `@RequestMapping(value = "/items", method = RequestMethod.PUT)`. */
import type { Call, Expression } from '../../../syntax/programs/program.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import type { Value } from '../../../values/value.ts';
import type { Mapping } from '../cross-origin-annotations.ts';

const annotation = /^(?:[\w.]+\.)?(Get|Post|Put|Patch|Delete|Request)Mapping$/;

/** The mapping among the annotations of a handler or of its class. */
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

function textsOf(value: Value | undefined): string[] {
  if (value?.kind === 'text') return [value.text];
  return value?.kind === 'list' ? value.items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])) : [];
}
