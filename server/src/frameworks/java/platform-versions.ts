/** The version of the platform that a project of Java is built with, as its own files say it: a property, a line of Gradle, a pom.xml. */
import type { FrameworkContext } from '../../models/framework.ts';
import { mavenVersion } from './maven-versions.ts';

export interface Platform {
  /** A word of every file that says the version. */
  readonly word: RegExp;
  /** Major and minor number in groups, as texts of Gradle and of properties have them. */
  readonly inText: readonly RegExp[];
  /** Group and artifact of a pom.xml, with a colon between them. */
  readonly artifact: RegExp;
}

/** Undefined where no file says it. A project is built with one version. */
export function platformVersion(context: FrameworkContext, platform: Platform): readonly number[] | undefined {
  const names = ['pom.xml', 'gradle.properties', 'build.gradle', 'build.gradle.kts'];
  const texts = ['../../../', '../'].flatMap((root) => names.map((name) => context.readFile(`${root}${name}`)));
  for (const text of texts) {
    if (text === undefined || !platform.word.test(text)) continue;
    const found = platform.inText.map((pattern) => pattern.exec(text)).find((match) => match !== null);
    if (found) return found.slice(1).map(Number);
  }
  return mavenVersion(context, platform.artifact);
}
