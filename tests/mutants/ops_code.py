# SPDX-License-Identifier: GPL-2.0-only
"""Mutants of what functions do: operators on the bodies that a step touches.

Each changes one place of a body. That it changes what the machine does is by
construction (the comment at each class says why), and the runner checks it: a
mutant whose objects are those of the unchanged commit is drawn again.
"""

import itertools
import os
import re

import source
from model import Candidate, Edit, Operator

KEYWORDS = {"if", "while", "for", "switch", "return", "sizeof", "typeof",
            "BUILD_BUG_ON", "ARRAY_SIZE", "static_call", "kvm_x86_call"}


def place(path, name):
    return f"{os.path.basename(path)}: {name}"


def spots(step, pattern, noisy=False):
    """(path, function, match) of the pattern in each touched body."""
    regex = re.compile(pattern, re.M | re.S)
    for path, f in step.touched:
        text = step.after(path)
        code = text if noisy else source.blank(text)
        for match in regex.finditer(code, f.brace, f.end):
            yield path, f, match


def change(step, path, f, begin, end, new):
    return Candidate(step, (Edit(path, begin, end, new),), place(path, f.name))


def group(step, spot, n, new):
    path, f, match = spot
    return change(step, path, f, match.start(n), match.end(n), new)


def mapped(pattern, table, noisy=False):
    """An operator that puts table[group 1] for group 1."""
    def find(step):
        for spot in spots(step, pattern, noisy):
            for new in table.get(spot[2].group(1), ()):
                yield group(step, spot, 1, new)
    return find


def others(names, name):
    """The names that follow in the sorted circle, without itself."""
    ring = sorted(set(names) - {name})
    return [n for n in ring if n > name] + [n for n in ring if n < name]


# Another constant of the family: other bits or another register.
def constants(step):
    pattern = r"\b([A-Z][A-Z0-9_]*_)([A-Z0-9]+)\b(?!\s*\()"
    found = list(spots(step, pattern))
    families = {}
    for _, _, match in found:
        families.setdefault(match.group(1), set()).add(match.group())
    for spot in found:
        for new in others(families[spot[2].group(1)], spot[2].group())[:2]:
            yield group(step, spot, 0, new)


# Another number: other bounds, shifts, masks and bits.
def numbers(step):
    pattern = r"(?<![\w.\[])(0x[0-9a-f]+|\d+)(?=(?:ul|ull|UL|u)?\b)(?!\s*\.\.\.)"
    for spot in spots(step, pattern):
        line = source.line_span(spot[2].string, spot[2].start())
        if "return" in spot[2].string[line[0]:spot[2].start()]:
            continue  # a class of its own
        number = int(spot[2].group(1), 0) + 1
        new = hex(number) if spot[2].group(1).startswith("0x") else str(number)
        yield group(step, spot, 1, new)


# The caller gets another answer.
RETURNS = {"0": ("1",), "1": ("0",), "true": ("false",), "false": ("true",),
           "-EINVAL": ("-EFAULT", "0")}
returns = mapped(r"\breturn (-?\w+);", RETURNS)

# The condition is the opposite, or another one.
negations = mapped(r"(?<!!)(!)(?=[\w(])", {"!": ("",)})
COMPARISONS = {"==": ("!=",), "!=": ("==",), "<": ("<=",), ">": (">=",),
               "<=": ("<",), ">=": (">",)}
comparisons = mapped(r" (==|!=|<=|>=|<|>) ", COMPARISONS)
logic = mapped(r" (&&|\|\|)[ \n]", {"&&": ("||",), "||": ("&&",)})

# Other bits are set, cleared or asked for.
BITS = {"|=": ("&=", "^="), "&=": ("|=",), "&": ("|",), "^": ("&",), "& ~": ("& ",)}
bits = mapped(r" (\|=|&=|& ~|&|\^)(?=[ \w(])", BITS)

# u64 and unsigned long lose their upper half in a local variable or a cast.
widths = mapped(r"\b(u64|unsigned long|gpa_t|gfn_t)\b(?= \w+(?: =|;|,))",
                {t: ("u32",) for t in ("u64", "unsigned long", "gpa_t", "gfn_t")})


# Two arguments change places; a type that does not fit is a compiler's error.
def arguments(step):
    operand = r"([\w.&*>-]+(?:\[\w+\])?)"
    for spot in spots(step, r"\b(\w+)\((?:[\w>-]+, )*?%s, %s[,)]" % (operand, operand)):
        match = spot[2]
        if match.group(1) in KEYWORDS or match.group(2) == match.group(3):
            continue
        new = f"{match.group(3)}, {match.group(2)}"
        yield change(step, *spot[:2], match.start(2), match.end(3), new)


