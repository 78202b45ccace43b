/** Conditions on the origin in Python: what a check lets in, for concrete origins. */
import assert from 'node:assert/strict';
import { answers, marked, open } from './harness.ts';

const origins = ['https://a.example.com', 'https://b.example.com', 'https://a.example.com.evil.test', 'null', null];
const head = `import fnmatch, os, re
from urllib.parse import urlparse, urlsplit
LIST = ["https://a.example.com", "https://b.example.com"]
PATTERN = re.compile(r"https://a\\.example\\.com")

def is_allowed(value):
    if not value:
        return False
    for one in LIST:
        if value == one:
            return True
    return False

def by_host(value: str) -> bool:
    parts = urlsplit(value)
    if parts.scheme != "https":
        return False
    elif parts.hostname == "a.example.com":
        return True
    else:
        return False

def by_match(value):
    match value:
        case "https://a.example.com" | "https://b.example.com":
            return True
        case _:
            return False

def handler(request):
    origin = request.headers.get("origin")
`;

/** The end of a handler with one `mark(test)`, and whether the test holds for each of `origins`. */
const tests: readonly (readonly [string, string])[] = [
  ['mark(origin == "https://a.example.com")', '+----'],
  ['mark(origin != "https://a.example.com")', '-++++'],
  ['mark(origin in LIST)', '++---'],
  ['mark(origin not in LIST)', '--+++'],
  ['mark(not origin in LIST)', '--+++'],
  ['mark(origin in {"https://a.example.com"})', '+----'],
  ['mark(origin in {"https://a.example.com": 1})', '+----'],
  ['mark(origin in ("https://a.example.com"))', '+---?'],
  ['mark("example.com" in origin)', '+++--'],
  ['mark(origin and origin in LIST)', '++---'],
  ['mark(origin is not None and origin in LIST)', '++---'],
  ['mark(origin is None)', '----+'],
  ['mark(origin.startswith("https://a.example.com"))', '+-+--'],
  ['mark(origin.startswith(("https://a.", "https://b.")))', '+++--'],
  ['mark(origin.endswith(".example.com"))', '++---'],
  ['mark(origin.endswith((".example.com", ".evil.test")))', '+++--'],
  ['mark(origin.startswith(("https://a.example.com", "https://c")))', '+-+--'],
  ['mark(fnmatch.fnmatch(origin, "https://*.example.com"))', '++---'],
  ['mark(fnmatch.fnmatchcase(origin, "https://?.example.com*"))', '+++--'],
  ['mark(origin.lower() == "https://a.example.com")', '+----'],
  ['mark(any(origin == one for one in LIST))', '++---'],
  ['mark(any([origin.startswith(one) for one in LIST]))', '+++--'],
  ['mark(any(origin.endswith(one) for one in [".example.com", ".test"] if one != ".test"))', '++---'],
  ['mark(all(origin != one for one in LIST))', '--+++'],
  ['mark(re.match(r"https://a\\.example\\.com", origin))', '+-+--'],
  ['mark(re.match(r"^https://a\\.example\\.com$", origin))', '+----'],
  ['mark(re.search("example", origin) is not None)', '+++--'],
  ['mark(bool(re.fullmatch(r"https://.\\.example\\.com", origin)))', '++---'],
  ['mark(PATTERN.match(origin))', '+-+--'],
  ['mark(PATTERN.fullmatch(origin))', '+----'],
  ['mark(urlparse(origin).hostname == "a.example.com")', '+--??'],
  ['mark(urlparse(origin).netloc.endswith(".example.com"))', '++-??'],
  ['mark(urlparse(origin).scheme == "https")', '+++??'],
  ['mark(is_allowed(origin))', '++---'],
  ['mark(by_host(origin))', '+--??'],
  ['mark(by_match(origin))', '++---'],
  ['mark((o := request.headers.get("Origin")) in LIST)', '++---'],
  ['mark("https://a.example.com" <= origin <= "z")', '?????'],
  ['mark(os.getenv("DEBUG") or origin in LIST)', '++???'],
  ['mark(True if origin in LIST else False)', '++---'],
  ['mark(unknown_check(origin))', '?????'],
];

/** The end of a handler; under which origins `here` is reached. */
const guards: readonly (readonly [string, string])[] = [
  ['if origin in LIST:\n        here()', '++---'],
  ['if origin not in LIST:\n        return\n    here()', '++---'],
  ['if origin == LIST[0]:\n        pass\n    elif origin == LIST[1]:\n        here()', '-+---'],
  [
    'if origin == LIST[0]:\n        pass\n    elif origin == LIST[1]:\n        pass\n    else:\n        here()',
    '--+++',
  ],
  ['if origin not in LIST:\n        raise HTTPException(403)\n    with lock:\n        here()', '++---'],
  ['for one in LIST:\n        if one == origin:\n            here()', '++---'],
  [
    'match origin:\n        case "https://a.example.com":\n            pass\n        case _:\n            here()',
    '-++++',
  ],
  ['try:\n        pass\n    except ValueError:\n        return\n    here()', '?????'],
];

async function answersOf(
  code: string,
  ask: (snippet: Awaited<ReturnType<typeof open>>) => Parameters<typeof answers>[0],
): Promise<string> {
  return answers(ask(await open({ 'app.py': `${head}    ${code}\n` })), origins);
}

describe('conditions on the origin in Python', () => {
  for (const [code, expected] of tests) {
    it(code, async () =>
      assert.equal(await answersOf(code, (snippet) => snippet.evaluator.test(marked(snippet))), expected),
    );
  }
  for (const [code, expected] of guards) {
    it(code, async () =>
      assert.equal(await answersOf(code, (snippet) => snippet.evaluator.guard(marked(snippet, 'here'))), expected),
    );
  }
});
