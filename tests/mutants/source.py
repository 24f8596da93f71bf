# SPDX-License-Identifier: GPL-2.0-only
"""A rough reader of C in the kernel's style: enough to find places to break.

Nothing here decides about a verdict. Offsets are those of the text itself:
blanked texts have the same length and the same lines.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

NOISE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"'
                   r"|'(?:\\.|[^'\\\n])*'", re.S)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.M)
HEADER_END = re.compile(r"^\{", re.M)
CALL = re.compile(r"\b(\w+)\s*\(")
ATTRIBUTES = ("__section", "__attribute__", "__aligned", "defined")


def spaces(match):
    return re.sub(r"[^\n]", " ", match.group())


@lru_cache(maxsize=256)
def blank_noise(text):
    """Without comments, strings and characters."""
    return NOISE.sub(spaces, text)


@lru_cache(maxsize=256)
def blank(text):
    """Only code: without directives as well."""
    return DIRECTIVE.sub(spaces, blank_noise(text))


@dataclass(frozen=True)
class Function:
    """A definition: [begin, end) of the text, its body from brace on."""
    name: str
    begin: int
    brace: int
    end: int
    header: str

    @property
    def is_static(self):
        return re.search(r"\bstatic\b", self.header) is not None


def header_begin(code, brace):
    """Up to the line above that ends something else."""
    begin = brace
    while begin:
        line = code.rfind("\n", 0, begin - 1) + 1
        if re.search(r"^\s*$|[;}]\s*$", code[line:begin - 1]):
            break
        begin = line
    return begin


def function_name(header):
    for match in CALL.finditer(header):
        if match.group(1) not in ATTRIBUTES:
            return match.group(1)
    return None


@lru_cache(maxsize=256)
def functions(text):
    """All functions whose braces stand at the begin of a line, in order."""
    code = blank(text)
    found = []
    for match in HEADER_END.finditer(code):
        begin = header_begin(code, match.start())
        end = re.compile(r"^\}[^\n]*\n?", re.M).search(code, match.start())
        name = function_name(code[begin:match.start()])
        if name and end and "=" not in code[begin:match.start()]:
            found.append(Function(name, begin, match.start(), end.end(),
                                  code[begin:match.start()]))
    return found


def function_at(found, offset):
    return next((f for f in found if f.begin <= offset < f.end), None)


def line_span(text, offset):
    """The line that holds the byte, with its newline."""
    begin = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return begin, len(text) if end < 0 else end + 1


def behind_includes(text):
    """Where something can stand behind the last #include of the top."""
    last = 0
    for match in re.finditer(r"^#include[^\n]*\n", text, re.M):
        if HEADER_END.search(text[:match.start()]):
            break
        last = match.end()
    return last


def leading_comment(text, begin):
    """Begin of the comment that stands directly above, else begin."""
    if not text[:begin].endswith("*/\n"):
        return begin
    at = text.rfind("/*", 0, begin)
    return text.rfind("\n", 0, at) + 1


def whole_item(text, function):
    """A function with its comment and the lines that name it behind it."""
    end = function.end
    tied = re.compile(r"[A-Z_]+\(%s\b[^\n]*\);\n" % re.escape(function.name))
    match = tied.match(text, end)
    return leading_comment(text, function.begin), match.end() if match else end
