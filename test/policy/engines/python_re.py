"""Answers for each pattern which of the texts Python's re matches. See ../dialects.mjs for the lines."""
import base64
import re
import sys
import warnings

warnings.simplefilter("ignore")
lines = sys.stdin.read().split("\n")
texts = [base64.b64decode(one).decode() for one in lines[0].split(" ")]
for line in lines[1:]:
    if not line:
        continue
    mode, flags, source = line.split(" ")
    try:
        compiled = re.compile(base64.b64decode(source).decode(), re.IGNORECASE if "i" in flags else 0)
    except (re.error, OverflowError, RecursionError):
        print("refused")
        continue
    ask = {"search": compiled.search, "prefix": compiled.match, "full": compiled.fullmatch}[mode]
    print("".join("1" if ask(text) else "0" for text in texts))
