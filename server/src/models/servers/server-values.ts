/** What a value of a server's configuration holds, for one kind of request. */

export type ServerValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'origin' }
  | { readonly kind: 'method' }
  /** Another request header. */
  | { readonly kind: 'header'; readonly name: string }
  /** `input`: words for what of the request it is made from. `around`: it is the origin between two texts. */
  | { readonly kind: 'unknown'; readonly input?: string; readonly around?: OriginBetween; readonly part?: OriginPart };

export interface OriginBetween {
  readonly before: string;
  readonly after: string;
}

/** What the one group of a pattern holds of the origin; all four are written as in that pattern. */
export interface OriginPart {
  readonly before: string;
  readonly group: string;
  readonly after: string;
  readonly ignoreCase: boolean;
}

/** What a header statement sends: a text, the request's Origin, another header, or something that is not known. */
export type SentValue = Exclude<ServerValue, { kind: 'method' }>;

export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
