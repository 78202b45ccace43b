import assert from 'node:assert/strict';
import { packageVersion } from '../../server/src/service/packages/package-version.ts';

/** The version of the package for a file in `/app/server`, with these files around it. */
function version(name: string, ecosystem: string, files: Readonly<Record<string, string>>): string | undefined {
  return packageVersion(name, ecosystem, '/app/server', (path) => files[path]);
}

describe('Versions of Go modules', () => {
  const cors = 'github.com/rs/cors';
  const goMod = (text: string, path = '/app/go.mod') =>
    version(cors, 'go-modules', { [path]: `module example.com/app\n${text}` });

  it('a requirement on a line of its own', () => assert.equal(goMod('require github.com/rs/cors v1.11.1\n'), '1.11.1'));

  it('a requirement in a block, with comments', () =>
    assert.equal(
      goMod('go 1.22\n\nrequire (\n\tgithub.com/rs/zerolog v1.0.0\n\tgithub.com/rs/cors v1.8.3 // indirect\n)\n'),
      '1.8.3',
    ));

  it('a block without a blank before its bracket, and line ends of Windows', () =>
    assert.equal(goMod('require(\r\n\tgithub.com/rs/cors v1.8.3\r\n)\r\n'), '1.8.3'));

  it('what is commented out or stands in another block is no requirement', () => {
    assert.equal(goMod('// require github.com/rs/cors v1.8.3\n'), undefined);
    assert.equal(goMod('exclude (\n\tgithub.com/rs/cors v1.8.3\n)\n'), undefined);
  });

  it('a package inside of a module has its version, and the longest module counts', () => {
    const files = {
      '/app/go.mod':
        'require (\n\tgithub.com/rs/cors v1.8.3\n\tgithub.com/rs/cors/wrapper/gin v0.0.0-20240830163046-1084d89a1692\n)\n',
    };
    assert.equal(version('github.com/rs/cors/internal', 'go-modules', files), '1.8.3');
    assert.equal(version('github.com/rs/cors/wrapper/gin', 'go-modules', files), '0.0.0-20240830163046-1084d89a1692');
    assert.equal(version('github.com/rs/corsair', 'go-modules', files), undefined);
  });

  it('a release before modules', () =>
    assert.equal(goMod('require github.com/rs/cors v2.0.0+incompatible\n'), '2.0.0'));

  it('a replacement by another release of the module', () => {
    assert.equal(goMod(`require ${cors} v1.8.3\nreplace ${cors} => ${cors} v1.11.0\n`), '1.11.0');
    assert.equal(goMod(`require ${cors} v1.8.3\nreplace (\n\t${cors} v1.8.3 => ${cors} v1.11.0\n)\n`), '1.11.0');
    assert.equal(goMod(`require ${cors} v1.8.3\nreplace ${cors} v1.7.0 => ${cors} v1.11.0\n`), '1.8.3');
  });

  it('a fork or a folder has a version that nothing says', () => {
    assert.equal(goMod(`require ${cors} v1.8.3\nreplace ${cors} => example.com/cors v1.11.0\n`), undefined);
    assert.equal(goMod(`require ${cors} v1.8.3\nreplace ${cors} => ../cors\n`), undefined);
  });

  it('the nearest manifest counts alone', () => {
    const outer = { '/app/go.mod': `require ${cors} v1.8.3\n` };
    assert.equal(version(cors, 'go-modules', outer), '1.8.3');
    assert.equal(version(cors, 'go-modules', { ...outer, '/app/server/go.mod': 'module inner\n' }), undefined);
  });

  it('half-typed text', () => {
    assert.equal(goMod('require (\n\tgithub.com/rs/cors'), undefined);
    assert.equal(goMod('require (\n\tgithub.com/rs/cors v1.'), undefined);
    assert.equal(goMod('replace github.com/rs/cors =>\nrequire github.com/rs/cors v1.8.3'), '1.8.3');
  });
});

