# SPDX-License-Identifier: GPL-2.0-only
"""Mutants of data and of the tables that the compiler and the kernel make:
types, initialisers, strings, keys, targets, exceptions, alternatives.
"""

import re

import source
from model import Edit, Operator
from ops_code import change, mapped, others, spots
from ops_file import candidate, insert, lines, rewritten, same_arguments


def is_other(step, pattern, extra=()):
    """(path, function, match, news): the other values that group 1 has."""
    found = list(spots(step, pattern))
    names = {m.group(1) for _, _, m in found} | set(extra)
    for path, f, match in found:
        yield path, f, match, others(names, match.group(1))


def swapped_values(pattern, extra=lambda step: ()):
    def find(step):
        for path, f, match, news in is_other(step, pattern, extra(step)):
            for new in news[:2]:
                yield change(step, path, f, *match.span(1), new)
    return find


def declared(macro):
    """Names that the headers which the step's files read declare with it."""
    def find(step):
        names = set()
        for path in step.tree.grep(step.commit, macro, step.target.rsplit("/", 1)[0]):
            text = step.after(path)
            names |= set(re.findall(r"^%s\((\w+)[,)]" % macro, text, re.M))
        return names
    return find


# Patched with another key, or calls another target.
static_key = swapped_values(r"static_branch_(?:un)?likely\(&(\w+)\)",
                            declared("DECLARE_STATIC_KEY_FALSE"))
static_target = swapped_values(r"\bstatic_call\((\w+)\)", declared("DECLARE_STATIC_CALL"))
HOOK = r"\bkvm_x86_call\((\w+)\)"
hook = swapped_values(HOOK)

# A fault is handled in another way.
extable = mapped(r"\b(EX_TYPE_\w+)", {"EX_TYPE_DEFAULT": ("EX_TYPE_UACCESS", "EX_TYPE_CLEAR_FS")})

# Patched on processors with another feature.
feature = swapped_values(r"(?:alternative\([^;]*?, |static_cpu_has\()(X86_FEATURE_\w+)\)",
                         lambda step: ("X86_FEATURE_SMAP", "X86_FEATURE_XMM2"))


# The parameter's file in sysfs can be written, or not.
def permission(step):
    for path, m in lines(step, r"^module_param\((\w+), \w+, (0\d+)\)"):
        new = "0644" if m[2] == "0444" else "0444"
        yield candidate(step, m[1], Edit(path, *m.span(2), new))


def between(step, opening, closing=r"^\};"):
    """(path, name, begin, end) of the inside of added items."""
    for path, m in lines(step, opening):
        end = re.compile(closing, re.M).search(step.after(path), m.end())
        if end:
            yield path, m.group(1), m.end(), end.start()


def pairs(step, opening, line):
    """Adjacent lines of an item that both match, to be swapped."""
    for path, name, begin, end in between(step, opening):
        text = step.after(path)[begin:end]
        for m in re.finditer(r"^(%s)(%s)" % (line, line), text, re.M):
            yield path, name, begin, m


# The second comes where the first was: offsets of members, values of
# enumerators, bits of a word.
def order_of(opening, line):
    def find(step):
        for path, name, begin, m in pairs(step, opening, line):
            yield candidate(step, name, Edit(path, begin + m.start(), begin + m.end(),
                                             m.group(2) + m.group(1)))
    return find


fields = order_of(r"^struct (\w+) \{\n", r"\t\w+ \w+;\n")
bitfields = order_of(r"^struct (\w+) \{\n", r"\t\w+ \w+ : \d+;\n")


# All that follow have other values, too.
def enumerators(step):
    for path, name, begin, end in between(step, r"^enum (\w+) \{\n"):
        text = step.after(path)
        for m in re.finditer(r"^\t\w+( = (\d+))?,\n", text[begin:end], re.M):
            if m[2]:
                at = (begin + m.start(2), begin + m.end(2))
                yield candidate(step, name, Edit(path, *at, str(int(m[2]) + 1)))
            elif m.start():
                yield candidate(step, name, insert(path, begin + m.end() - 2, " = 9"))


# The pointers of two hooks.
def pointers(step):
    for path, name, begin, end in between(step, r"^(?:static )?(?:const )?struct \w+ (\w+) = \{\n"):
        text = step.after(path)
        found = list(re.finditer(r"^\t\.\w+ = (\w+),\n", text[begin:end], re.M))
        for a, b in zip(found, found[1:]):
            if a[1] != b[1]:
                yield candidate(step, name,
                                Edit(path, begin + a.start(1), begin + a.end(1), b[1]),
                                Edit(path, begin + b.start(1), begin + b.end(1), a[1]))


