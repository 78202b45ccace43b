/** Patterns whose matching time explodes, by static analysis. */
import { RegExpParser } from '@eslint-community/regexpp';
import { analyse } from 'scslre';
import type { Pattern } from '../policy/request-test.ts';

const longestSource = 200;

/** True when the analysis finds exponential matching time; false also when the pattern is too long or cannot be read. */
export function isExponential(pattern: Pattern): boolean {
  if (pattern.source.length > longestSource) return false;
  try {
    const parser = new RegExpParser();
    const ast = parser.parsePattern(pattern.source);
    const flags = parser.parseFlags(pattern.flags.replace(/[^dgimsuvy]/g, ''));
    return analyse({ pattern: ast, flags }, { maxReports: 5, reportTypes: { Move: false } }).reports.some((report) => report.exponential);
  } catch {
    return false;
  }
}
