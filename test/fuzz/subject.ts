/** The linter as it is put to the test: with files of its own around it, steps that are counted, and trees that must be given back. */
import { Parser, Tree } from '@vscode/tree-sitter-wasm';
import { nodeHost } from '../../server/src/node/host.ts';
import { stepsSoFar } from '../../server/src/policy/condition-walk.ts';
import { statesBuiltSoFar } from '../../server/src/policy/patterns/automaton.ts';
import { applyEdits } from '../../server/src/service/apply-edits.ts';
import { createLinter } from '../../server/src/service/linter.ts';
import type { LintHost, Linter, LintResult } from '../../server/src/service/lint.ts';
import { defaultSettings } from '../../server/src/service/settings.ts';
import type { Settings } from '../../server/src/service/settings.ts';
import { documentFaults, faultsOf, fixedFaults, told } from './invariants.ts';
import type { Mutant } from './mutations.ts';

/** All rules, and no folder of tests that is for development only. */
const settings: Settings = { ...defaultSettings, profile: 'thorough', development: [] };

/** A lint may take so much. Of a million mutants one took more than 50,000 steps, a tenth of a second, and none 80,000 states. */
const budget = { steps: 100_000, states: 80_000 };
/** So long were they, in UTF-16 units; what a longer one may take grows with it. */
const usualLength = 20_000;

/** The first turns are those of what takes a lint or a report of its own; the others are of more texts for the same time. */
export const turns = 8;

export interface Subject {
  /** Everything that is wrong with what comes of this text; empty when nothing is. What takes a lint or a report of its own takes turns. */
  faults(mutant: Mutant, turn: number): Promise<string[]>;
}

/** `files` are there for imports, by path. */
export function createSubject(files: ReadonlyMap<string, string>): Subject {
  const host: LintHost = {
    loadGrammar: nodeHost().loadGrammar,
    readFile: (file) => Promise.resolve(files.get(file)),
    listFolder: (folder) => Promise.resolve(namesIn(files, folder)),
  };
  const linter = createLinter(host);
  return {
    async faults(mutant, turn) {
      const open = openTrees();
      const before = { steps: stepsSoFar(), states: statesBuiltSoFar() };
      readings.length = 0;
      const result = await lint(linter, mutant.path, mutant.text);
      const isSound = readings.length > 0 && !readings.includes('broken');
      return [
        ...budgetFaults(mutant.text, stepsSoFar() - before.steps, statesBuiltSoFar() - before.states),
        ...faultsOf(mutant.path, mutant.text, result),
        ...(turn % turns === 0 ? await repeatFaults(linter, mutant, result) : []),
        ...(turn % turns === 1 ? await editFaults(linter, mutant, result) : []),
        ...(turn % turns === 2 ? await fixFaults(linter, mutant, result, isSound) : []),
        ...(turn % turns === 3 ? documentFaults(mutant.path, mutant.text, result) : []),
        ...(openTrees() === open ? [] : [`${openTrees() - open} trees are not given back`]),
      ];
    },
  };
}

async function lint(linter: Linter, path: string, text: string): Promise<LintResult> {
  const result = await linter.lint({ path, text }, settings);
  linter.release(result.memory);
  return result;
}

/** The same text gives the same findings. */
async function repeatFaults(linter: Linter, { path, text }: Mutant, result: LintResult): Promise<string[]> {
  return told(await lint(linter, path, text)) === told(result) ? [] : ['the second lint gives other findings'];
}

/** What is remembered of the text before the change gives no other findings than a first look. */
async function editFaults(linter: Linter, { path, text, original }: Mutant, result: LintResult): Promise<string[]> {
  const { memory } = await linter.lint({ path, text: original }, settings);
  const edited = await linter.lint({ path, text }, settings, memory);
  linter.release(edited.memory);
  linter.release(memory);
  return told(edited) === told(result) ? [] : ['after an edit the findings are not those of a first look'];
}

/** `isSound`: the program is one that its own grammar takes, so that a safe fix takes its finding away. */
async function fixFaults(
  linter: Linter,
  { path, text }: Mutant,
  result: LintResult,
  isSound: boolean,
): Promise<string[]> {
  const safe = result.findings.flatMap(({ rule, fixes }) =>
    fixes
      .filter(({ safety, edits }) => safety === 'safe' && edits.every(({ range }) => range.path === undefined))
      .map((fix) => ({ rule, fix })),
  );
  const faults: string[] = [];
  for (const { rule, fix } of safe.slice(0, 3)) {
    const fixed = applyEdits(text, fix.edits);
    const after = await lint(linter, path, fixed);
    faults.push(...fixedFaults(path, fixed, `of ${rule}`, after));
    if (isSound && countOf(after, rule) >= countOf(result, rule))
      faults.push(`the safe fix of ${rule} leaves it there`);
  }
  return faults;
}

function countOf({ findings }: LintResult, rule: string): number {
  return findings.filter((finding) => finding.rule === rule).length;
}

function budgetFaults(text: string, steps: number, states: number): string[] {
  const share = Math.max(1, text.length / usualLength);
  return [
    ...(steps > share * budget.steps ? [`${steps} steps`] : []),
    ...(states > share * budget.states ? [`${states} states of automata`] : []),
  ];
}

function namesIn(files: ReadonlyMap<string, string>, folder: string): readonly string[] {
  return [...files.keys()]
    .filter((file) => file.startsWith(`${folder}/`))
    .map((file) => file.slice(folder.length + 1))
    .filter((name) => !name.includes('/'));
}

let made = 0;
let freed = 0;
/** How the programs of the present text were read. */
const readings: ('whole' | 'broken')[] = [];

/** Trees live in WebAssembly memory, which nothing collects. Counted from the first question on. */
function openTrees(): number {
  countTrees();
  return made - freed;
}

let counted = false;
function countTrees(): void {
  if (counted) return;
  counted = true;
  const { parse } = Parser.prototype;
  Parser.prototype.parse = function (this: Parser, ...args) {
    const tree = parse.apply(this, args);
    if (tree !== null) {
      made += 1;
      readings.push(tree.rootNode.hasError ? 'broken' : 'whole');
    }
    return tree;
  };
  const { copy, delete: free } = Tree.prototype;
  Tree.prototype.copy = function (this: Tree) {
    made += 1;
    return copy.call(this);
  };
  Tree.prototype.delete = function (this: Tree) {
    freed += 1;
    free.call(this);
  };
}
