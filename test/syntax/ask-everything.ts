/** What the tests of all readers of programs share: everything is asked, as somebody may who meets half-typed text. */
import assert from 'node:assert/strict';
import type { Program } from '../../server/src/syntax/programs/program.ts';

/** Every range that anything has, what these names are bound to included, lies inside of the text. */
export function assertRangesInside(program: Program, names: readonly string[], text: string): void {
  const identifiers = names.flatMap((name) => program.identifiers(name));
  const found = [
    ...identifiers,
    ...identifiers.map((identifier) => program.resolve(identifier)),
    ...program.strings(/./),
    ...program.comments,
    ...program.imports,
    ...program.body,
    ...program.exports.values(),
  ];
  const seen = new Set<unknown>();
  for (const one of found)
    everything(one, seen, (range) =>
      assert.ok(
        range.start >= 0 && range.start <= range.end && range.end <= text.length,
        JSON.stringify({ text, range }),
      ),
    );
}

/** Asks for everything below a node, lazily computed members included. */
function everything(node: unknown, seen: Set<unknown>, visit: (range: { start: number; end: number }) => void): void {
  if (typeof node !== 'object' || node === null || seen.has(node)) return;
  seen.add(node);
  const names = new Set(Object.keys(node));
  for (
    let of: unknown = Object.getPrototypeOf(node);
    of !== null && of !== Object.prototype;
    of = Object.getPrototypeOf(of)
  )
    for (const name of Object.getOwnPropertyNames(of)) names.add(name);
  for (const name of names) {
    if (name === 'scope' || name === 'constructor') continue;
    const value = (node as Record<string, unknown>)[name];
    if (/range$/i.test(name) && value) visit(value as { start: number; end: number });
    else everything(value, seen, visit);
  }
}
