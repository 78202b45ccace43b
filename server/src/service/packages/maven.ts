/**
 * Versions of packages of Maven: what the nearest `pom.xml`, Gradle script or build of sbt or Mill declares, by themselves, by another
 * package of the same family, or by the release of Spring Boot that brings them along. https://maven.apache.org/pom.html
 */
import { compare, coerce } from 'semver';
import type { Declared } from './declared-package.ts';
import { upwards } from './ecosystem.ts';
import type { Ecosystem, ReadFile } from './ecosystem.ts';
import { families } from './maven-families.ts';
import { inSbt, sbtFiles, sbtValues } from './sbt.ts';

/** All that the build files of a folder and of those above it say, the nearest first. */
interface Build {
  readonly declared: readonly Declared[];
  readonly properties: ReadonlyMap<string, string>;
}

export const ecosystem = {
  name: 'maven',
  /** `packageName` is `group:artifact`. */
  version(packageName, folder, readFile) {
    const [group = '', artifact = ''] = packageName.split(':');
    const build = buildOf(folder, readFile);
    const own = build.declared.filter((one) => one.group === group && one.artifact === artifact);
    return firstVersion(own, build) ?? versionOfFamily(group, build);
  },
} satisfies Ecosystem;

function versionOfFamily(group: string, build: Build): string | undefined {
  const family = families.find((one) => one.group === group);
  if (family === undefined) return undefined;
  const relatives = build.declared.filter((one) => one.group === group);
  const written = family.properties.flatMap((name) => resolved(build.properties.get(name), build) ?? []);
  const boot = firstVersion(
    build.declared.filter((one) => one.group === springBoot),
    build,
  );
  return firstVersion(relatives, build) ?? written.at(0) ?? (boot && managedBy(boot, family.ofSpringBoot));
}

const springBoot = 'org.springframework.boot';

function firstVersion(declared: readonly Declared[], build: Build): string | undefined {
  return declared.flatMap(({ version }) => resolved(version, build) ?? []).at(0);
}

/** The version of the last row whose release of Spring Boot is not after this one. */
function managedBy(boot: string, rows: readonly (readonly [string, string])[]): string | undefined {
  return rows.filter(([from]) => compare(from, boot) <= 0).at(-1)?.[1];
}

