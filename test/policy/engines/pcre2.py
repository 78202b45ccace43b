"""Answers for each pattern which of the texts PCRE2 matches, as nginx and Apache call it. See ../dialects.mjs for the lines."""
import base64
import ctypes
import ctypes.util
import sys

CASELESS = 0x8
ERROR_NOMATCH = -1
name = ctypes.util.find_library("pcre2-8") or "libpcre2-8.so.0"
try:
    library = ctypes.CDLL(name)
except OSError:
    sys.exit(3)
library.pcre2_compile_8.restype = ctypes.c_void_p
library.pcre2_compile_8.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint32, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_size_t), ctypes.c_void_p]
library.pcre2_match_data_create_from_pattern_8.restype = ctypes.c_void_p
library.pcre2_match_data_create_from_pattern_8.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
library.pcre2_match_8.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_size_t, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_void_p]
library.pcre2_match_data_free_8.argtypes = [ctypes.c_void_p]
library.pcre2_code_free_8.argtypes = [ctypes.c_void_p]


def version():
    text = ctypes.create_string_buffer(64)
    library.pcre2_config_8(11, text)
    return text.value.decode().split(" ")[0]


if "--version" in sys.argv:
    print(version())
    sys.exit(0)
lines = sys.stdin.read().split("\n")
texts = [base64.b64decode(one) for one in lines[0].split(" ")]
for line in lines[1:]:
    if not line:
        continue
    _, flags, encoded = line.split(" ")
    source = base64.b64decode(encoded)
    error, offset = ctypes.c_int(), ctypes.c_size_t()
    code = library.pcre2_compile_8(source, len(source), CASELESS if "i" in flags else 0, ctypes.byref(error), ctypes.byref(offset), None)
    if not code:
        print("refused")
        continue
    data = library.pcre2_match_data_create_from_pattern_8(code, None)
    answers = ""
    for text in texts:
        found = library.pcre2_match_8(code, text, len(text), 0, 0, data, None)
        # `?`: the engine gave up, for example at its limit of steps.
        answers += "1" if found >= 0 else "0" if found == ERROR_NOMATCH else "?"
    library.pcre2_match_data_free_8(data)
    library.pcre2_code_free_8(code)
    print(answers)
