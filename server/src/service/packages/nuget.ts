/** Versions of .NET: what the nearest project file is built for, and the packages that it references. */
import { upwards } from './ecosystem.ts';
import type { Ecosystem, ListFolder, ReadFile } from './ecosystem.ts';

/** What ASP.NET Core itself is: its version is the one of the framework that the project is built for. */
const sharedFramework = 'Microsoft.AspNetCore.App';

export const ecosystem = {
  name: 'nuget',
  version(packageName, folder, readFile, listFolder) {
    const folders = upwards(folder);
    // Every file is asked for, even when an earlier one has the answer: what is unread is read all at once.
    const places = folders.map((one) => placeOf(one, readFile, listFolder));
    const projects = places.flatMap(({ project }) => project ?? []);
    const [nearest] = projects;
    if (packageName === sharedFramework)
      return frameworkVersion([...projects, ...places.flatMap(({ shared }) => shared)]);
    const [locked] = places.flatMap(({ lock }) => lockedIn(lock, packageName) ?? []);
    const texts = [...(nearest === undefined ? [] : [nearest]), ...places.flatMap(({ shared }) => shared)];
    return locked ?? texts.flatMap((text) => referencedIn(text, packageName) ?? [])[0];
  },
} satisfies Ecosystem;

/** What one folder says. */
interface Place {
  /** `Shop.Api.csproj`. */
  readonly project: string | undefined;
  /** Files that all projects below a folder have in common, and `packages.config` of old. */
  readonly shared: readonly string[];
  readonly lock: string | undefined;
}

function placeOf(folder: string, readFile: ReadFile, listFolder: ListFolder | undefined): Place {
  const names = listFolder?.(folder)?.filter((name) => /\.(cs|fs|vb)proj$/.test(name)) ?? [];
  // Where nobody can look into folders, a project has the name of its folder.
  const likely = names.length > 0 ? names : [`${folder.slice(folder.lastIndexOf('/') + 1)}.csproj`];
  const read = (name: string): string | undefined => readFile(`${folder}/${name}`);
  return {
    project: likely.map(read).find((text) => text !== undefined),
    shared: ['Directory.Packages.props', 'Directory.Build.props', 'packages.config'].flatMap(
      (name) => read(name) ?? [],
    ),
    lock: read('packages.lock.json'),
  };
}

/**
 * The lowest of the frameworks that it is built for. https://learn.microsoft.com/dotnet/standard/frameworks
 * On the .NET Framework, ASP.NET Core is a package that is referenced.
 */
function frameworkVersion(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const written = /<TargetFrameworks?>([^<]*)<\/TargetFrameworks?>/i.exec(text)?.[1];
    const versions = (written ?? '')
      .split(';')
      .flatMap((name) => /^net(?:coreapp)?(\d+\.\d+)(?:-|$)/i.exec(name.trim())?.[1] ?? []);
    const lowest = versions.sort((one, other) => Number.parseFloat(one) - Number.parseFloat(other))[0];
    if (lowest !== undefined) return `${lowest}.0`;
    const referenced = [
      'Microsoft.AspNetCore.Cors',
      'Microsoft.AspNetCore',
      'Microsoft.AspNetCore.All',
      sharedFramework,
    ];
    const package_ = referenced.flatMap((name) => referencedIn(text, name) ?? [])[0];
    if (package_ !== undefined) return package_;
  }
  return undefined;
}

const escaped = (name: string): string => name.replaceAll('.', String.raw`\.`);
const version = String.raw`(\d+(?:\.\d+){1,3})`;

/** `<PackageReference Include="X" Version="1.2.3" />`, `<PackageVersion …>`, `<package id="X" version="1.2.3" />`. */
function referencedIn(text: string, packageName: string): string | undefined {
  const name = escaped(packageName);
  const forms = [
    String.raw`<Package(?:Reference|Version)\b[^>]*\b(?:Include|Update)="${name}"[^>]*?\bVersion="\[?${version}`,
    String.raw`<Package(?:Reference|Version)\b[^>]*\bVersion="\[?${version}[^>]*?\b(?:Include|Update)="${name}"`,
    String.raw`<PackageReference\b[^>]*\bInclude="${name}"[^>]*>\s*<Version>${version}`,
    String.raw`<package\b[^>]*\bid="${name}"[^>]*?\bversion="${version}`,
  ];
  return forms.flatMap((form) => new RegExp(form, 'i').exec(text)?.[1] ?? [])[0];
}

function lockedIn(lock: string | undefined, packageName: string): string | undefined {
  if (lock === undefined) return undefined;
  return new RegExp(String.raw`"${escaped(packageName)}":\s*\{[^{}]*"resolved":\s*"${version}`, 'i').exec(lock)?.[1];
}