/** A property may name another one; a range or a word (`latest.release`) is no version. */
function resolved(written: string | undefined, build: Build, depth = 0): string | undefined {
  if (written === undefined || depth > mostProperties) return undefined;
  const name = /^\$\{?(?:rootProject\.|project\.|ext\.|property\(["'])?([\w.-]+?)(?:["']\))?\}?$/.exec(written)?.[1];
  if (name !== undefined) return resolved(build.properties.get(name), build, depth + 1);
  return /^\d+(\.\d+)*([.-][\w.-]*)?$/.test(written) ? coerce(written)?.version : undefined;
}

const mostProperties = 5;

/** Every file is asked for, even when an earlier one has the answer: what is unread is read all at once. */
function buildOf(folder: string, readFile: ReadFile): Build {
  const declared: Declared[] = [];
  const properties = new Map<string, string>();
  for (const directory of upwards(projectOf(folder))) {
    const read = (name: string): string => readFile(`${directory}/${name}`) ?? '';
    const pom = read('pom.xml').replaceAll(/<!--[\s\S]*?-->|<exclusions>[\s\S]*?<\/exclusions>/g, '');
    const scripts = ['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts'].map(read).join('\n');
    const catalog = read('gradle/libs.versions.toml');
    const sbt = sbtFiles.map(read).join('\n');
    declared.push(...inPom(pom), ...inScript(scripts), ...inCatalog(catalog), ...inSbt(sbt));
    const here = [
      ...pomProperties(pom),
      ...scriptProperties(scripts),
      ...scriptProperties(read('gradle.properties')),
      ...sbtValues(sbt),
    ];
    for (const [name, value] of here) if (!properties.has(name)) properties.set(name, value);
  }
  return { declared, properties };
}

/** Nobody builds in the folders of packages, of which there are many. */
function projectOf(folder: string): string {
  return folder.replace(/\/src\/(main|test)(\/.*)?$/, '') || folder;
}

function inPom(pom: string): Declared[] {
  return [...pom.matchAll(/<(parent|dependency|plugin)>([\s\S]*?)<\/\1>/g)].flatMap(([, , inside]): Declared[] => {
    const child = (name: string): string | undefined =>
      new RegExp(`<${name}>\\s*([^<]*?)\\s*</${name}>`).exec(inside!)?.[1];
    const [group, artifact, version] = [child('groupId'), child('artifactId'), child('version')];
    return group && artifact && version ? [{ group, artifact, version }] : [];
  });
}

function pomProperties(pom: string): [string, string][] {
  return [...pom.matchAll(/<properties>([\s\S]*?)<\/properties>/g)].flatMap(([, inside]) =>
    [...inside!.matchAll(/<([\w.-]+)>\s*([^<]*?)\s*<\/\1>/g)].map(([, name, value]): [string, string] => [
      name!,
      value!,
    ]),
  );
}

/** `"group:artifact:version"`, `id 'plugin' version 'x'`, and `group: 'x', name: 'y', version: 'z'`. */
function inScript(script: string): Declared[] {
  const coordinates = script.matchAll(/["']([\w.-]+):([\w.-]+):([^"'@\s]+)(?:@\w+)?["']/g);
  const plugins = script.matchAll(/\bid\s*\(?\s*["']([\w.-]+)["']\s*\)?\s*version\s*\(?\s*["']?([^"'\s)]+)/g);
  const named = script.matchAll(
    /group\s*[:=]\s*["']([\w.-]+)["']\s*,\s*name\s*[:=]\s*["']([\w.-]+)["']\s*,\s*version\s*[:=]\s*["']?([^"'\s,)]+)/g,
  );
  return [
    ...[...coordinates, ...named].map(([, group, artifact, version]) => ({
      group: group!,
      artifact: artifact!,
      version: version!,
    })),
    // A version that is a name of the script stands there without a sign.
    ...[...plugins].map(([, id, version]) => ({
      group: id!,
      artifact: id!,
      version: /^[A-Za-z]/.test(version!) ? `$${version!}` : version!,
    })),
  ];
}

/** `springBootVersion = '3.2.0'`, `val springVersion by extra("6.1.0")`, `set('x', '1')`; lines of `gradle.properties` too. */
function scriptProperties(script: string): [string, string][] {
  const found = script.matchAll(
    /(?:^|[\s.])(?:extra\[["']|set\(["'])?([\w.-]+)(?:["'][\],])?\s*(?:=|by\s+extra\(|,)?\s*["']?(\d[\w.-]*)["']?\)?[ \t]*$/gm,
  );
  return [...found].map(([, name, value]) => [name!, value!]);
}

/** Gradle's catalog of versions. https://docs.gradle.org/current/userguide/version_catalogs.html */
function inCatalog(toml: string): Declared[] {
  const versions = new Map(
    [...toml.matchAll(/^\s*([\w.-]+)\s*=\s*["'](\d[\w.-]*)["']\s*$/gm)].map(([, name, value]) => [name!, value!]),
  );
  return [...toml.matchAll(/^\s*[\w.-]+\s*=\s*(\{[^\n]*\}|["'][^"'\n]+["'])\s*$/gm)].flatMap(
    ([, entry]): Declared[] => {
      const plain = /^["']([\w.-]+):([\w.-]+):([\w.-]+)["']$/.exec(entry!);
      if (plain) return [{ group: plain[1]!, artifact: plain[2]!, version: plain[3]! }];
      const field = (name: string): string | undefined =>
        new RegExp(`\\b${name}\\s*=\\s*["']([^"']+)["']`).exec(entry!)?.[1];
      const [moduleGroup, moduleName] = (field('module') ?? field('id') ?? '').split(':');
      const group = field('group') ?? moduleGroup;
      const reference = field('version\\.ref') ?? field('ref');
      const version = reference === undefined ? field('version') : versions.get(reference);
      return group && version ? [{ group, artifact: field('name') ?? moduleName ?? group, version }] : [];
    },
  );
}
