/** The rules of Traefik's routers: which requests they take, as far as methods and headers decide it. */
import type { SourceRange } from '../../syntax/range.ts';
import type { Barrier, RouteWay } from '../../models/gateways/missed-routes.ts';
import { headerBarrier, methodBarrier } from '../../models/gateways/missed-routes.ts';
import { matchesSource } from './text-matches.ts';

/** What a rule, or a part of it, comes to for a preflight: what stops it, or nothing. */
type Outcome = Barrier | undefined;

/** The ways of a rule such as ``Host(`a`) && (Method(`GET`) || Headers(`X-Tenant`, `blue`))``; none where it cannot be read. */
export function waysOfRule(rule: string, range: SourceRange): RouteWay[] {
  const outcome = new RuleReader(rule, range).read();
  if (outcome === 'unreadable') return [];
  const path = /\bPath(?:Prefix)?\(\s*[`"]([^`"]*)[`"]\s*\)/.exec(rule)?.[1];
  return [{ path: /\bPath/.test(rule) && /\|\||!/.test(rule) ? undefined : path, barrier: outcome }];
}

const token = /\s*(&&|\|\||!|\(|\)|[A-Za-z]+\s*\((?:\s*(?:`[^`]*`|"[^"]*")\s*,?)*\s*\))/y;
const deepest = 30;

class RuleReader {
  private readonly tokens: string[] | undefined;
  private at = 0;

  constructor(
    rule: string,
    private readonly range: SourceRange,
  ) {
    const tokens: string[] = [];
    token.lastIndex = 0;
    let end = 0;
    for (let found = token.exec(rule); found; found = token.exec(rule)) {
      tokens.push(found[1]!);
      end = token.lastIndex;
    }
    this.tokens = rule.slice(end).trim() === '' && tokens.length > 0 ? tokens : undefined;
  }

  read(): Outcome | 'unreadable' {
    if (!this.tokens) return 'unreadable';
    const outcome = this.alternatives(0);
    return this.at === this.tokens.length ? outcome : 'unreadable';
  }

  /** One of them is enough. */
  private alternatives(depth: number): Outcome {
    const found = [this.conjunction(depth)];
    while (this.takes('||')) found.push(this.conjunction(depth));
    return found.some((one) => one === undefined) ? undefined : found[0];
  }

  private conjunction(depth: number): Outcome {
    const found = [this.part(depth)];
    while (this.takes('&&')) found.push(this.part(depth));
    return found.find((one) => one !== undefined);
  }

  private part(depth: number): Outcome {
    if (depth > deepest) return undefined;
    if (this.takes('!')) {
      const denied = this.tokens?.[this.at];
      this.part(depth + 1);
      const isMethod = denied !== undefined && /^Method/.test(denied);
      return isMethod ? this.ofMethods(denied, true) : undefined;
    }
    if (this.takes('(')) {
      const inside = this.alternatives(depth + 1);
      this.takes(')');
      return inside;
    }
    const call = this.tokens?.[this.at++] ?? '';
    if (/^Method/.test(call)) return this.ofMethods(call, false);
    if (/^Header(s|sRegexp|Regexp)?\s*\(/.test(call)) return headerBarrier(textsOf(call)[0] ?? 'origin', this.range);
    return undefined;
  }

  private ofMethods(call: string, denied: boolean): Outcome {
    const texts = textsOf(call);
    const isPattern = /^MethodRegexp/.test(call);
    return methodBarrier((method) => {
      const taken = isPattern ? matchesSource(texts[0] ?? '.*')(method) : texts.includes(method);
      return taken === undefined ? undefined : taken !== denied;
    }, this.range);
  }

  private takes(sign: string): boolean {
    if (this.tokens?.[this.at] !== sign) return false;
    this.at++;
    return true;
  }
}

function textsOf(call: string): string[] {
  return [...call.matchAll(/[`"]([^`"]*)[`"]/g)].map(([, text]) => text!);
}
