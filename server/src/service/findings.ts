/** Runs the rules over what was read, and makes findings of their reports. */
import type { Fact, Policy, Reading } from '../policy/policy.ts';
import { canAlwaysRead, verdictOf } from '../verdict/analyse.ts';
import { phasesOf, switchesOf } from '../policy/phases.ts';
import type { Phase } from '../policy/request-test.ts';
import { rules } from '../rules/index.ts';
import { alternatives, sentence } from '../rules/sentences.ts';
import type { Confidence, Report, Rule, RuleContext, Severity } from '../rules/rule.ts';
import type { SourceRange } from '../syntax/range.ts';
import { problemOf } from './failures.ts';
import type { Finding, LintDocument, Pause } from './lint.ts';
import { namedOrigins } from './named-origins.ts';
import { sourceKind } from './language.ts';
import type { Found } from './one-decision.ts';
import { joinedByDecision, setHere } from './one-decision.ts';
import type { Settings } from './settings.ts';
import { soundFix } from './sound-fix.ts';
import { presentable } from './visible-text.ts';

/** Typed over by the user where neither the settings nor the workspace names an origin. */
export const placeholderOrigin = 'https://app.example.com';

/** A host has 253 letters at most: https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4 */
const longestWitness = 300;

export interface FindingsInput {
  readonly document: LintDocument;
  readonly settings: Settings;
  /** The file serves nobody. */
  readonly isAside: boolean;
  /** What `allowlistOf` makes of the readings. */
  readonly allowlist: RuleContext['allowlist'];
  readonly problems: string[];
  readonly pause: Pause;
}

/**
 * The severity that the settings choose for a rule, `off` when it does not run; undefined leaves it to the rule. A rule for a
 * review runs when its own id is named, but `*` alone does not switch it on.
 */
export function chosenSeverity(rule: Pick<Rule, 'id' | 'profile'>, settings: Settings): Severity | 'off' | undefined {
  const named = settings.rules[rule.id];
  if (named !== undefined) return named;
  return rule.profile === 'thorough' && settings.profile !== 'thorough' ? 'off' : settings.rules['*'];
}

/** A finding before those of one place and one decision are joined. */
export interface Said extends Found {
  /** Which reading, rule and policy it comes from, by their numbers: findings are told in this order where they stand at one place. */
  readonly from: readonly [reading: number, rule: number, policy: number];
}

/** What is known from before: findings that stand, and of which policies and facts these are all. */
export interface SaidBefore {
  readonly said: readonly Said[];
  /** `policy`: its number in the reading, or `factsBehind` for the facts of the reading. */
  isKnown(reading: number, policy: number): boolean;
}

/** The number under which the facts of a reading stand behind its policies. */
export const factsBehind = Number.MAX_SAFE_INTEGER;

export interface Judgement {
  readonly said: readonly Said[];
  /** The policies for which some rule asked which origins an allowlist may hold. */
  readonly askedForAllowlist: ReadonlySet<Policy>;
}

/** What the rules say of all that was read, but for what they have said before. */
export async function judged(
  readings: readonly Reading[],
  input: FindingsInput,
  before?: SaidBefore,
): Promise<Judgement> {
  const { settings, problems, pause } = input;
  const active = rules
    .map((rule) => ({ rule, severity: chosenSeverity(rule, settings) }))
    .filter(({ severity }) => severity !== 'off');
  const askedForAllowlist = new Set<Policy>();
  const contextsOf = contextReader(input, askedForAllowlist);
  const said: Said[] = [];
  for (const [number, { policies, facts, readOnly }] of readings.entries()) {
    const sayings = active.map(({ rule, severity }) => sayingOf(rule, severity, input, readOnly));
    // All that one policy is asked comes at once: what was worked out for it is then of no use any more.
    for (const [at, policy] of policies.entries()) {
      if (before?.isKnown(number, at)) continue;
      await pause();
      const contexts = guarded(policy.framework, problems, () => contextsOf(policy));
      said.push(...(await saidOfPolicy(contexts, sayings, (rule) => [number, rule, at], pause)));
    }
    if (before?.isKnown(number, factsBehind)) continue;
    for (const [rule, { ofFact }] of sayings.entries())
      for (const finding of facts.flatMap(ofFact))
        said.push({ finding, mounted: undefined, from: [number, rule, factsBehind] });
  }
  return { said: [...(before?.said ?? []), ...said].sort(inOrderOfReading), askedForAllowlist };
}

