/**
 * CORS settings of proxies, meshes and API gateways that compare the origin themselves: lists of origins, methods and
 * headers in front of an application. How each product answers is data; where its settings stand is its own file.
 */
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { Fact, OriginEntry, PolicyEdits } from '../../policy/policy.ts';
import type { Pattern, RequestTest } from '../../policy/request-test.ts';
import type { SettingPlace } from './setting-places.ts';

/** How a product answers. */
export interface GatewayCors {
  readonly framework: string;
  readonly title: string;
  /** What an origin that comes in by `*` gets: `*`, itself, or itself only where credentials are on. */
  readonly open: 'literal' | 'reflect' | 'reflect-with-credentials';
  /** `*`, or what is sent as it stands, is sent to requests without Origin too. */
  readonly openToAll?: boolean;
  /** The first text that fits is what counts: an origin that stands before `*` gets itself. */
  readonly inOrder?: boolean;
  /** A request without Origin that comes in by `*` or by a pattern gets an empty header. */
  readonly emptyWithoutOrigin?: boolean;
  /** Who gets `Access-Control-Allow-Credentials` and the names: the origins that are let in, or everybody. */
  readonly credentialsFor: 'allowed' | 'everybody';
  /** `unless-open`: not where `*` is sent. `upstream`: it sends none, what stands behind it may. */
  readonly vary: 'always' | 'unless-open' | 'not-on-preflights' | 'upstream' | 'never';
  /** Methods, headers and age are on answers to preflights, or on all. */
  readonly preflightHeaders: 'preflight' | 'every';
  /** Answers to preflights hold the exposed headers too, as they do where every header is on all answers. */
  readonly exposesOnPreflights?: boolean;
  /** What is in force without a setting. */
  readonly defaults: {
    readonly credentials: boolean;
    readonly methods?: string;
    readonly allowedHeaders?: string | 'reflect';
    readonly maxAge?: string;
  };
  /** Preflights of origins that are not let in get everything but their origin. */
  readonly answersRefused?: boolean;
  /** `*` among methods or headers is answered by what was asked for; `alone`: only where nothing else is listed. */
  readonly reflectsNames: boolean | 'alone';
  /** Only the method and headers that were asked for are answered, and only where all of them are allowed. */
  readonly answersAsked?: boolean;
  /** A single origin without a pattern is sent to everybody, as it stands. */
  readonly singleAsIs?: boolean;
  /** Status of preflights from origins that are let in, and of others; null where the application decides it. */
  readonly preflightStatus: { readonly allowed: number | null; readonly refused: number | null };
}

/** The settings of one place, as the product's file found them. */
export interface GatewayInput {
  readonly gateway: GatewayCors;
  readonly version?: string;
  /** Of what switches the policy on: a default that lets everybody in is reported there. */
  readonly range: SourceRange;
  readonly scope: string;
  readonly entries: readonly OriginEntry[];
  readonly origins?: SettingPlace | undefined;
  readonly credentials?: SettingPlace | undefined;
  readonly methods?: SettingPlace | undefined;
  readonly allowedHeaders?: SettingPlace | undefined;
  readonly exposedHeaders?: SettingPlace | undefined;
  readonly maxAge?: SettingPlace | undefined;
  readonly privateNetwork?: SettingPlace | undefined;
  /** More settings may stand elsewhere, so that no default is sure to be in force. */
  readonly partial?: boolean | undefined;
  /** More than the origin has to be right for the headers to be sent. */
  readonly onlyWhen?: RequestTest;
  /** Preflights get headers only where this holds. */
  readonly preflightWhen?: RequestTest;
  readonly facts?: readonly Fact[];
  readonly refusesToStart?: string | undefined;
  readonly edits?: PolicyEdits;
  /** Writes settings that are not there yet. */
  readonly insertOrigins?: (origins: readonly string[], placeholder?: string) => Edit[];
  readonly insertCredentials?: () => Edit[];
}

/** What one text of a list of origins means. */
export type OriginMeaning =
  | 'any'
  | 'exact'
  | 'ignoring-case'
  | 'never'
  | 'unknown'
  | { readonly wildcard: Pattern }
  | { readonly regex: Pattern };
