/**
 * Packages that a build of sbt or Mill declares. https://www.scala-sbt.org/1.x/docs/Library-Dependencies.html
 */
import type { Declared } from './declared-package.ts';

/** Where builds declare them, or the constants that they use, from the folder of the build. */
export const sbtFiles: readonly string[] = [
  'build.sbt',
  'build.sc',
  'build.mill',
  'project/plugins.sbt',
  ...['Dependencies', 'Versions', 'Version', 'Deps', 'Build'].map((name) => `project/${name}.scala`),
];

/** `"group" %% "artifact" % "version"`, and Mill's `"group::artifact:version"`; a constant stands with a sign before its name. */
export function inSbt(script: string): Declared[] {
  const dependencies = script.matchAll(/"([\w.-]+)"\s*%{1,3}\s*"([\w.-]+)"\s*%\s*(?:"([^"\s]+)"|([A-Za-z][\w.]*))/g);
  const coordinates = script.matchAll(/(?:ivy|mvn)?"([\w.-]+)::?:?([\w.-]+)::?(\$?\{?[\w.-]+\}?)"/g);
  return [
    ...[...dependencies].map(([, group, artifact, version, name]) => ({
      group: group!,
      artifact: withoutScala(artifact!),
      version: version ?? `$${lastOf(name!)}`,
    })),
    ...[...coordinates].map(([, group, artifact, version]) => ({
      group: group!,
      artifact: withoutScala(artifact!),
      version: version!.startsWith('$') ? `$${lastOf(version!.replaceAll(/[${}]/g, ''))}` : version!,
    })),
  ];
}

/** `val http4sVersion = "0.23.30"`, with or without its type. */
export function sbtValues(script: string): [string, string][] {
  const found = script.matchAll(/\bval\s+(\w+)\s*(?::\s*String\s*)?=\s*"(\d[\w.-]*)"/g);
  return [...found].map(([, name, value]) => [name!, value!]);
}

/** A constant of an object is known by its own name. */
function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function withoutScala(artifact: string): string {
  return artifact.replace(/_(2\.1\d|3)$/, '');
}
