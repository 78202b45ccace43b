/** What Python expressions evaluate to. */
import assert from 'node:assert/strict';
import { marked, open, show } from './harness.ts';

/** Code with one `mark(…)`, and what its argument is. */
const script: readonly (readonly [string, string])[] = [
  ["mark('a' + 'b')", "'ab'"],
  ["mark('a' \"b\" r'\\c')", "'ab\\c'"],
  ["mark(b'a')", "'a'"],
  ['mark("""a\nb""")', "'a\nb'"],
  ["mark('\\x41\\u0042\\103\\.')", "'ABC\\.'"],
  ["host = 'example.com'\nmark(f'https://{host}')", "'https://example.com'"],
  ["mark(f'{{a}}')", "'{a}'"],
  ["host = 'x'\nmark(f'{host!r}')", 'unknown'],
  ["mark(['a', *['b'], ])", "['a', 'b']"],
  ["mark(('a',))", "['a']"],
  ["mark({'a', 'b'})", "['a', 'b']"],
  ["mark({'a': 1, **{'b': True}})", '{a: 1, b: true}'],
  ['mark(dict(a=1))', '{a: 1}'],
  ['mark(None)', 'nothing'],
  ["a = b = 'c'\nmark(a)", "'c'"],
  ["a, (b, c) = 'x', ('y', 'z')\nmark(c)", "'z'"],
  ["origins: list[str] = ['a']\nmark(origins)", "['a']"],
  ["origins: list[str]\norigins = ['a']\nmark(origins)", "['a']"],
  ["origins = ['a']\norigins.append('b')\nmark(origins)", "['a', 'b', …]"],
  ["origins = ['a']\norigins += ['b']\nmark(origins)", "['a', 'b']"],
  ["origins = ['a']\nif os.getenv('DEBUG'):\n    origins.extend(['b', 'c'])\nmark(origins)", "['a', ('b'), ('c'), …]"],
  ["origins = ['a']\nif os.getenv('DEBUG'):\n    origins = ['*']\nmark(origins)", "(['*'] | ['a'])"],
  ["if os.getenv('DEBUG'):\n    origins = ['*']\nelse:\n    origins = ['a']\nmark(origins)", "(['a'] | ['*'])"],
  ["origins = ['a']\ndef f():\n    origins = ['b']\nmark(origins)", "['a']"],
  ["origins = ['a']\ndef f():\n    mark(origins)", "['a']"],
  ["x = None\ndef f():\n    global x\n    x = 'a'\nmark(x)", "('a' | nothing)"],
  ["def origins():\n    return ['a']\nmark(origins())", "['a']"],
  ["def of(host, scheme='https'):\n    return f'{scheme}://{host}'\nmark(of('a'))", "'https://a'"],
  ["def of(host, scheme='https'):\n    return f'{scheme}://{host}'\nmark(of(scheme='http', host='a'))", "'http://a'"],
  ["mark((lambda x: x + 'b')('a'))", "'ab'"],
  ["mark([f'https://{h}' for h in ['a', 'b']])", "['https://a', 'https://b']"],
  ["mark([h for h in ['a', '', 'b'] if h])", "['a', 'b']"],
  ["mark([s + h for h in ['a', 'b'] for s in ['x', 'y']])", "['xa', 'ya', 'xb', 'yb']"],
  ["mark([o.strip() for o in 'a, b,'.split(',') if o.strip()])", "['a', 'b']"],
  ["mark(list(map(str.strip, 'a, b'.split(','))))", "['a', 'b']"],
  ["mark([k for k, v in [('a', 1), ('b', 2)]])", "['a', 'b']"],
  ['mark({k: v for k, v in x})', 'unknown'],
  ["mark(', '.join(['GET', 'POST']))", "'GET, POST'"],
  ["mark('a' if True else 'b')", "'a'"],
  ["mark('' or 'a')", "'a'"],
  ["mark(not 'a')", 'false'],
  ["mark((x := 'a'))", "'a'"],
  ["if (x := 'a'):\n    mark(x)", "'a'"],
  ["import os\nmark(os.environ['X'])", 'env X'],
  ["import os\nmark(os.environ.get('X'))", 'env X'],
  ["import os\nmark(os.environ.get('X', '*'))", "env X or '*'"],
  ["import os\nmark(os.getenv('X', '*'))", "env X or '*'"],
  ["import os\nmark(os.getenv('X') or '*')", "env X or '*'"],
  ["import os\nmark(os.getenv('X', 'a,b').split(','))", "env X split or ['a', 'b']"],
  ["import os\nmark([o.strip() for o in os.getenv('X', 'a, b').split(',')])", "env X split or ['a', 'b']"],
  ["import os\nmark([o for o in os.getenv('X', '').split(',') if o])", 'env X split or []'],
  ["from os import getenv as g\nmark(g('X', 'a'))", "env X or 'a'"],
  ["from os import environ\nmark(environ.get('X', 'a'))", "env X or 'a'"],
  ["from decouple import config\nmark(config('X', default='a'))", "env X or 'a'"],
  ["import environ\nenv = environ.Env(X=(list, ['*']))\nmark(env('X'))", "env X split or ['*']"],
  ["import environ\nenv = environ.Env(Y=(list, ['*']))\nmark(env('X'))", 'env X'],
  ["class Base:\n    origins = ['a']\nclass Production(Base):\n    debug = False\nmark(Production.origins)", "['a']"],
  [
    "class Settings(BaseSettings):\n    origins: list[str] = ['*']\nsettings = Settings()\nmark(settings.origins)",
    "env ORIGINS or ['*']",
  ],
  [
    'class Settings(BaseSettings):\n    origins: list[str]\nsettings = Settings()\nmark(settings.origins)',
    'env ORIGINS',
  ],
  [
    "class Settings(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix='APP_')\n    origins: list[str] = ['*']\n" +
      'settings = Settings()\nmark(settings.origins)',
    "env APP_ORIGINS or ['*']",
  ],
  [
    "class Settings(BaseSettings):\n    origins: list[str] = Field(default=['*'])\nsettings = Settings()\nmark(settings.origins)",
    "env ORIGINS or ['*']",
  ],
  [
    "class Settings(BaseSettings):\n    origins: list[str] = Field(default_factory=lambda: ['a'])\nmark(Settings().origins)",
    "env ORIGINS or ['a']",
  ],
  [
    "class Settings(pydantic_settings.BaseSettings):\n    raw: str = 'a,b'\n    @property\n" +
      "    def origins(self):\n        return self.raw.split(',')\nmark(Settings().origins)",
    "env RAW split or ['a', 'b']",
  ],
  [
    "class Settings(BaseSettings):\n    origins: list[str] = ['a']\n@lru_cache\ndef get_settings():\n" +
      '    return Settings()\nmark(get_settings().origins)',
    "env ORIGINS or ['a']",
  ],
  ["class Config:\n    ORIGINS = ['a']\nmark(Config.ORIGINS)", "['a']"],
  ["ORIGINS = ['outer']\nclass Config:\n    ORIGINS = ['a']\n    def f(self):\n        mark(ORIGINS)", "['outer']"],
  [
    "class A:\n    def __init__(self):\n        pass\n    origins = ['a']\n    def f(self):\n        mark(self.origins)",
    "['a']",
  ],
  ["import re\nmark(re.compile(r'^a$', re.I))", '/^a$/i'],
  ["async def h(request):\n    mark(request.headers.get('Origin'))", 'origin'],
  ["async def h(request: Request):\n    mark(request.headers['origin'])", 'origin'],
  ["def h(request):\n    mark(request.META.get('HTTP_ORIGIN'))", 'origin'],
  ["from flask import request\ndef h():\n    mark(request.headers.get('Origin'))", 'origin'],
  ["def h(request):\n    mark(request.headers.get('Origin', ''))", 'origin'],
  ["def h(request):\n    mark(request.headers.get('Origin', '*'))", "(origin | '*')"],
  ["options = {'a': 1}\noptions['b'] = 2\nmark(options)", '{a: 1, b: 2}'],
  ["options = {'a': 1}\noptions.update(other)\nmark(options)", '{a: 1, …}'],
  ["mark([f'{n}{h}' for n, h in enumerate(['a', 'b'])])", "['0a', '1b']"],
  ["mark([v for k, v in {'a': 'x', 'b': 'y'}.items()])", "['x', 'y']"],
  ['class Settings(BaseSettings):\n    origins: str = Field(...)\nmark(Settings().origins)', 'env ORIGINS'],
  ["for o in ['a']:\n    pass\nfor o in ['b']:\n    mark(o)", 'unknown'],
  ["with open('a') as f:\n    mark(f)", 'unknown'],
];

