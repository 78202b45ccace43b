/**
 * Spring Security in front of Spring's CORS: a chain without `.cors(…)` refuses the preflight, which carries no credentials, before Spring
 * answers it.
 *
 * https://docs.spring.io/spring-security/reference/servlet/integrations/cors.html
 */
import type { Fact } from '../../../policy/policy.ts';
import type { SourceRange } from '../../../syntax/range.ts';
import type { Call, FunctionExpression, Node, Program } from '../../../syntax/programs/program.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { stepsBehind } from '../../../models/libraries/builder-steps.ts';
import { methodCalls } from '../../../models/libraries/imported-calls.ts';
import { parameterOfType } from '../../../models/handlers/handler-parts.ts';
import { pathOf } from './configurations.ts';
import { neighbours } from './neighbours.ts';

const chain = /\b(?:SecurityFilterChain|WebSecurityConfigurerAdapter)\b/;
/** What lets preflights through in another way. */
const letsThrough =
  /\bHttpMethod\.OPTIONS\b|"OPTIONS"|isPreFlightRequest|\bsecurityMatchers\(|\brequestMatchers\(\)|\bignoring\(\)/;
/** What answers them before the chain does. */
const answersBefore = /\bCorsFilter\b|\bFilterRegistrationBean\b|addFilter\w*\([^;{}]*[cC]ors/;
/** What the chain that takes everything does to the CORS that this file or its neighbours set up. */
export function securityFacts(program: Program, context: ProgramContext): Fact[] {
  if (!program.text.has(chain) || program.text.has(letsThrough) || program.text.has(answersBefore)) return [];
  const { configured, others } = chainsOf(program) ?? {};
  const answering = methodCalls(program, 'cors').filter((call) => !isOff(call));
  if (configured === undefined || others === undefined || answering.some((call) => isIn(configured, call))) return [];
  const source = answering.length === 0 && others.length === 0 ? unusedSource(program) : undefined;
  if (source) return isAlone(neighbours(program, context), context) ? [source] : [];
  const refused = methodCalls(program, 'authenticated').find((call) => isIn(configured, call) && isForAnyRequest(call));
  const beside = refused === undefined ? [] : neighbours(program, context);
  if (refused === undefined || !isAlone(beside, context)) return [];
  const places = [...corsIn(program, context), ...corsBeside(beside, context)];
  const covered = places.find((place) => !isOpen(place, configured.text) && !others.some((one) => meets(place, one)));
  return covered ? [lockedOut(refused, covered.range, program.path)] : [];
}

interface Chains {
  /** The one chain that is asked for every path that no other takes. */
  readonly configured: FunctionExpression;
  /** What the others take: the text before the first star of each. */
  readonly others: readonly string[];
}

/** The methods that are handed an `HttpSecurity`; undefined where the text does not say which chain takes what. */
function chainsOf(program: Program): Chains | undefined {
  const calls = ['authorizeHttpRequests', 'authorizeRequests', 'csrf', 'build'].flatMap((name) =>
    methodCalls(program, name),
  );
  const found = new Map(calls.flatMap((call) => chainAround(call) ?? []).map((fn) => [fn.range.start, fn]));
  if ([...program.text.matchAll(/\bHttpSecurity\s+\w+\s*[,)]/g)].length !== found.size) return undefined;
  const chains = [...found.values()];
  const [configured, ...more] = chains.filter(({ text }) => !/\bsecurityMatcher\(/.test(text));
  const others = chains.filter((one) => one !== configured).map(({ text }) => matchedBy(text));
  const isKnown = more.length === 0 && others.every((paths) => paths.length > 0);
  return configured && isKnown ? { configured, others: others.flat() } : undefined;
}

function chainAround(call: Call): FunctionExpression | undefined {
  for (let node: Node | undefined = call.parent; node; node = node.parent)
    if (node.kind === 'function' && parameterOfType(node, /(^|\.)HttpSecurity$/)) return node;
  return undefined;
}

/** `http.securityMatcher("/actuator/**", "/internal/**")`; none where one is no text. */
function matchedBy(chainText: string): string[] {
  const [, given] = /\bsecurityMatcher\(\s*((?:"[^"]*"\s*,?\s*)+)\)/.exec(chainText) ?? [];
  return [...(given ?? '').matchAll(/"([^"]*)"/g)].map(([, path = '']) => path.replace(/\*.*$/, ''));
}

/** Whether the two may be about the same path. */
function meets({ path }: CorsPlace, taken: string): boolean {
  const whole = `${path.startsWith('/') ? '' : '/'}${path}`.replace(/\*.*$/, '');
  return path.includes('*') && whole === '/' ? false : whole.startsWith(taken) || taken.startsWith(whole);
}

function isIn({ range: { start, end } }: FunctionExpression, { range }: Call): boolean {
  return start <= range.start && range.end <= end;
}

/** `.cors(AbstractHttpConfigurer::disable)`, `.cors(cors -> cors.disable())`, `.cors().disable()`. */
function isOff(call: Call): boolean {
  const [given] = call.arguments;
  return given
    ? /::\s*disable$|\.disable\(\)\s*;?\s*\}?$/.test(given.value.text)
    : stepsBehind(call)[0]?.name === 'disable';
}

/** `anyRequest().authenticated()` */
function isForAnyRequest({ callee }: Call): boolean {
  return callee.kind === 'member' && /\banyRequest\(\)$/.test(callee.object.text);
}

/** A bean that only Spring Security would ask; one of the wider type is taken by itself. */
function unusedSource({ text }: Program): Fact | undefined {
  const found = text.match(
    /@Bean\b(?:\s*\([^()]*\))?\s+(?:public\s+|protected\s+)?(CorsConfigurationSource)\s+(\w+)\s*\(/,
  );
  if (found === null) return undefined;
  const start = found.index! + found[0].lastIndexOf(found[2]!);
  return {
    kind: 'middleware-not-used',
    range: { start, end: start + found[2]!.length },
    why: 'Spring Security asks this bean where its chain has .cors(…), and the chain of this file has none.',
    instead: 'Write .cors(Customizer.withDefaults()) in the chain.',
  };
}

interface CorsPlace {
  readonly range: SourceRange;
  /** Below which path it counts. */
  readonly path: string;
}

/** The mappings of this file. */
function corsIn(program: Program, context: ProgramContext): CorsPlace[] {
  return methodCalls(program, 'addMapping').map((call) => ({
    range: call.range,
    path: pathOf(call.arguments[0], context) ?? '/',
  }));
}

/** Mappings and annotations in files of the packages around this one. */
function corsBeside(files: readonly string[], context: ProgramContext): CorsPlace[] {
  return files.flatMap((path): CorsPlace[] => {
    const text = context.readFile(path);
    const [found] = text?.matchAll(/^[ \t]*(@CrossOrigin\b)|\.addMapping\(\s*"([^"]*)"/gm) ?? [];
    if (found === undefined || text === undefined) return [];
    const [whole, annotation, mapped] = found;
    const start = found.index + (annotation === undefined ? 0 : whole.indexOf(annotation));
    const range = { path, start, end: found.index + whole.length };
    const ofClass = /@(?:Request|Get|Post|Put|Patch|Delete)Mapping\(\s*(?:(?:value|path)\s*=\s*)?\{?\s*"([^"]*)"/.exec(
      text,
    );
    return [{ range, path: mapped ?? ofClass?.[1] ?? '/' }];
  });
}

/** Paths that the chain lets everybody into may be those that CORS is for. */
function isOpen({ path }: CorsPlace, chainText: string): boolean {
  if (!/\.permitAll\(\)/.test(chainText)) return false;
  const whole = `${path.startsWith('/') ? '' : '/'}${path}`.replace(/\*.*$/, '');
  if (whole === '/' && path.includes('*')) return false;
  const permitted = [...chainText.matchAll(/[mM]atchers\(([^()]*)\)\s*\.permitAll/g)].flatMap(([, given = '']) =>
    [...given.matchAll(/"([^"]*)"/g)].map(([, one = '']) => one.replace(/\*.*$/, '')),
  );
  const isPlain = [...chainText.matchAll(/\.permitAll/g)].length === permittedCalls(chainText);
  return !isPlain || permitted.some((one) => whole.startsWith(one) || one.startsWith(whole));
}

/** How many of them have paths that are written out; logins and their forms are no paths of controllers. */
function permittedCalls(chainText: string): number {
  return [
    ...chainText.matchAll(
      /[mM]atchers\(\s*(?:"[^"]*"\s*,?\s*)+\)\s*\.permitAll|(?:form(?:Login)?|login|logout)\w*[^;]{0,120}?\.permitAll/g,
    ),
  ].length;
}

/** Nobody else builds a chain, or answers preflights before it. */
function isAlone(files: readonly string[], context: ProgramContext): boolean {
  return files.every((path) => {
    const text = context.readFile(path);
    return (
      !text?.match(chain) && !text?.match(/\b(?:CorsFilter|FilterRegistrationBean|OncePerRequestFilter[^;]*[cC]ors)\b/)
    );
  });
}

function lockedOut(refused: Call, related: SourceRange, path: string): Fact {
  const { range } = refused;
  const isHere = related.path === undefined || related.path === path;
  return {
    kind: 'unhandled-preflight',
    range: isHere ? related : { ...range, start: range.end - '.authenticated()'.length },
    needs: 'what needs a login here',
    why: 'Spring Security refuses the preflight, which carries no credentials, before Spring answers it.',
    related: isHere ? range : related,
    relatedMessage: isHere ? 'This refuses it.' : 'CORS is set up here.',
    instead: 'Write .cors(Customizer.withDefaults()) in the chain.',
  };
}