describe('Versions of npm packages', () => {
  const manifest = { '/app/package.json': '{"dependencies": {"cors": "^2.8.4"}}' };
  it('what is installed goes before what is locked, and that before what is declared', () => {
    assert.equal(version('cors', 'npm', manifest), '2.8.4');
    const locked = {
      ...manifest,
      '/app/package-lock.json': '{"packages": {"node_modules/cors": {"version": "2.8.5"}}}',
    };
    assert.equal(version('cors', 'npm', locked), '2.8.5');
    const installed = { ...locked, '/app/server/node_modules/cors/package.json': '{"version": "2.8.6"}' };
    assert.equal(version('cors', 'npm', installed), '2.8.6');
  });
});

describe('Versions of Python packages', () => {
  it('what is locked goes before what is declared', () => {
    const declared = { '/app/pyproject.toml': 'dependencies = ["starlette>=0.40"]' };
    assert.equal(version('starlette', 'pypi', declared), '0.40');
    const locked = { ...declared, '/app/uv.lock': 'name = "starlette"\nversion = "0.46.2"\n' };
    assert.equal(version('starlette', 'pypi', locked), '0.46.2');
  });
});

it('An ecosystem that nothing reads is an error', () => {
  assert.throws(() => version('cors', 'nobody', {}), /nobody/);
});

