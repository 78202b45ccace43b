/** The version of a library that a project of Java is built with, as the nearest `pom.xml` declares it. */
import type { TreeDocument, TreeNode } from '../../syntax/trees/tree.ts';
import type { FrameworkContext } from '../../models/framework.ts';
import { elementAt, elementsBelow, textNode } from '../../edits/xml-elements.ts';

/** `src/main/webapp/WEB-INF` lies four folders below the project, and modules below their parent. */
const mostLevels = 6;

/** Of a dependency, a plugin or the parent. Undefined where no version is written, or where a parent outside of the project has it. */
export function mavenVersion(context: FrameworkContext, artifact: RegExp): readonly number[] | undefined {
  for (let level = 0; level <= mostLevels; level++) {
    const document = context.document(`${'../'.repeat(level)}pom.xml`);
    if (document?.shape !== 'tree') continue;
    const version = declaredVersion(document, artifact);
    if (version !== undefined) return version;
  }
  return undefined;
}

/** Whether a version is before another one. */
export function isBefore(version: readonly number[], other: readonly number[]): boolean {
  const at = other.findIndex((part, index) => part !== (version[index] ?? 0));
  return at !== -1 && (version[at] ?? 0) < other[at]!;
}

function declaredVersion({ root }: TreeDocument, artifact: RegExp): readonly number[] | undefined {
  const declared = ['parent', 'dependency', 'plugin']
    .flatMap((kind) => elementsBelow(root, kind))
    .filter((element) => artifact.test(`${child(element, 'groupId') ?? ''}:${child(element, 'artifactId') ?? ''}`));
  const versions = declared.flatMap((element) => resolved(child(element, 'version'), root) ?? []);
  return versions.map((text) => text.split(/[^\d]+/).map(Number)).find(([major]) => major !== undefined && major > 0);
}

function child(element: TreeNode, name: string): string | undefined {
  return textNode(elementAt(element, name))?.value;
}

/** `${tomcat.version}` is one of the properties. */
function resolved(version: string | undefined, root: TreeNode | undefined): string | undefined {
  const name = /^\$\{([\w.-]+)\}$/.exec(version ?? '')?.[1];
  if (name === undefined) return version;
  return elementsBelow(root, 'properties').flatMap((properties) => child(properties, name) ?? [])[0];
}