TABLE = r"^(?:static )?const [\w *]*?(\w+)\[\] = \{ ([^\n]*) \};"


# Elements of a table.
def elements(step):
    for path, m in lines(step, TABLE):
        parts = m[2].split(", ")
        for i in range(len(parts) - 1):
            new = parts[:i] + [parts[i + 1], parts[i]] + parts[i + 2:]
            yield candidate(step, m[1], Edit(path, *m.span(2), ", ".join(new)))


# Where a computed goto goes.
def jumps(step):
    for spot in spots(step, r"(&&\w+), (&&\w+)"):
        path, f, m = spot
        yield change(step, path, f, *m.span(), f"{m[2]}, {m[1]}")


# What a case gives: the compiler makes a table of them.
def cases(step):
    for path, f, m in spots(step, r"^\tcase \w+:\n\t\treturn (\d+);"):
        yield change(step, path, f, *m.span(1), str(int(m[1]) + 1))


# A letter of a string.
def strings(step):
    for path, f in step.touched:
        text = step.after(path)
        for m in re.finditer(r'(?<!include )"(\w)[^"\n]{2,}"', text[f.brace:f.end]):
            at = f.brace + m.start(1)
            if source.blank(text)[f.brace:at].strip():
                yield change(step, path, f, at, at + 1, chr(ord(m[1]) ^ 1))
    for path, m in lines(step, r'^static const char \*const (\w+)\[\] = \{ [^\n]*?"(\w)\w+"'):
        yield candidate(step, m[1], Edit(path, *m.span(2), chr(ord(m[2]) ^ 1)))


# Called earlier or later when the kernel starts.
def initcall(step):
    for path, m in lines(step, r'^\t__section\("(\.initcall)(\d)\.init"\)'):
        for new in ("1", "6"):
            yield candidate(step, m[1], Edit(path, *m.span(2), new))


# Two that stand in one section, in another order.
def initcall_order(step):
    text = step.after(step.target)
    call = r"^static int \(\*const (\w+)\)\(void\) __used\n" \
           r"\t__section\(\"\.initcall\d\.init\"\) = (\w+);\n"
    found = [m for m in re.finditer(call, text, re.M) if step.is_added(step.target, *m.span())]
    for a, b in zip(found, found[1:]):
        yield candidate(step, a[1], Edit(step.target, *a.span(2), b[2]),
                        Edit(step.target, *b.span(2), a[2]))


# The other name stands for another function.
def alias(step):
    for path, m in lines(step, r"^FIXTURE_ALIAS\((\w+), (\w+)\);\n"):
        for name in same_arguments(step, path, m[1]):
            yield candidate(step, m[2], Edit(path, *m.span(1), name))


# The other name is gone.
alias_lost = rewritten(r"^FIXTURE_ALIAS\(\w+, (\w+)\);\n", lambda m: [""])


# An attribute less of a variable: other users see a copy that can be written.
def const_lost(step):
    for path, m in lines(step, r"^static (const )[\w *]*?(\w+)(?:\[\])? = "):
        yield candidate(step, m[2], Edit(path, *m.span(1), ""))


# A variable begins with another value.
def initial(step):
    for path, m in lines(step, r"^(?:static )?[\w ]+? (\w+) = (\d+);"):
        yield candidate(step, m[1], Edit(path, *m.span(2), str(int(m[2]) + 1)))


ONE = (("move", 1),)

OPERATORS = [
    Operator("static-branch key", static_key, ONE),
    Operator("static call target", static_target, ONE),
    Operator("hook of the vendor module", hook, (("move", 2), ("rename", 1))),
    Operator("exception-table type", extable, ONE),
    Operator("alternative's feature", feature, (("move", 2),)),
    Operator("module_param permission", permission, ONE),
    Operator("struct fields swapped", fields, ONE),
    Operator("bitfields swapped", bitfields, ONE),
    Operator("enum value", enumerators, ONE),
    Operator("ops-table pointers swapped", pointers, ONE),
    Operator("table contents", elements, (("move", 2),)),
    Operator("jump-table contents", jumps, ONE),
    Operator("switch-table contents", cases, ONE),
    Operator("string contents", strings, (("move", 2),)),
    Operator("initcall level", initcall, ONE),
    Operator("initcall order", initcall_order, ONE),
    Operator("alias of another function", alias, ONE),
    Operator("alias dropped", alias_lost, ONE),
    Operator("const lost", const_lost, ONE),
    Operator("initial value changed", initial, ONE),
]
