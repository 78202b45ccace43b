/** `new CorsPolicy { … }` of ASP.NET before Core and of Core, with what is written to its members behind. */
import type { OptionsForm } from '../../models/libraries/options-form.ts';
import { removeStep } from '../../models/libraries/options-form.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { csharpLiterals, csharpMemberLiterals } from '../../edits/csharp-literals.ts';
import { quoted, insertEntry, removeMember } from '../../edits/program-edits.ts';
import type { Expression, Program } from '../../syntax/programs/program.ts';
import type { Dict, DictEntry } from '../../values/value.ts';
import { memberSteps, nameOf, withSteps } from './member-steps.ts';

/** A policy as an object. */
export interface PolicyObject {
  readonly made: Expression;
  readonly value: Dict;
}

/** All that the file makes, in the order of the text. */
export function policyObjects(program: Program, context: ProgramContext): PolicyObject[] {
  return [...program.text.matchAll(/\bnew\s+(?:[A-Z]\w*\.)*CorsPolicy\b/g)].flatMap(({ index }) => {
    const made = program.expressionAt(index);
    return (made && policyObject(made, program, context)) ?? [];
  });
}

/** What this expression makes, where it is a policy. */
export function policyObject(made: Expression, program: Program, context: ProgramContext): PolicyObject | undefined {
  if (!isPolicy(made)) return undefined;
  const value = made.kind === 'object' ? context.evaluator.evaluate(made) : undefined;
  const entries = value?.kind === 'dict' ? value.entries : [];
  return { made, value: withSteps(made, entries, memberSteps(made, program), context) };
}

function isPolicy(made: Expression): boolean {
  const type = made.kind === 'object' ? made.type : made.kind === 'call' && made.isNew ? made.callee : undefined;
  return type !== undefined && /(^|\.)CorsPolicy$/.test(type.text);
}

/** Members where the policy is made; those that are set in statements behind are taken away with these. */
export const objectForm: OptionsForm = {
  literals: csharpMemberLiterals,
  entry: (name, list) => `${name} = ${list}`,
  whole: (entry) => `new CorsPolicy { ${entry} }`,
  isScattered: (written) => /;/.test(written),
  remove: (source, range) =>
    source.slice(range.start - 1, range.start) === '.' ? removeStep(source, range) : removeMember(source, range),
  insert(source, { range }, entry, placeholder) {
    const start = source.indexOf('{', range.start);
    return start < 0 || start >= range.end ? [] : insertEntry(source, { ...range, start }, entry, placeholder);
  },
};

/** The form in which such a policy says its origins: as members where it is made, or in statements behind. */
export function formOf({ made, value }: PolicyObject, program: Program): OptionsForm {
  // A check counts in place of the list.
  const entryOf = (name: string): DictEntry | undefined => value.entries.find(({ key }) => key === name);
  const entry = entryOf('IsOriginAllowed') ?? entryOf('Origins');
  return entry === undefined || entry.range.start < made.range.end
    ? objectForm
    : {
        ...objectForm,
        literals: addedLiterals(nameOf(made, program) ?? ''),
        entry: (name, list) => `${name}.Add(${list})`,
      };
}

/** One call adds one text; further ones are added by further calls on the same name. */
function addedLiterals(receiver: string): OptionsForm['literals'] {
  return {
    ...csharpLiterals,
    list: (values, quote, written = '') =>
      written.startsWith('{')
        ? csharpMemberLiterals.list(values, quote)
        : values.map((value) => quoted(value, quote)).join(`); ${receiver}.Origins.Add(`),
    holdsSeveral: () => false,
  };
}