describe('Versions of Java packages', () => {
  const web = 'org.springframework:spring-web';
  const coordinates = (group: string, artifact: string, number?: string) =>
    `<groupId>${group}</groupId><artifactId>${artifact}</artifactId>${number ? `<version>${number}</version>` : ''}`;
  const dependency = (group: string, artifact: string, number?: string) =>
    `<dependency>${coordinates(group, artifact, number)}</dependency>`;
  const boot = 'org.springframework.boot';
  const pom = (inside: string) => ({ '/app/pom.xml': `<project>\n${inside}\n</project>` });
  const gradle = (text: string, name = 'build.gradle') => ({ [`/app/${name}`]: text });
  const parent = (number: string) => `<parent>${coordinates(boot, 'spring-boot-starter-parent', number)}</parent>`;

  const cases: readonly (readonly [string, Readonly<Record<string, string>>, string | undefined, string?])[] = [
    ['a dependency', pom(dependency('org.springframework', 'spring-web', '5.3.20')), '5.3.20'],
    ['the old form of a release', pom(dependency('org.springframework', 'spring-web', '4.3.9.RELEASE')), '4.3.9'],
    ['one of the same family', pom(dependency('org.springframework', 'spring-webmvc', '5.2.8')), '5.2.8'],
    ['one of another family', pom(dependency('org.springframework.data', 'spring-data-jpa', '3.1.0')), undefined],
    [
      'a property',
      pom(
        `<properties><spring.version>6.1.0</spring.version></properties>` +
          `${dependency('org.springframework', 'spring-web', '${spring.version}')}`,
      ),
      '6.1.0',
    ],
    [
      'a property that names another',
      pom(
        `<properties>` +
          `<v>6.1.0</v><spring.version>\${v}</spring.version></properties>` +
          `${dependency('org.springframework', 'spring-web', '${spring.version}')}`,
      ),
      '6.1.0',
    ],
    ['the parent of Spring Boot 2.7', pom(parent('2.7.18')), '5.3.20'],
    ['the parent of Spring Boot 1.5', pom(parent('1.5.4.RELEASE')), '4.3.6'],
    ['the parent of Spring Boot 2.4.6', pom(parent('2.4.6')), '5.3.7'],
    ['the parent of Spring Boot 3.5', pom(parent('3.5.3')), '6.2.7'],
    [
      'a property that stands before what Spring Boot says',
      pom(`${parent('3.5.3')}<properties><spring-framework.version>6.2.1</spring-framework.version></properties>`),
      '6.2.1',
    ],
    [
      'dependencies of Spring Boot that are imported',
      pom(dependency(boot, 'spring-boot-dependencies', '3.2.4') + dependency(boot, 'spring-boot-starter-web')),
      '6.1.1',
    ],
    ['what is commented out', pom(`<!-- ${dependency('org.springframework', 'spring-web', '5.3.20')} -->`), undefined],
    ['a range', pom(dependency('org.springframework', 'spring-web', '[5.3,6)')), undefined],
    ['a plugin of Gradle', gradle("plugins {\n  id 'org.springframework.boot' version '2.7.5'\n}\n"), '5.3.20'],
    [
      'a plugin of Gradle in Kotlin',
      gradle('plugins {\n  id("org.springframework.boot") version "3.3.0"\n}\n', 'build.gradle.kts'),
      '6.1.8',
    ],
    ['a dependency of Gradle', gradle("implementation 'org.springframework:spring-webmvc:5.3.9'\n"), '5.3.9'],
    [
      'a variable of Gradle',
      gradle(
        'buildscript {\n  ext {\n    springBootVersion = "2.0.3.RELEASE"\n  }\n  dependencies {\n' +
          '    classpath("org.springframework.boot:spring-boot-gradle-plugin:${springBootVersion}")\n  }\n}\n',
      ),
      '5.0.4',
    ],
    [
      'a property of Gradle in a file of its own',
      {
        ...gradle('plugins {\n  id "org.springframework.boot" version "${bootVersion}"\n}\n'),
        '/app/gradle.properties': 'bootVersion=3.0.1\n',
      },
      '6.0.2',
    ],
    [
      'the catalog of Gradle',
      {
        '/app/gradle/libs.versions.toml':
          '[versions]\nspring-boot = "3.4.1"\n\n' +
          '[plugins]\nspring-boot = { id = "org.springframework.boot", version.ref = "spring-boot" }\n',
      },
      '6.2.0',
    ],
    [
      'Spring Security of Spring Boot',
      pom(parent('3.1.0')),
      '6.1.0',
      'org.springframework.security:spring-security-config',
    ],
    ['nothing', {}, undefined],
  ];
  for (const [name, files, expected, asked = web] of cases)
    it(name, () => assert.equal(version(asked, 'maven', files), expected));

  it('a module goes before its parent, and packages are no folders of a build', () => {
    const folder = '/app/server/src/main/java/com/example/shop/internal/config/web/security';
    const files: Readonly<Record<string, string>> = {
      '/app/pom.xml': `<project>${parent('2.7.0')}</project>`,
      '/app/server/pom.xml': `<project>${dependency('org.springframework', 'spring-web', '5.3.30')}</project>`,
    };
    assert.equal(
      packageVersion(web, 'maven', folder, (path) => files[path]),
      '5.3.30',
    );
  });

  it('half-typed text', () => {
    assert.equal(
      version(web, 'maven', pom('<parent><groupId>org.springframework.boot</groupId><version>3')),
      undefined,
    );
    assert.equal(version(web, 'maven', gradle("id 'org.springframework.boot' version '")), undefined);
  });
});