# Another member of the same object.
def members(step):
    pattern = r"\b(\w+(?:(?:->|\.)\w+)*(?:->|\.))(\w+)\b(?!\s*[(\[.]|->)"
    found = list(spots(step, pattern))
    of = {}
    for _, _, match in found:
        of.setdefault(match.group(1), set()).add(match.group(2))
    for spot in found:
        for new in others(of[spot[2].group(1)], spot[2].group(2))[:2]:
            yield group(step, spot, 2, new)


# Another function with the same arguments. Both are called by the step's code.
def callees(step):
    found = [s for s in spots(step, r"\b([a-z_]\w+)\(([^()]+)\)")
             if s[2].group(1) not in KEYWORDS]
    by = {}
    for _, _, match in found:
        by.setdefault(match.group(2), set()).add(match.group(1))
    for spot in found:
        for new in others(by[spot[2].group(2)], spot[2].group(1))[:2]:
            yield group(step, spot, 1, new)


STATEMENT = r"^(\t+)(?!return|goto|break|else|case|default|if|for)" \
            r"((?:\w+(?:->|\.)[^\n;{}]*|\w+\([^\n;{}]*\)|\w+ [|&^+-]?= [^\n;{}]*);\n)"


# Two statements change places. One of them calls a function that may read what
# the other one writes, or does something itself, so their order is seen.
def swapped(step):
    pattern = STATEMENT + r"\1(?!return|goto|break)([^\n;{}\t][^\n;{}]*;\n)"
    for path, f, match in spots(step, pattern):
        first, second = match.group(2), match.group(3)
        words = set(re.findall(r"\w+", first)) & set(re.findall(r"\w+", second))
        if words and re.search(r"\w\)?\(", first + second) and first != second:
            new = match.group(1) + second + match.group(1) + first
            yield change(step, path, f, match.start(), match.end(), new)


# A call or an assignment that is not made.
# An assertion that leaves no code is a class of its own (check_lost).
def dropped(step):
    for path, f, match in spots(step, STATEMENT):
        if "BUILD_BUG_ON" in match.group():
            continue
        yield change(step, path, f, match.start(), match.end(), "")


# Behind the loop or branch instead of in it: done once, or always.
def unbraced(step):
    for path, f, match in spots(step, r"^(\t+)((?:if|for) \([^\n{]*\)) \{\n"
                                      r"\1(\t[^\n]*;\n)((?:\1\t[^\n]*;\n)+)\1\}\n"):
        tab = match.group(1)
        rest = re.sub(r"^\t", "", match.group(4), flags=re.M)
        new = f"{tab}{match.group(2)}\n{tab}{match.group(3)}{rest}"
        yield change(step, path, f, match.start(), match.end(), new)


# The value falls to another branch of the switch.
def labels(step):
    for path, f, match in spots(step, r"^\t+case \w+:\n(?=\t+\w+)"):
        yield change(step, path, f, match.start(), match.end(), "")


CONDITIONAL = r"^#if(n?)def (\w+)\n((?:(?!#)[^\n]*\n)+)(?:#else\n((?:(?!#)[^\n]*\n)+))?#endif\n"


# The configuration compiles these lines, and they do something.
def block_dropped(step):
    for path, f, match in spots(step, CONDITIONAL, True):
        if not match.group(1):
            yield change(step, path, f, match.start(), match.end(), match.group(4) or "")


# The other branch, or none, is compiled.
def branch_swapped(step):
    for path, f, match in spots(step, CONDITIONAL, True):
        new = "ifdef" if match.group(1) else "ifndef"
        begin = match.start() + 1
        yield change(step, path, f, begin, begin + len("if" + match.group(1) + "def"), new)


# The same code in this configuration, other code in another one.
def lines_dropped(step):
    for path, f, match in spots(step, CONDITIONAL, True):
        yield change(step, path, f, match.start(), match.end(), match.group(3))


def out_of_block(step):
    for path, f, match in spots(step, CONDITIONAL, True):
        lines = match.group(3).splitlines(True)
        if match.group(4) is None and len(lines) > 1 and re.match(r"\t[^\t{}]*;\n", lines[-1]):
            end = match.end(3)
            new = "#endif\n" + lines[-1]
            yield change(step, path, f, end - len(lines[-1]), match.end(), new)


