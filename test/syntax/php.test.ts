/** The PHP reader: what is read, and that half-typed text never breaks it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createGrammars } from '../../server/src/syntax/programs/grammar.ts';
import type { Expression, Program, Statement } from '../../server/src/syntax/programs/program.ts';
import { readProgram } from '../../server/src/syntax/programs/read-program.ts';
import { assertRangesInside } from './ask-everything.ts';

const folder = 'node_modules/@vscode/tree-sitter-wasm/wasm';
const grammars = createGrammars(async (name) =>
  readFileSync(`${folder}/${name === 'tree-sitter' ? name : `tree-sitter-${name}`}.wasm`),
);
const read = async (text: string): Promise<ReturnType<typeof readProgram>> =>
  readProgram({ path: 'index.php', text, grammar: await grammars.get('php') });

const sample = `<p>😀</p>
<?php
declare(strict_types=1);
namespace App\\Http;
use Symfony\\Component\\HttpFoundation\\{Request, Response as R};
use function strlen;
require_once __DIR__ . '/config.php';
const A = 'x', B = "y\\x41{$o}z";
define('C', 0x1F);
# hash
$l = ['a', 'k' => 1_000, ...$m, array('b')];
$l[] = 'x'; $l['k'] = "$l[k] {$_SERVER['HTTP_ORIGIN']} $a->b"; $x .= 'a'; $x ??= 'b'; $i++;
header('A: ' . $o, replace: false);
$h = <<<EOT
  Text $o {$o}
  EOT;
if (isset($o, $p) && !empty($q)) { exit; } elseif ($o == false) die('x'); else if ($x) { return 1; } else { exit(1); }
if ($a): foo(); elseif ($b): bar(); else: baz(); endif;
foreach ($l as $k => [$v, $w]) { continue; }
for ($i = 0; $i < count($l); $i++) { } while (true) { } do { } while (false);
switch ($o) { case 'a': case 'b': foo(); break; default: bar(); }
$r = match(true) { $o === 'a', $o == 0 => 'x', default => 'y' };
try { foo(); } catch (\\Exception | Foo $e) { throw $e; } catch (E $e) { } finally { bar(); }
$f = function ($a, &$b, string ...$c) use ($o, &$x): string { global $l; static $s = 1; return $a; };
$g = fn(?string $o = 'x') => $o?->m()->n ?: (string) @$o;
#[Route('/api', methods: ['GET'])]
class K extends M { use T; public const X = 'a'; private array $list = ['a']; public static $st;
  function __construct(private readonly array $allowed) { $this->b = new \\Foo\\Bar($x); }
  static function m() { return self::X . static::$st . K::class; } }
[$a, 'k' => $b] = explode(',', 'x'); unset($l['a']);
enum E: string { case A = 'a'; }
?>
<p><?= $o ?></p>
<?php foo();
`;

/** What the name at its last use is bound to. */
const valueOf = (program: Program, name: string): Expression | undefined =>
  program.resolve(program.identifiers(name).at(-1)!)?.value;

const only = (program: Program): Statement => program.body[0]!;

describe('PHP', () => {
  it('gives ranges inside the text for every prefix, whatever is asked', async function () {
    this.timeout(600_000);
    for (let length = 0; length <= sample.length; length++) {
      const text = sample.slice(0, length);
      const program = await read(text);
      const names = ['$a', '$o', '$l', '$x', '$i', '$v', '$e', '$s', 'A', 'C', 'K', 'R', 'foo', '$this', 'self'];
      assertRangesInside(program, names, text);
      program.dispose();
    }
  });

  it('lists classes that are used and files that are required', async () => {
    const program = await read(
      "<?php\nuse A\\B;\nuse A\\{C, D as E};\nrequire 'f.php';\ninclude_once dirname(__DIR__) . '/g.php';\nrequire $h;\nnew \\X\\Y();\n",
    );
    assert.deepEqual(
      program.imports.map(({ module, imported, local, everything: all }) => [module, imported, local, all]),
      [
        ['A\\B', 'B', 'B', undefined],
        ['A\\C', 'C', 'C', undefined],
        ['A\\D', 'D', 'E', undefined],
        ['f.php', '*', undefined, true],
        ['../g.php', '*', undefined, true],
      ],
    );
    const made = program.expressionAt(program.text.indexOf('X\\Y'));
    assert.equal(made?.kind === 'identifier' && program.resolve(made)?.import?.module, 'X\\Y');
  });

  it('keeps the variables of functions apart from those of the file, unless they say otherwise', async () => {
    const program = await read(
      "<?php\n$x = 'a';\nfunction f() { return $x; }\nfunction g() { global $x; return $x; }\n" +
        '$h = fn() => $x;\n$i = function () use ($x) { return $x; };\n',
    );
    const bound = program.identifiers('$x').map((use) => program.resolve(use)?.value?.kind);
    // In `f`, in `g`, in the arrow function, in the closure.
    assert.deepEqual(bound, [undefined, 'identifier', 'string', 'identifier']);
  });

  it('gives a variable that is first assigned under a condition no value of its own', async () => {
    const program = await read("<?php\nif ($a) { $x = 'a'; }\n$x = 'b';\nf($x);\n");
    assert.equal(valueOf(program, '$x'), undefined);
    assert.equal(program.resolve(program.identifiers('$x').at(-1)!)?.assignments.length, 2);
  });

  it('reads HTML around the code, and both signs of comments', async () => {
    const program = await read('<p>\n<?php // one\n# two\n/* three */ f(); ?>\n<b><?= $x ?></b>\n');
    assert.deepEqual(
      program.comments.map(({ text }) => text),
      ['one', 'two', 'three'],
    );
    assert.deepEqual(
      program.body.map(({ kind }) => kind),
      ['expression-statement', 'expression-statement'],
    );
  });

  it('chains `elseif`, and ends what runs at `exit` and `die`', async () => {
    const program = await read('<?php\nif ($a) { exit; } elseif ($b) { die(); } else { f(); }\n');
    const first = only(program);
    assert.equal(first.kind, 'if');
    const second = first.kind === 'if' ? first.alternate : undefined;
    assert.equal(second?.kind, 'if');
    assert.equal(second?.kind === 'if' ? second.alternate?.kind : undefined, 'block');
    const call = program.identifiers('f')[0]!;
    const holders = [];
    for (let node = call.parent; node; node = node.parent) holders.push(node.kind);
    assert.deepEqual(holders, ['call', 'expression-statement', 'block', 'if', 'if', 'block']);
  });
});
