/** The Directives shape: name, arguments, block (nginx, Apache, Caddy, HAProxy, lighttpd, Varnish). */
import type { SourceRange } from '../range.ts';
import type { Comment } from '../programs/program.ts';

export type DirectiveFormat = 'nginx' | 'apache' | 'caddyfile' | 'haproxy' | 'lighttpd' | 'vcl';

export interface DirectiveDocument {
  readonly shape: 'directives';
  readonly format: DirectiveFormat;
  readonly path: string;
  readonly text: string;
  readonly directives: readonly Directive[];
  readonly comments: readonly Comment[];
}

export interface Directive {
  readonly name: string;
  readonly nameRange: SourceRange;
  readonly args: readonly Word[];
  /** Undefined when the directive ends with `;`; empty for `{}`. */
  readonly block?: readonly Directive[];
  /** Range between the braces. */
  readonly blockRange?: SourceRange;
  readonly range: SourceRange;
  readonly parent?: Directive;
  /** False for a directive that the user is still typing (no `;` or `}` yet). */
  readonly complete: boolean;
}

export interface Word {
  /** After unquoting and unescaping; variables are not expanded. */
  readonly text: string;
  /** With quotes. */
  readonly range: SourceRange;
  /** Without quotes. */
  readonly contentRange: SourceRange;
  readonly quote: '' | '"' | "'" | '`';
}
