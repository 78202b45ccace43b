/** What a scan leaves alone without a word, and what it says of languages that it does not read. */
import assert from 'node:assert/strict';
import { buildCli, closedApp, found, openApp, place } from './run.ts';
import type { Outcome, Place } from './run.ts';

const mentionsOf = ({ out }: Outcome): unknown => (JSON.parse(out) as { mentionsUnread?: unknown }).mentionsUnread;

describe('files that a scan does not read', () => {
  let here: Place;
  before(buildCli);
  afterEach(() => here.remove());

  it('counts those in other languages that mention CORS, and only those', () => {
    here = place({
      'a.js': closedApp,
      'src/A.groovy': '@CrossOrigin class A {}',
      'src/B.groovy': 'registry.addCorsMappings("/**");',
      'src/C.groovy': 'class Corset { String corsair; }',
      'src/D.swift': 'install(CORS) { anyHost() }',
      'src/e.zig': 'CorsLayer::permissive()',
      'src/f.vb': '<script src="x" crossorigin="anonymous"></script>',
    });
    const text = here.run(['.']);
    assert.match(
      text.out,
      /^No findings in 1 file\. CORS is mentioned in 2 \.groovy, 1 \.swift and 1 \.zig files, which are not read\.$/m,
    );
    assert.equal(text.error, '');
    assert.equal(text.status, 0);
    assert.deepEqual(mentionsOf(here.run(['--format', 'json', '.'])), [
      { ending: '.groovy', files: 2 },
      { ending: '.swift', files: 1 },
      { ending: '.zig', files: 1 },
    ]);
  });

  it('says nothing of them where none mentions CORS, or the settings exclude it', () => {
    here = place({
      'a.js': closedApp,
      'A.groovy': 'class A {}',
      'old/B.groovy': '@CrossOrigin class B {}',
      'cors-lint.json': '{ "exclude": ["old/**"] }',
    });
    assert.match(here.run(['.']).out, /^No findings in \d files\.$/m);
    assert.equal(mentionsOf(here.run(['--format', 'json', '.'])), undefined);
  });

  it('says of one file that it is one', () => {
    here = place({ 'a.js': closedApp, 'A.fs': 'services.AddCors() |> ignore' });
    assert.match(here.run(['.']).out, /CORS is mentioned in 1 \.fs file, which is not read\.$/m);
  });

  it('passes over what tools write, however large, unless the call names it', () => {
    const large = `${'x: "access-control-allow-origin"\n'.repeat(600_000)}`;
    here = place({
      'a.js': openApp,
      'b.min.js': openApp,
      'pnpm-lock.yaml': large,
      '.yarn/releases/yarn-4.cjs': openApp,
      '.pnp.cjs': openApp,
      'config/locales/de.yml': large,
      'config/locales/devise.pt-BR.yml': large,
      'web/locales/en/common.json': large,
    });
    const walked = here.run(['--format', 'json', '.']);
    assert.deepEqual(found(walked), ['a.js any-origin']);
    assert.equal(walked.error, '');
    assert.deepEqual(found(here.run(['--format', 'json', '.pnp.cjs'])), ['.pnp.cjs any-origin']);
    assert.match(here.run(['pnpm-lock.yaml']).error, /^skipped: pnpm-lock\.yaml: The file is larger than 16 MB\.$/m);
  });
});
