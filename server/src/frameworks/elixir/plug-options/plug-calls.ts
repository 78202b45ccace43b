/** Where Elixir programs put a module into a pipeline of plugs, and the keywords that they hand to it. */
import type { Argument, Call, Node, Program } from '../../../syntax/programs/program.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import type { FoundOptions } from '../../../models/libraries/define-cors-library.ts';
import type { OptionsForm } from '../../../models/libraries/options-form.ts';
import { objectForm } from '../../../models/libraries/options-form.ts';
import { elixirLiterals, isWord } from '../../../edits/elixir-literals.ts';
import type { DictEntry, Value } from '../../../values/value.ts';
import type { Policy } from '../../../policy/policy.ts';
import { withoutEntryEdits } from '../../../models/libraries/without-edits.ts';

/** Keywords behind the other arguments, `origin: "*"`; new ones are written behind the last. */
export const keywordsForm: OptionsForm = {
  ...objectForm,
  literals: elixirLiterals,
  entry: (name, value) => `${name}: ${value}`,
  whole: (entry) => entry,
  insert(_source, { entries }, entry, placeholder) {
    const last = entries.at(-1);
    if (last === undefined) return [];
    const { end, path } = last.range;
    return [{ range: { start: end, end, path }, newText: `, ${entry}`, placeholder }];
  },
};

/** Calls of a macro of this name with the module as its first argument: `plug CORSPlug, …`, `use Corsica.Router, …`. */
export function callsWith(macro: string, module: string, program: Program): Call[] {
  return program.identifiers(macro).flatMap(({ parent, range }): Call[] => {
    if (parent?.kind !== 'call' || parent.callee.range.start !== range.start) return [];
    const first = parent.arguments[0]?.value;
    return first?.kind === 'identifier' && moduleOf(first.name, program) === module ? [parent] : [];
  });
}

/** Calls of a function of the module: `Corsica.send_preflight_resp(conn, …)`. */
export function functionCalls(module: string, name: RegExp, program: Program): Call[] {
  const written = new RegExp(`(?<![\\w.])${module.replaceAll('.', '\\.')}\\.(\\w+)\\s*\\(`, 'g');
  return [...program.text.matchAll(written)].flatMap(({ index, 0: whole, 1: own }) => {
    let node: Node | undefined = name.test(own!) ? program.expressionAt(index + whole.length - 2) : undefined;
    while (node && node.kind !== 'call') node = node.parent;
    return node ? [node] : [];
  });
}

/** The whole name of a module that may be an alias. */
function moduleOf(name: string, { imports }: Program): string {
  const [first, ...rest] = name.split('.');
  const alias = imports.find(({ local }) => local === first);
  return alias ? [alias.module, ...rest].join('.') : name;
}

/** The options that a call hands over at this place. */
export function optionsAt(call: Call, index: number, context: ProgramContext): FoundOptions {
  const argument = call.arguments[index];
  const before = call.arguments[index - 1];
  return {
    call,
    scope: scopeOf(call),
    reach: context.evaluator.guard(call),
    place: {
      range: call.range,
      argumentsRange: call.argumentsRange,
      form: keywordsForm,
      value: argument && valueOf(argument, context),
      ...(!argument && before && { insertAt: before.range.end }),
    },
  };
}

function valueOf({ value }: Argument, { evaluator }: ProgramContext): Value {
  return evaluator.evaluate(value);
}

/** `pipeline :api do plug … end`, `plug … when action in [:index]`. */
function scopeOf(call: Call): string | undefined {
  if (/\bwhen\s+(?:not\s*)?\(?\s*action\b/.test(call.text)) return 'some actions';
  for (let node: Node | undefined = call.parent; node; node = node.parent) {
    if (node.kind !== 'call' || node.callee.kind !== 'identifier' || node.callee.name !== 'pipeline') continue;
    const name = node.arguments[0]?.value;
    return name?.kind === 'string' ? `routes through the pipeline ${name.value}` : undefined;
  }
  return undefined;
}

/** The same options with other values, entry by entry. */
export function withEntries(found: FoundOptions, change: (entry: DictEntry) => DictEntry): FoundOptions {
  const { value } = found.place;
  if (value?.kind !== 'dict') return found;
  return { ...found, place: { ...found.place, value: { ...value, entries: value.entries.map(change) } } };
}

/** The same policy; words of `~w(…)` are replaced as a whole. */
export function withWholeWords(policy: Policy, { text }: Program): Policy {
  const isOfWords = policy.settings.origins.value.some(
    ({ kind, range }) => kind === 'text' && range.path === undefined && isWord(text, range),
  );
  return isOfWords ? withoutEntryEdits(policy) : policy;
}
