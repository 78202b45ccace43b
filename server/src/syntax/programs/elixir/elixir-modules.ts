/** What an Elixir file takes from other modules, and the functions of its own. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { DeclaredName } from '../language-adapter.ts';
import type { Expression, Import } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import {
  argumentsOf,
  bareName,
  clausesOf,
  doBlockOf,
  isDefinition,
  isModule,
  keywordValue,
  nameOfDefinition,
} from './elixir-forms.ts';

/** `alias MyApp.Origins, as: O`, `import MyApp.Cors`, `use Corsica.Router, …`. */
export function readImports(reader: Reader): Import[] {
  return [...reader.text.matchAll(/^[ \t]*(?:alias|import|use|require)[ \t(]/gm)].flatMap(({ index, 0: written }) => {
    const call = reader.nodeAt(index + written.search(/\S/))?.parent ?? null;
    return call && /^(alias|import|use|require)$/.test(bareName(call) ?? '') ? importsOf(call) : [];
  });
}

function importsOf(call: SyntaxNode): Import[] {
  const first = named(argumentsOf(call))[0];
  const range = rangeOf(call);
  if (first?.type !== 'alias')
    return severalOf(first).map((module) => ({ module, imported: '*', local: lastOf(module), typeOnly: false, range }));
  const module = first.text;
  const local = keywordValue(call, 'as')?.text ?? lastOf(module);
  const isAlias = bareName(call) === 'alias';
  return [
    {
      module,
      imported: '*',
      ...(isAlias && { local }),
      typeOnly: false,
      range,
      ...(bareName(call) === 'import' && { everything: true as const }),
    },
  ];
}

/** `alias MyApp.{Origins, Cors}`. */
function severalOf(node: SyntaxNode | undefined): string[] {
  const [, home, members] = /^([\w.]+)\.\{([\s\S]*)\}$/.exec(node?.text ?? '') ?? [];
  return members === undefined ? [] : members.split(',').map((member) => `${home}.${member.trim()}`);
}

function lastOf(module: string): string {
  return module.slice(module.lastIndexOf('.') + 1);
}

/** A module by a name that the file does not define: the one that it is an alias of, or the module of that name. */
export function moduleNamed(name: string, reader: Reader): DeclaredName | undefined {
  if (!/^[A-Z][\w.]*$/.test(name)) return undefined;
  const [first, ...rest] = name.split('.');
  const alias = reader.imports.find(({ local }) => local === first);
  const module = alias ? [alias.module, ...rest].join('.') : name;
  const range = alias?.range ?? { start: 0, end: 0 };
  return {
    scope: reader.tree.rootNode,
    binding: {
      name,
      kind: 'import',
      nameRange: range,
      path: [],
      import: { module, imported: '*', local: name, typeOnly: false, range },
    },
  };
}

/** The functions of the file's modules, by their names: what is called without arguments is seen by its value. */
export function readExports(reader: Reader): Map<string, Expression> {
  const found = new Map<string, Expression>();
  for (const module of named(reader.tree.rootNode).filter(isModule))
    for (const child of named(doBlockOf(module))) {
      const name = isDefinition(child) && bareName(child) === 'def' ? nameOfDefinition(child) : null;
      if (!name || clausesOf(child)[0]?.id !== child.id) continue;
      // One of two forms is not known by its name.
      const one = found.has(name.text)
        ? { kind: 'unknown' as const }
        : { kind: 'identifier' as const, name: name.text };
      found.set(name.text, reader.made(name, rangeOf(name), one) as Expression);
    }
  return found;
}
