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