# Nothing in a configuration without lockdep, and a warning or nothing elsewhere.
def check_added(step):
    for path, f, match in spots(step, STATEMENT):
        new = f"{match.group(1)}lockdep_assert_preemption_enabled();\n{match.group()}"
        yield change(step, path, f, match.start(), match.end(), new)


def put_under(step):
    for path, f, match in spots(step, STATEMENT):
        new = f"#ifdef CONFIG_X86_64\n{match.group()}#endif\n"
        yield change(step, path, f, match.start(), match.end(), new)


# WARN_ON() warns each time.
once = mapped(r"\b(WARN_ON_ONCE)\(", {"WARN_ON_ONCE": ("WARN_ON",)})


def comment_lost(step):
    for path, f, match in spots(step, r"^\t+/\*(?:(?!\*/).)*\*/\n", True):
        yield change(step, path, f, match.start(), match.end(), "")
    for path, f, match in spots(step, r" /\*[^\n]*\*/(?=\n)", True):
        yield change(step, path, f, match.start(), match.end(), "")


def check_lost(step):
    for path, f, match in spots(step, r"^\tBUILD_BUG_ON\([^\n]*\n"):
        yield change(step, path, f, match.start(), match.end(), "")


signed = mapped(r"\t(unsigned int) i;", {"unsigned int": ("int",)})


# Two functions that give the same code, e.g. checks of the same bits: nothing
# that runs changes, but another source is meant.
def same_code(step):
    bodies = {}
    text = {path: step.after(path) for path in step.added if path.endswith((".c", ".h"))}
    for path in text:
        for f in source.functions(text[path]):
            bodies.setdefault(text[path][f.brace:f.end], set()).add(f.name)
    for names in bodies.values():
        for old, new in itertools.permutations(sorted(names), 2):
            for spot in spots(step, r"\b(%s)\(" % old):
                yield group(step, spot, 1, new)


NEAR = (("promote", 1), ("extract", 1), ("rename", 1))

OPERATORS = [
    Operator("constant changed", constants, (("move", 2), ("extract", 1), ("header", 1))),
    Operator("number changed", numbers, (("move", 2), ("promote", 1), ("header", 1))),
    Operator("return value changed", returns, (("move", 1), *NEAR[:2], ("header", 1))),
    Operator("negation dropped", negations, (("move", 2), ("promote", 1), ("header", 1))),
    Operator("comparison changed", comparisons, (("move", 1), ("rename", 1), ("promote", 1))),
    Operator("&& and || swapped", logic, (("move", 1), ("header", 1), ("promote", 1))),
    Operator("bit operator changed", bits, (("move", 2), *NEAR)),
    Operator("type narrowed", widths, (("move", 1), ("promote", 1))),
    Operator("arguments swapped", arguments, (("move", 1), ("rename", 1))),
    Operator("another field", members, (("move", 2), ("extract", 1), ("promote", 1))),
    Operator("another callee", callees, (("move", 2), ("rename", 2), ("promote", 1))),
    Operator("statements swapped", swapped, (("move", 2), ("extract", 1), ("rename", 1))),
    Operator("statement dropped", dropped, (("move", 2), *NEAR)),
    Operator("statement out of its block", unbraced, (("move", 1), ("extract", 1))),
    Operator("case label dropped", labels, (("move", 1),)),
    Operator("#ifdef block dropped", block_dropped, (("move", 2), ("rename", 1))),
    Operator("#ifdef branch swapped", branch_swapped, (("move", 2),)),
    Operator("WARN_ON_ONCE to WARN_ON", once, (("move", 1),)),
    Operator("#ifdef lines dropped", lines_dropped, (("move", 2), ("rename", 1)), "flag"),
    Operator("code out of its #ifdef", out_of_block, (("move", 1),), "flag"),
    Operator("code put under an #ifdef", put_under, (("move", 1), ("extract", 1)), "flag"),
    Operator("comment lost", comment_lost, (("move", 2), ("promote", 1), ("rename", 1)), "flag"),
    Operator("assertion that is off added", check_added,
             (("move", 1), ("extract", 1)), "flag"),
    Operator("BUILD_BUG_ON dropped", check_lost, (("move", 1), ("extract", 1)), "flag"),
    Operator("unsigned loop index to int", signed, (("move", 1),), "flag"),
    Operator("callee with the same code", same_code, (("promote", 1),), "flag"),
]
