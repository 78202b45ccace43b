/**
 * What decides who gets in where an annotation stands: Spring joins the mappings of the whole application with it, and a default gives way
 * to what these name; a filter answers before Spring comes to the annotation at all.
 *
 * https://docs.spring.io/spring-framework/docs/current/javadoc-api/org/springframework/web/cors/CorsConfiguration.html#combine(org.springframework.web.cors.CorsConfiguration)
 */
import type { Program } from '../../../syntax/programs/program.ts';
import type { SourceRange } from '../../../syntax/range.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { neighbours } from './neighbours.ts';

/** A mapping of its own for a path, or a configuration that a filter is given. */
const mapped = /\.addMapping\(\s*([^()]*)\)/g;
const filtered = /\bregisterCorsConfiguration\(\s*([^,()]*),/g;
const namesOrigins = /\.allowedOrigin(?:s|Patterns)\s*\(/;
/** Spring's own filter, or the one that Spring Security puts into its chain. */
const asksFilter = /\bCorsFilter\s*\(|\.cors\s*\((?!\s*\w+::disable)|\bcors\s*\{/;

/** What an annotation for the path leaves its origins to where it names none. */
export function decidedBefore(
  path: string | undefined,
  program: Program,
  context: ProgramContext,
): SourceRange | undefined {
  const others = neighbours(program, context).map((file) => ({ path: file, text: context.readFile(file) ?? '' }));
  const files: readonly ReadFile[] = [{ text: program.text.slice(0) }, ...others];
  const isFiltered = files.some(({ text }) => asksFilter.test(text));
  for (const file of files) {
    const isMapped = namesOrigins.test(file.text);
    const found = (isMapped && covering(mapped, path, file)) || (isFiltered && covering(filtered, path, file));
    if (found) return found;
  }
  return undefined;
}

interface ReadFile {
  /** None: the file that is read. */
  readonly path?: string;
  readonly text: string;
}

/** The first of these patterns of paths that holds the path; what is not written out may. */
function covering(patterns: RegExp, path: string | undefined, { text, ...file }: ReadFile): SourceRange | undefined {
  const found = [...text.matchAll(patterns)].find(([, given = '']) => {
    const pattern = /^"([^"]*)"$/.exec(given.trim())?.[1];
    if (pattern === undefined || path === undefined) return true;
    const whole = path.startsWith('/') ? path : `/${path}`;
    return pattern.includes('*') ? `${whole}/`.startsWith(pattern.replace(/\*.*$/, '')) : whole === pattern;
  });
  return found && { ...file, start: found.index, end: found.index + found[0].length };
}