/** Others have their turn between two rules. */
async function saidOfPolicy(
  contexts: readonly ReadContext[],
  sayings: readonly Saying[],
  fromOf: (rule: number) => Said['from'],
  pause: Pause,
): Promise<readonly Said[]> {
  const said: Said[] = [];
  for (const [rule, { ofPolicy }] of sayings.entries())
    for (const read of contexts) {
      const turn = pause();
      if (turn !== undefined) await turn;
      const { mounted } = read.context.policy;
      for (const finding of ofPolicy(read)) said.push({ finding, mounted, from: fromOf(rule) });
    }
  return said;
}

/** What a rule says of one policy, and of one fact of none. */
interface Saying {
  ofPolicy(read: ReadContext): readonly Finding[];
  ofFact(fact: Fact): readonly Finding[];
}

function sayingOf(
  rule: Rule,
  severity: Severity | 'off' | undefined,
  input: FindingsInput,
  readOnly: Reading['readOnly'],
): Saying {
  const collected = collector(rule, severity, input);
  const collect: typeof collected = (...given) =>
    readOnly ? collected(...given).map((finding) => ({ ...finding, fixes: [] })) : collected(...given);
  const isCalm = (phase: Phase): boolean => (phase === 'development' || input.isAside) && severity === undefined;
  return {
    ofPolicy({ context, phase, switches }) {
      const { policy } = context;
      const ofItself = collect(policy, () => rule.policy?.(context));
      const ofFacts = policy.facts.flatMap((fact) => collect(policy, () => rule.fact?.(fact, context)));
      if (ofItself.length === 0 && ofFacts.length === 0) return ofItself;
      const reported = [...ofItself, ...ofFacts];
      const calmed = isCalm(phase) ? reported.map(forInformation) : reported;
      const isOffered = phase === 'opt-in' && rule.isMeantBySwitches === true;
      const named = isOffered ? calmed.map((finding) => withSwitches(finding, switches)) : calmed;
      return isOffered && severity === undefined ? named.map(oneStepLower) : named;
    },
    ofFact(fact) {
      const reported = collect(undefined, () => rule.fact?.(fact, undefined));
      return isCalm('production') ? reported.map(forInformation) : reported;
    },
  };
}

function inOrderOfReading({ from: a }: Said, { from: b }: Said): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** Findings in the order of the text; one per rule and place. */
export function findingsOf(said: readonly Said[], { path, languageId, text }: LintDocument): Finding[] {
  const found = [...said].sort((a, b) => inOrder(a.finding, b.finding));
  const apart = found.filter(({ finding }, at) => at === 0 || !isSamePlace(found[at - 1]!.finding, finding));
  const isProgram = sourceKind(path, languageId, text)?.shape === 'program';
  return joinedByDecision(apart).map((finding) => ({
    ...finding,
    fixes: finding.fixes
      .filter((fix) => !isProgram || fix.edits.every(({ range }) => isOfProgram(range)))
      .flatMap((fix) => soundFix(fix, text) ?? []),
  }));
}

/** What a program writes is written in its own language, which a file of data that it reads is not in. */
function isOfProgram({ path }: SourceRange): boolean {
  return path === undefined || sourceKind(path, undefined, '')?.shape === 'program';
}

const gravest: readonly Severity[] = ['error', 'warning', 'information'];

/** Of several that a rule has at one place, the gravest comes first. */
function inOrder(a: Finding, b: Finding): number {
  return (
    a.range.start - b.range.start ||
    a.range.end - b.range.end ||
    a.rule.localeCompare(b.rule) ||
    gravest.indexOf(a.severity) - gravest.indexOf(b.severity)
  );
}

function isSamePlace(a: Finding, b: Finding): boolean {
  return a.rule === b.rule && a.range.start === b.range.start && a.range.end === b.range.end;
}

interface ReadContext {
  readonly context: RuleContext;
  /**
   * `development`: what the policy does on a developer's machine only, where nobody is at risk whom the product serves. `opt-in`: what it
   * does once somebody switches it on: who gets in then is known to whoever does; what cannot work is as wrong as elsewhere.
   */
  readonly phase: Phase;
  /** Names of what has to be switched on. */
  readonly switches: readonly string[];
}

function forInformation(finding: Finding): Finding {
  return { ...finding, severity: 'information' };
}

function oneStepLower(finding: Finding): Finding {
  return { ...finding, severity: finding.severity === 'error' ? 'warning' : 'information' };
}

/** Whoever reads it asks first whether it concerns the own deployment: which switch opens it. */
function withSwitches(finding: Finding, switches: readonly string[]): Finding {
  if (switches.length === 0) return finding;
  const [what, why, whatToDo] = finding.parts;
  const only = inWords(`This is so only where ${alternatives(switches)} is switched on.`);
  const parts = [what, why === '' ? only : `${only} ${why}`, whatToDo] as const;
  return { ...finding, parts, message: parts.join(' ') };
}

