/** Edits of Django's settings: a list of origins in place of a switch that lets everybody in, or of patterns. */
import type { Edit } from '../../../syntax/range.ts';
import type { Program } from '../../../syntax/programs/program.ts';
import type { Policy, PolicyEdits } from '../../../policy/policy.ts';
import { pythonLiterals } from '../../../edits/literals.ts';
import { indentationAt, lineEnd } from '../../../edits/program-edits.ts';
import type { Value } from '../../../values/value.ts';
import type { Written } from './settings.ts';
import { originOption } from './table.ts';

/** Edits where another setting than the list lets origins in; none where the list alone does. */
export function originEdits(
  settings: readonly Written[],
  program: Program,
  { settings: { origins } }: Policy,
): Pick<PolicyEdits, 'allowOnly' | 'failClosed'> {
  const named = (pattern: RegExp): Written | undefined => settings.find(({ name }) => pattern.test(name));
  const everybody = named(/^CORS_(ALLOW_ALL_ORIGINS|ORIGIN_ALLOW_ALL)$/);
  const patterns = named(/^CORS_(ALLOWED_ORIGIN_REGEXES|ORIGIN_REGEX_WHITELIST)$/);
  const isListed = named(/^CORS_(ALLOWED_ORIGINS|ORIGIN_WHITELIST)$/) !== undefined;
  const isOpen = origins.value.some(({ kind }) => kind === 'any' || kind === 'fallback');
  if (everybody !== undefined && isOpen) return switchedOff(everybody, isListed, program);
  if (patterns === undefined) return {};
  const { value } = patterns.entry;
  if (patterns.statement === undefined || value.range.path !== undefined) return { allowOnly: undefined };
  return {
    allowOnly: (names, placeholder) =>
      isListed ? [{ range: value.range, newText: '[]' }] : inPlaceOf(patterns, names, program, placeholder),
  };
}

/** The switch goes, and the list comes unless there is one; nothing where the switch stands in another module. */
function switchedOff(
  everybody: Written,
  isListed: boolean,
  program: Program,
): Pick<PolicyEdits, 'allowOnly' | 'failClosed'> {
  const { statement, entry } = everybody;
  const opening = openingsIn(entry.value).filter(({ range }) => range.path === undefined);
  if (opening.length === 0 || statement === undefined) return { allowOnly: undefined };
  const off = opening.map(({ range }): Edit => ({ range, newText: pythonLiterals.no }));
  return {
    allowOnly: (names, placeholder) => {
      if (isListed) return off;
      if (entry.value.kind === 'boolean') return inPlaceOf(everybody, names, program, placeholder);
      const { start } = statement;
      const line = `${listed(names, program)}${lineEnd(program.text)}${indentationAt(program.text, start)}`;
      return [{ range: { start, end: start }, newText: line, placeholder }, ...off];
    },
    failClosed: () => off,
  };
}

/** The list in place of the whole statement. */
function inPlaceOf(
  { statement }: Written,
  names: readonly string[],
  program: Program,
  placeholder: string | undefined,
): Edit[] {
  return statement ? [{ range: statement, newText: listed(names, program), placeholder }] : [];
}

function listed(names: readonly string[], program: Program): string {
  return `${originOption} = ${pythonLiterals.list(names, pythonLiterals.quote(program.text))}`;
}

/** Every `True` that the switch may be. */
function openingsIn(value: Value): readonly Value[] {
  if (value.kind === 'boolean') return value.value && value.expression?.kind === 'boolean' ? [value] : [];
  if (value.kind === 'environment') return value.fallback ? openingsIn(value.fallback) : [];
  return value.kind === 'one-of' ? value.choices.flatMap((choice) => openingsIn(choice.value)) : [];
}
