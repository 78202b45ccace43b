/** Fields of a struct stay in line, as `gofmt` writes them. */
import assert from 'node:assert/strict';
import { aligned } from '../../server/src/edits/go-alignment.ts';
import { applyEdits } from '../../server/src/service/apply-edits.ts';

const struct = (...lines: readonly string[]) => `x := T{\n${lines.map((line) => `\t${line}\n`).join('')}}\n`;

/** The struct with the field of the old name replaced, or taken away with its line. */
function changed(source: string, old: string, name?: string): string {
  const start = source.indexOf(old);
  const range = { start, end: source.indexOf(',\n', start) };
  const { blanks, others } = aligned(source, range, name);
  const whole = { start: start - 1, end: range.end + 2 };
  const own = name === undefined ? { range: whole, newText: '' } : { range, newText: `${name}:${blanks}1` };
  return applyEdits(source, [own, ...others]);
}

describe('fields of a struct in Go', () => {
  it('get the blanks of the lines around them', () => {
    const source = struct('A:   1,', 'Bcd: 2,');
    assert.equal(changed(source, 'A:', 'Ab'), struct('Ab:  1,', 'Bcd: 2,'));
  });

  it('move the others where they are longer', () => {
    const source = struct('A:   1,', 'Bcd: 2,', 'E:   3,');
    assert.equal(changed(source, 'A:', 'Longer'), struct('Longer: 1,', 'Bcd:    2,', 'E:      3,'));
  });

  it('let the others move back where the longest one goes', () => {
    const source = struct('A:      1,', 'Longest: 2,', 'Bc:     3,');
    assert.equal(changed(source, 'Longest:'), struct('A:  1,', 'Bc: 3,'));
  });

  it('leave what stands behind a value of several lines', () => {
    const source = struct('Longest: 1,', 'B: []string{', '\t"x",', '},', 'C:  2,', 'De: 3,');
    assert.equal(changed(source, 'C:', 'F'), struct('Longest: 1,', 'B: []string{', '\t"x",', '},', 'F:  1,', 'De: 3,'));
  });
});
