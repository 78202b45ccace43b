/** Tags behind the fields of a struct, as the libraries that read the environment understand them. */
import type { Tag } from './value-language.ts';

/** https://pkg.go.dev/reflect#StructTag */
const written = /`([^`]*)`\s*(?:\/\/.*|\/\*.*\*\/\s*)?$/;
const pairs = /([\w.-]+):"((?:[^"\\]|\\.)*)"/g;

/**
 * `env:"CORS_ORIGINS" envDefault:"*"` of caarlos0/env, `envconfig:"…" default:"*"` of kelseyhightower/envconfig, `env:"…" env-default:"*"`
 * of cleanenv, `env:"…, default=*"` of sethvargo/go-envconfig.
 */
export function goTag(line: string): Tag | undefined {
  const text = written.exec(line)?.[1];
  if (text === undefined) return undefined;
  const said = new Map([...text.matchAll(pairs)].map(([, key, value]) => [key!, value!.replaceAll(/\\(.)/g, '$1')]));
  const first = (...keys: string[]): string | undefined =>
    keys.map((key) => said.get(key)).find((one) => one !== undefined);
  const [name = '', ...options] = (first('env', 'envconfig') ?? '').split(',').map((part) => part.trim());
  const inName = options.find((option) => option.startsWith('default='))?.slice('default='.length);
  const usual = inName ?? first('envDefault', 'env-default', 'default');
  const [separator, prefix] = [first('envSeparator', 'env-separator'), first('envPrefix', 'env-prefix')];
  const isNamed = /^\w+$/.test(name);
  return {
    ...(isNamed && { name, ...(usual !== undefined && { usual }) }),
    ...(separator !== undefined && { separator }),
    ...(prefix !== undefined && { prefix }),
  };
}
