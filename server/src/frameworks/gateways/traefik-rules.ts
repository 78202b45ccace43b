/** The rules of Traefik's routers: which requests they take, as far as methods and headers decide it. */
import type { SourceRange } from '../../syntax/range.ts';
import type { Barrier, RouteWay } from '../../models/gateways/missed-routes.ts';
import { headerBarrier, methodBarrier } from '../../models/gateways/missed-routes.ts';
import { matchesSource } from './text-matches.ts';

/** What a rule, or a part of it, takes. */
interface Taken {
  /** What stops a preflight, or nothing. */
  readonly barrier?: Barrier | undefined;
  /** Absent where it takes all of them, or more than can be listed. */
  readonly hosts?: readonly string[] | undefined;
  readonly paths?: readonly string[] | undefined;
}

/** The ways of a rule such as ``Host(`a`) && (Method(`GET`) || Headers(`X-Tenant`, `blue`))``; none where it cannot be read. */
export function waysOfRule(rule: string, range: SourceRange): RouteWay[] {
  const taken = new RuleReader(rule, range).read();
  // Which paths a pattern is for cannot be compared with others.
  if (taken === 'unreadable' || /\bPathRegexp\b/.test(rule)) return [];
  const { barrier, hosts, paths } = taken;
  return (paths ?? [undefined]).map((path) => ({ path, hosts, barrier }));
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

  read(): Taken | 'unreadable' {
    if (!this.tokens) return 'unreadable';
    const taken = this.alternatives(0);
    return this.at === this.tokens.length ? taken : 'unreadable';
  }

  /** One of them is enough. */
  private alternatives(depth: number): Taken {
    const found = [this.conjunction(depth)];
    while (this.takes('||')) found.push(this.conjunction(depth));
    const together = (lists: readonly (readonly string[] | undefined)[]): readonly string[] | undefined =>
      lists.every((list) => list !== undefined) ? lists.flat() : undefined;
    return {
      barrier: found.some(({ barrier }) => barrier === undefined) ? undefined : found[0]!.barrier,
      hosts: together(found.map(({ hosts }) => hosts)),
      paths: together(found.map(({ paths }) => paths)),
    };
  }

  private conjunction(depth: number): Taken {
    const found = [this.part(depth)];
    while (this.takes('&&')) found.push(this.part(depth));
    const first = <Key extends keyof Taken>(key: Key): Taken[Key] => found.find((one) => one[key] !== undefined)?.[key];
    return { barrier: first('barrier'), hosts: first('hosts'), paths: first('paths') };
  }

  private part(depth: number): Taken {
    if (depth > deepest) return {};
    if (this.takes('!')) {
      const denied = this.tokens?.[this.at];
      this.part(depth + 1);
      const isMethod = denied !== undefined && /^Method/.test(denied);
      return isMethod ? { barrier: this.ofMethods(denied, true) } : {};
    }
    if (this.takes('(')) {
      const inside = this.alternatives(depth + 1);
      this.takes(')');
      return inside;
    }
    const call = this.tokens?.[this.at++] ?? '';
    if (/^Method/.test(call)) return { barrier: this.ofMethods(call, false) };
    if (/^Header(s|sRegexp|Regexp)?\s*\(/.test(call))
      return { barrier: headerBarrier(textsOf(call)[0] ?? 'origin', this.range) };
    if (/^Host\s*\(/.test(call)) return { hosts: textsOf(call).map((host) => host.toLowerCase()) };
    return /^Path(Prefix)?\s*\(/.test(call) ? { paths: textsOf(call) } : {};
  }

  private ofMethods(call: string, denied: boolean): Barrier | undefined {
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
