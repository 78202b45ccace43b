/** Readers of what is no program. */
import type { DirectiveDocument } from '../syntax/directives/directives.ts';
import type { TreeDocument, TreeFormat, ValuesFormat } from '../syntax/trees/tree.ts';
import type { Grammar } from '../syntax/programs/grammar.ts';
import { readBicep, readBicepParameters } from '../syntax/trees/bicep.ts';
import { readJson } from '../syntax/trees/json.ts';
import type { DirectiveFormat } from '../syntax/directives/directives.ts';
import { readDockerfile } from '../syntax/trees/dockerfile.ts';
import { readShell } from '../syntax/trees/shell.ts';
import { readEnv } from '../syntax/trees/env.ts';
import { readHcl } from '../syntax/trees/hcl.ts';
import { readHocon } from '../syntax/trees/hocon.ts';
import { readHeadersFile } from '../syntax/trees/headers-file.ts';
import { readIni } from '../syntax/trees/ini.ts';
import { readProperties } from '../syntax/trees/properties.ts';
import { readToml } from '../syntax/trees/toml.ts';
import { readXml } from '../syntax/trees/xml.ts';
import { readYaml } from '../syntax/trees/yaml.ts';
import { readCaddyfile } from '../syntax/directives/caddyfile.ts';
import { readHaproxy } from '../syntax/directives/haproxy.ts';
import { readApache } from '../syntax/directives/apache.ts';
import { readLighttpd } from '../syntax/directives/lighttpd.ts';
import { readVcl } from '../syntax/directives/vcl.ts';
import { readNginx } from '../syntax/directives/nginx.ts';
import { withoutSignsOf, withoutTemplateActions } from '../syntax/trees/template-actions.ts';
import { carriedBy } from './carriers.ts';
import type { SourceKind } from './language.ts';

type WithGrammar = 'bicep' | 'bicepparam';
const treeReaders: Readonly<
  Record<Exclude<TreeFormat | ValuesFormat, WithGrammar>, (path: string, text: string) => TreeDocument>
> = {
  tfvars: readHcl,
  'tfvars-json': readJson,
  json: readJson,
  yaml: readYaml,
  hcl: readHcl,
  toml: readToml,
  hocon: readHocon,
  properties: readProperties,
  env: readEnv,
  dockerfile: readDockerfile,
  shell: readShell,
  ini: readIni,
  'headers-file': readHeadersFile,
  xml: readXml,
};
const directiveReaders: Record<DirectiveFormat, (path: string, text: string) => DirectiveDocument> = {
  nginx: readNginx,
  apache: readApache,
  caddyfile: readCaddyfile,
  haproxy: readHaproxy,
  lighttpd: readLighttpd,
  vcl: readVcl,
};

/** Undefined for programs, and for what has a grammar that is not given. */
export function readShape(
  kind: SourceKind,
  path: string,
  text: string,
  grammar?: Grammar,
): TreeDocument | DirectiveDocument | undefined {
  if (kind.shape === 'tree') return readTree(kind.format, path, text, grammar);
  if (kind.shape !== 'directives') return undefined;
  // nginx's own reader knows what a template fills in.
  const visible = withoutTemplateActions(withoutSignsOf(path, text), kind.format !== 'nginx');
  return { ...directiveReaders[kind.format](path, visible), text };
}

function readTree(
  format: TreeFormat | ValuesFormat,
  path: string,
  text: string,
  grammar: Grammar | undefined,
): TreeDocument | undefined {
  if (format === 'bicep') return grammar && readBicep(path, text, grammar);
  if (format === 'bicepparam') return grammar && readBicepParameters(path, text, grammar);
  if (carriedBy(path)?.template !== true) return treeReaders[format](path, text);
  // YAML's own reader knows what a template fills in.
  return { ...treeReaders[format](path, withoutTemplateActions(withoutSignsOf(path, text), format !== 'yaml')), text };
}