const phaseOrder: readonly Phase[] = ['production', 'opt-in', 'development'];

/** What a policy does in production comes first: what it also does in development is the same finding. */
function contextReader(
  { settings, isAside, allowlist }: FindingsInput,
  askedForAllowlist: Set<Policy>,
): (policy: Policy) => readonly ReadContext[] {
  return (policy) => {
    const phases = phasesOf(policy);
    const contextOf = (one: Policy, phase: Phase): RuleContext => ({
      policy: one,
      verdict: verdictOf(one),
      trustedOrigins: settings.trustedOrigins,
      get allowlist() {
        askedForAllowlist.add(policy);
        return allowlist;
      },
      development: phase === 'development' || isAside || policy.purpose === 'development',
    });
    return phaseOrder.flatMap((phase) => {
      const one = phases[phase];
      return one
        ? [{ context: contextOf(one, phase), phase, switches: phase === 'opt-in' ? switchesOf(policy) : [] }]
        : [];
    });
  };
}

/** What fails is left out, and said. */
function guarded<T>(part: string, problems: string[], run: () => readonly T[]): readonly T[] {
  try {
    return run();
  } catch (error) {
    problems.push(problemOf(part, error));
    return [];
  }
}

/** Trusted origins of the settings, else those that this file names, else those of the workspace, else one to type over. */
export function allowlistOf(readings: readonly Reading[], settings: Settings): RuleContext['allowlist'] {
  const candidates = [
    settings.trustedOrigins,
    namedOrigins(readings.flatMap(({ policies }) => policies)),
    settings.workspaceOrigins ?? [],
  ];
  const origins = candidates.find((list) => list.length > 0);
  return origins ? { origins } : { origins: [placeholderOrigin], placeholder: placeholderOrigin };
}

/** Makes findings of what a rule reports about a policy, or about a fact of none. */
function collector(rule: Rule, chosen: Severity | 'off' | undefined, { document, problems }: FindingsInput) {
  return (policy: Policy | undefined, run: () => Iterable<Report> | undefined): readonly Finding[] => {
    // A rule may fail at its second report; the first one stands.
    const found: Finding[] = [];
    guarded(rule.id, problems, () => {
      for (const report of run() ?? [])
        if (isToldHere(report, policy, document)) found.push(findingOf(report, rule, chosen, policy, document));
      return found;
    });
    return found;
  };
}

/** What another file says is told there, where that file is read by itself. */
function isToldHere({ range }: Report, policy: Policy | undefined, { path }: LintDocument): boolean {
  return policy?.onlyHere !== true || range.path === undefined || range.path === path;
}

function findingOf(
  report: Report,
  rule: Rule,
  chosen: Severity | 'off' | undefined,
  policy: Policy | undefined,
  { path, text }: LintDocument,
): Finding {
  const moved = report.range.path !== undefined && report.range.path !== path;
  const related = [...(moved ? [{ range: report.range, message: setHere }] : []), ...(report.related ?? [])];
  const [what, why, whatToDo] = report.message;
  const parts = [inWords(what), inWords(why), inWords(whatToDo)] as const;
  return {
    rule: rule.id,
    severity: chosen && chosen !== 'off' ? chosen : (report.severity ?? rule.severity),
    confidence: report.confidence ?? confidenceOf(report, policy),
    message: parts.join(' '),
    parts,
    range: clamped(moved && policy ? policy.range : report.range, text),
    // One that is longer than any address is no origin that somebody could have.
    ...(report.witness !== undefined && report.witness.length <= longestWitness && { witness: report.witness }),
    related: related.map(({ range, message }) => ({ range, message: inWords(message) })),
    fixes: (report.fixes ?? []).flatMap((fix) => (fix ? (soundFix(fix, text) ?? []) : [])),
    ...(policy && { framework: policy.framework }),
  };
}

const inWords = (part: string): string => presentable(sentence(part));

/** Who gets in under circumstances that only the run of the program decides likely gets in. */
function confidenceOf({ witness }: Report, policy: Policy | undefined): Confidence {
  if (witness === undefined || policy === undefined) return 'certain';
  const { readers, credentialedReaders } = verdictOf(policy);
  if (!readers.depends && !credentialedReaders.depends) return 'certain';
  return [true, false].some((credentials) => canAlwaysRead(policy, witness, { credentials })) ? 'certain' : 'likely';
}

function clamped(range: SourceRange, text: string): SourceRange {
  const start = Math.min(Math.max(range.start, 0), text.length);
  return { start, end: Math.min(Math.max(range.end, start), text.length) };
}