/** Several files, the first with the `mark(…)`. */
const files: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
  [{ 'app/main.py': 'from .config import ORIGINS\nmark(ORIGINS)', 'app/config.py': "ORIGINS = ['a']\n" }, "['a']"],
  [
    {
      'app/main.py': 'from app.config import ORIGINS as o\nmark(o)',
      'app/config.py': "ORIGINS = ['a']\nORIGINS.append('b')\n",
    },
    "['a', 'b', …]",
  ],
  [{ 'app/main.py': 'from . import config\nmark(config.ORIGINS)', 'app/config.py': "ORIGINS = ['a']" }, "['a']"],
  [
    {
      'app/main.py': 'from app import config\nmark(config.ORIGINS)',
      'app/config.py': "ORIGINS = ['a']",
      'app/__init__.py': '',
    },
    "['a']",
  ],
  [{ 'app/main.py': 'import config\nmark(config.ORIGINS)', 'app/config.py': "ORIGINS = ['a']" }, "['a']"],
  [
    {
      'app/api/main.py': 'from ..core.config import settings\nmark(settings.origins)',
      'app/core/config.py': "class Settings(BaseSettings):\n    origins: list[str] = ['*']\nsettings = Settings()\n",
    },
    "env ORIGINS or ['*']",
  ],
  [
    {
      'main.py': 'from config import ORIGINS\nmark(ORIGINS)',
      'config.py': "import os\nif os.getenv('DEBUG'):\n    ORIGINS = ['*']\nelse:\n    ORIGINS = ['a']\n",
    },
    "(['a'] | ['*'])",
  ],
];

describe('values of Python', () => {
  for (const [code, expected] of script) {
    it(code, async () => {
      const snippet = await open({ 'app.py': code });
      assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), expected);
    });
  }
  for (const [sources, expected] of files) {
    it(Object.values(sources).join(' // '), async () => {
      const snippet = await open(sources);
      assert.equal(show(snippet.evaluator.evaluate(marked(snippet))), expected);
    });
  }
});