describe('Versions of .NET', () => {
  const shared = 'Microsoft.AspNetCore.App';
  const project = (body: string) => `<Project Sdk="Microsoft.NET.Sdk.Web">\n${body}\n</Project>\n`;
  const framework = (name: string) =>
    project(`<PropertyGroup><TargetFramework>${name}</TargetFramework></PropertyGroup>`);
  const inFolder = (name: string, files: Readonly<Record<string, string>>) =>
    packageVersion(
      name,
      'nuget',
      '/app/server',
      (path) => files[path],
      (folder) =>
        Object.keys(files).flatMap((path) => (path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : [])),
    );

  it('a project is built for a framework', () => {
    assert.equal(inFolder(shared, { '/app/server/Shop.Api.csproj': framework('net8.0') }), '8.0.0');
    assert.equal(inFolder(shared, { '/app/Shop.csproj': framework('netcoreapp2.1') }), '2.1.0');
    assert.equal(inFolder(shared, { '/app/Directory.Build.props': framework('net6.0') }), '6.0.0');
  });

  it('the lowest of several frameworks counts', () =>
    assert.equal(
      inFolder(shared, {
        '/app/server/A.csproj': project('<TargetFrameworks>net9.0;net8.0-windows;netcoreapp3.1</TargetFrameworks>'),
      }),
      '3.1.0',
    ));

  it('on the .NET Framework the package counts', () =>
    assert.equal(
      inFolder(shared, {
        '/app/server/A.csproj': project(
          '<TargetFramework>net472</TargetFramework><PackageReference Include="Microsoft.AspNetCore.Cors" Version="2.1.1" />',
        ),
      }),
      '2.1.1',
    ));

  it('a project that nobody can look for has the name of its folder', () =>
    assert.equal(version(shared, 'nuget', { '/app/server/server.csproj': framework('net5.0') }), '5.0.0'));

  it('packages are referenced in the project, for all projects, or in a lock file', () => {
    const owin = 'Microsoft.Owin.Cors';
    const reference = '<PackageReference Include="Microsoft.Owin.Cors" Version="4.2.2" />';
    assert.equal(inFolder(owin, { '/app/server/A.csproj': project(reference) }), '4.2.2');
    const central = '<PackageVersion Include="Microsoft.Owin.Cors" Version="4.2.1" />';
    assert.equal(inFolder(owin, { '/app/Directory.Packages.props': project(central) }), '4.2.1');
    const old = '<packages><package id="Microsoft.Owin.Cors" version="4.0.0" targetFramework="net472" /></packages>';
    assert.equal(inFolder(owin, { '/app/server/packages.config': old }), '4.0.0');
    const lock =
      '{ "dependencies": { "net8.0": { "Microsoft.Owin.Cors": { "type": "Direct", "resolved": "4.2.3" } } } }';
    assert.equal(
      inFolder(owin, { '/app/server/A.csproj': project(reference), '/app/server/packages.lock.json': lock }),
      '4.2.3',
    );
  });
});

describe('Versions of PHP packages', () => {
  const name = 'fruitcake/php-cors';
  const of = (files: Readonly<Record<string, string>>) => version(name, 'composer', files);

  it('what is locked counts before what is asked for', () => {
    const lock = JSON.stringify({
      packages: [
        { name: 'a/b', version: '1.0' },
        { name, version: 'v1.3.0' },
      ],
    });
    assert.equal(of({ '/app/composer.lock': lock }), '1.3.0');
    assert.equal(
      of({ '/app/composer.lock': lock, '/app/composer.json': '{"require":{"fruitcake/php-cors":"^1.0"}}' }),
      '1.3.0',
    );
    assert.equal(of({ '/app/composer.lock': JSON.stringify({ 'packages-dev': [{ name, version: '1.2' }] }) }), '1.2');
  });

  it('a branch has no version, and neither has a file that is half typed', () => {
    assert.equal(
      of({ '/app/composer.lock': JSON.stringify({ packages: [{ name, version: 'dev-main' }] }) }),
      undefined,
    );
    assert.equal(of({ '/app/composer.lock': '{"packages": [' }), undefined);
  });

  it('of a constraint, the lowest release that it allows', () => {
    const asked = (constraint: string) =>
      of({ '/app/composer.json': JSON.stringify({ require: { [name]: constraint } }) });
    assert.equal(asked('^1.2'), '1.2.0');
    assert.equal(asked('~2.0.3'), '2.0.3');
    assert.equal(asked('>=1.1 <2'), '1.1.0');
    assert.equal(asked('^1.0|^2.0'), '1.0.0');
    assert.equal(asked('*'), undefined);
  });
});
