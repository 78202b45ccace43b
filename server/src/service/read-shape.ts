/** Readers of what is no program. */
import type { DirectiveDocument } from '../syntax/directives.ts';
import type { TreeDocument, TreeFormat } from '../syntax/tree.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { readBicep } from '../syntax/bicep.ts';
import { readJson } from '../syntax/json.ts';
import type { DirectiveFormat } from '../syntax/directives.ts';
import { readDockerfile, readEnv } from '../syntax/env.ts';
import { readHcl } from '../syntax/hcl.ts';
import { readHeadersFile } from '../syntax/headers-file.ts';
import { readIni } from '../syntax/ini.ts';
import { readProperties } from '../syntax/properties.ts';
import { readToml } from '../syntax/toml.ts';
import { readXml } from '../syntax/xml.ts';
import { readYaml } from '../syntax/yaml.ts';
import { readCaddyfile } from '../syntax/caddyfile.ts';
import { readHaproxy } from '../syntax/haproxy.ts';
import { readApache } from '../syntax/apache.ts';
import { readLighttpd } from '../syntax/lighttpd.ts';
import { readVcl } from '../syntax/vcl.ts';
import { readNginx } from '../syntax/nginx.ts';
import { withoutTemplateActions } from '../syntax/template-actions.ts';
import type { SourceKind } from './language.ts';

const treeReaders: Readonly<Record<Exclude<TreeFormat, 'bicep'>, (path: string, text: string) => TreeDocument>> = {
  json: readJson, yaml: readYaml, hcl: readHcl, toml: readToml, properties: readProperties, env: readEnv, dockerfile: readDockerfile, ini: readIni, 'headers-file': readHeadersFile, xml: readXml,
};
const directiveReaders: Record<DirectiveFormat, (path: string, text: string) => DirectiveDocument> = { nginx: readNginx, apache: readApache, caddyfile: readCaddyfile, haproxy: readHaproxy, lighttpd: readLighttpd, vcl: readVcl };

/** Undefined for programs, and for what has a grammar that is not given. */
export function readShape(kind: SourceKind, path: string, text: string, grammar?: Grammar): TreeDocument | DirectiveDocument | undefined {
  if (kind.shape === 'tree') return kind.format === 'bicep' ? grammar && readBicep(path, text, grammar) : treeReaders[kind.format](path, text);
  if (kind.shape !== 'directives') return undefined;
  // nginx's own reader knows what a template fills in.
  return { ...directiveReaders[kind.format](path, withoutTemplateActions(text, kind.format !== 'nginx')), text };
}
