/** A product that takes its CORS settings from variables or options: what these are called, and what it makes of them. */
import type { TreeEntry } from '../../syntax/trees/tree.ts';
import type { CorsService } from '../../models/services/cors-service.ts';

/** What each setting may be called; the first name is the one to write. */
export interface ProductNames {
  readonly origins: readonly string[];
  readonly patterns?: readonly string[];
  readonly credentials?: readonly string[];
  readonly methods?: readonly string[];
  readonly allowedHeaders?: readonly string[];
  readonly exposedHeaders?: readonly string[];
  readonly maxAge?: readonly string[];
  /** Has to be `true` beside the others. */
  readonly enabled?: readonly string[];
  /** With `true` it switches everything off. */
  readonly disabled?: readonly string[];
}
/** What stands beside a name: the other names and the image that the container runs. */
export interface Surroundings {
  readonly names: ReadonlySet<string>;
  readonly image: string | undefined;
  /** The command line, where the settings are its options. */ readonly command: string | undefined;
}

export interface Product {
  readonly title: string;
  readonly names: ProductNames;
  service(origins: TreeEntry | undefined, credentials: TreeEntry | undefined): CorsService;
  /** Where the names alone do not tell the product. */
  readonly isIt?: (surroundings: Surroundings) => boolean;
  /** What it makes of the text before it looks for origins in it. */
  readonly asRead?: (text: string) => string;
  /** The setting is a switch that takes no origins: what it says where everybody is let in, and what where nobody is. */
  readonly opensBy?: { readonly value: string; readonly otherwise?: string };
  /** A further setting that has to have this value. */
  readonly needs?: { readonly names: readonly string[]; readonly value: string };
  /** Why the product does not run with `*` beside credentials. */
  readonly refusal?: string;
}

/** What most products have in common. */
export const base: Omit<CorsService, 'title' | 'origin'> = {
  framework: 'environment',
  open: 'literal',
  credentials: 'never',
  anyHeader: 'reflect',
  strictPreflight: false,
  preflightStatus: { allowed: null, refused: null },
  vary: 'unknown',
  defaults: { methods: 'unknown', headers: 'unknown' },
  commas: true,
};

/** A product for which an origin is compared as it is written, with what differs. */
export function plain(title: string, more: Partial<CorsService> = {}): CorsService {
  return { ...base, title, origin: (text) => (text === '*' ? 'any' : 'exact'), ...more };
}
