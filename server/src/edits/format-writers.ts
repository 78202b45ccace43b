/** The writer of each format. */
import type { TreeDocument } from '../syntax/trees/tree.ts';
import { bicepWriter } from './bicep-writer.ts';
import { bracketWriter } from './bracket-writer.ts';
import { hclWriter } from './hcl-writer.ts';
import { hoconWriter } from './hocon-writer.ts';
import { dockerfileWriter, envWriter, headersFileWriter, iniWriter, propertiesWriter } from './line-writers.ts';
import { programWriter } from './program-writer.ts';
import { tomlWriter } from './toml-writer.ts';
import { xmlWriter } from './xml-writer.ts';
import { yamlWriter } from './yaml-writer.ts';
import type { TreeWriter } from './tree-writer.ts';

const writers: Readonly<Record<TreeDocument['format'], TreeWriter>> = {
  program: programWriter,
  json: bracketWriter,
  yaml: yamlWriter,
  hcl: hclWriter,
  bicep: bicepWriter,
  toml: tomlWriter,
  hocon: hoconWriter,
  properties: propertiesWriter,
  env: envWriter,
  dockerfile: dockerfileWriter,
  shell: dockerfileWriter,
  ini: iniWriter,
  'headers-file': headersFileWriter,
  xml: xmlWriter,
};

export function writerOf({ format }: TreeDocument): TreeWriter {
  return writers[format];
}
