/** Settings of Next.js for a site of files: `output: 'export'` beside `headers()`. */
import type { Node, Program } from '../../../syntax/programs/program.ts';
import type { Unsent } from '../../../models/handlers/handler-language.ts';
import type { HeaderWrite } from '../../../models/handlers/header-write.ts';

const settingsFile = /(^|\/)next\.config\.[cm]?[jt]s$/;

/** https://nextjs.org/docs/app/guides/static-exports#unsupported-features */
const filesOnly: Unsent = {
  explanation: `With "output: 'export'" Next.js writes files, and whoever serves them does not ask "headers".`,
  instead: 'Set them where the files are served.',
};

/** A header in what `headers()` gives, where the site is exported. */
export function unsentByExport({ node }: HeaderWrite, program: Program): Unsent | undefined {
  if (!settingsFile.test(program.path)) return undefined;
  for (let around: Node | undefined = node; around !== undefined; around = around.parent)
    if (around.kind === 'object' && around.entries.some(isExport)) return filesOnly;
  return undefined;
}

type Entry = Extract<Node, { kind: 'object' }>['entries'][number];

function isExport({ key, value }: Entry): boolean {
  return key === 'output' && value.kind === 'string' && value.value === 'export';
}
