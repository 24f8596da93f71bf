# SPDX-License-Identifier: GPL-2.0-only
"""Mutants of what is around functions: linkage, exports, macros, includes,
prototypes, and code that is in two files or in the wrong one.
"""

import os
import re
from collections import Counter

import source
from model import Candidate, Edit, Operator
from ops_code import change, others, place


def is_source_move(step):
    return step.kind == "move" and step.target.endswith(".c")


def insert(path, at, text):
    return Edit(path, at, at, text)


def candidate(step, name, *edits):
    return Candidate(step, edits, place(edits[0].path, name))


def lines(step, pattern):
    """(path, match) of the pattern in lines that the commit added."""
    for path in sorted(step.added):
        text = step.after(path)
        for match in re.finditer(pattern, text, re.M):
            if path.endswith((".c", ".h")) and step.is_added(path, *match.span()):
                yield path, match


def rewritten(pattern, news):
    """An operator that puts what news(match) yields for an added line."""
    def find(step):
        for path, match in lines(step, pattern):
            for new in news(match):
                yield candidate(step, match.group(1), Edit(path, *match.span(), new))
    return find


# ---- Linkage and attributes -------------------------------------------------

# Who links to it: nobody, or others, or in another name space.
EXPORT = r"^EXPORT_SYMBOL_GPL\((\w+)\);\n"
export_lost = rewritten(EXPORT, lambda m: [""])
export_plain = rewritten(EXPORT, lambda m: [f"EXPORT_SYMBOL({m[1]});\n"])


def export_space(step):
    if knows(step, "EXPORT_SYMBOL_NS_GPL"):
        yield from rewritten(EXPORT, lambda m: [f"EXPORT_SYMBOL_NS_GPL({m[1]}, KVM);\n"])(step)


# One export more.
def export_added(step):
    for path, f in step.touched:
        tied = f"({f.name})" in step.after(path)[f.end:f.end + 100]
        if path.endswith(".c") and not f.is_static and not tied:
            yield candidate(step, f.name, insert(path, f.end, f"EXPORT_SYMBOL_GPL({f.name});\n"))


def headers(step, wanted=lambda f: True):
    """Definitions whose first line the commit added or changed, in .c files."""
    for path, f in step.touched:
        line = source.line_span(step.after(path), f.begin)
        if path.endswith(".c") and step.is_added(path, *line) and wanted(f):
            yield path, f


def knows(step, word):
    """Our small tree has not all that a kernel has."""
    return bool(step.tree.grep(step.commit, word, "include/linux"))


def with_attribute(attribute, wanted):
    def find(step):
        for path, f in headers(step, wanted) if knows(step, attribute) else ():
            name = f.begin + f.header.index(f.name)
            star = name - len(re.search(r"\**$", f.header[:name - f.begin]).group())
            yield candidate(step, f.name, insert(path, star, attribute + " "))
    return find


def is_global(f):
    return not f.is_static and "__weak" not in f.header


# Its memory is freed after the start.
made_init = with_attribute("__init", lambda f: "__init" not in f.header)
# Any other definition of the name is taken for it.
made_weak = with_attribute("__weak", is_global)
# A local function that no inlining may copy; what it does is the same.
made_noinline = with_attribute("noinline", lambda f: f.is_static and "inline" not in f.header)


def made_static(step):
    """A promotion more than the step says."""
    text = step.after(step.source)
    if step.kind != "promote" or not step.source.endswith(".c"):
        return
    named = {f.name for _, f in step.touched}
    words = Counter(re.findall(r"\w+", text))
    for f in source.functions(text):
        once = words[f.name] == 2
        if f.header.startswith("static ") and f.name not in named and once \
                and "inline" not in f.header and "__" not in f.header:
            proto = " ".join(f.header[7:].split()) + ";\n"
            yield candidate(step, f.name, Edit(step.source, f.begin, f.begin + 7, proto))


# Code or data is in another section: it is freed, may be traced, may be
# written, or is slow to reach.
SECTION = r"^[^\n{}=#(]*?(\b(__init|__ro_after_init|__read_mostly|noinstr) )"


def section_lost(step):
    for path, match in lines(step, SECTION):
        yield candidate(step, match[2], Edit(path, *match.span(1), ""))


# Not overridden, or overridden.
def weak_lost(step):
    for path, match in lines(step, r"^[^\n(]*\b(__weak )(\w+)\("):
        yield candidate(step, match[2], Edit(path, *match.span(1), ""))


# ---- Macros and includes ----------------------------------------------------

def used_constants(step):
    """Constants that the moved code has, in a stable order."""
    found = set()
    for path, f in step.moved:
        code = source.blank(step.after(path))[f.brace:f.end]
        found |= set(re.findall(r"\b[A-Z][A-Z0-9]+_[A-Z0-9_]+\b(?!\s*\()", code))
    return sorted(found)


def redefinition(name):
    return f"\n#undef {name}\n#define {name} 0x24\n"


# The moved code gets another constant. 0x24 is no value of theirs.
def macro_redefined(step):
    if is_source_move(step):
        at = source.behind_includes(step.after(step.target))
        for name in used_constants(step):
            yield candidate(step, name, insert(step.target, at, redefinition(name)))


# The same by way of a header that nobody had before.
def include_redefines(step):
    if not (is_source_move(step) or step.kind == "includes"):
        return
    path = step.target if step.kind == "move" else step.source
    text = step.after(path)
    header = os.path.join(os.path.dirname(path), "local_bits.h")
    at = source.behind_includes(text)
    names = used_constants(step) or sorted(set(re.findall(
        r"\b[A-Z][A-Z0-9]+_[A-Z0-9_]+\b(?!\s*\()",
        source.blank(text)[at:])))
    for name in names:
        yield candidate(step, name, insert(path, at, '#include "local_bits.h"\n'),
                        insert(header, 0, redefinition(name)))


# A function-like macro between the callers that stay and the function that
# moved: they get the opposite of what it returns, or it is not called.
def macro_hides(step):
    if not is_source_move(step):
        return
    text = step.after(step.source)
    at = source.behind_includes(text)
    for path, f in step.moved:
        if f.is_static or not re.search(r"\b%s\(" % f.name, source.blank(text)):
            continue
        value = f"(!({f.name})(__VA_ARGS__))"
        if re.match(r"void\b(?! \*)", f.header):
            value = "do { } while (0)"
        yield candidate(step, f.name, insert(
            step.source, at, f"\n#define {f.name}(...) {value}\n"))


# What the file prints begins with another word; or would, if it did print.
def prefix_lost(prints):
    def find(step):
        text = step.after(step.target) if is_source_move(step) else ""
        match = re.search(r"^#define (pr_fmt)\([^\n]*\n", text, re.M)
        if match and prints == bool(re.search(r"\bpr_(?!debug|fmt)\w+\(", text)):
            yield candidate(step, "pr_fmt", Edit(step.target, *match.span(), ""))
    return find


# An #ifndef in a header that both files read has its fallback in one of them.
def fallback(step):
    if not is_source_move(step):
        return
    text = step.after(step.target)
    at = re.search(r"^#include", text, re.M).start()
    for name, guard in fallbacks(step, text):
        value = f"#define {name}{'' if guard else ' 6'}\n\n"
        yield candidate(step, name, insert(step.target, at, value))


def fallbacks(step, text):
    """(name, whether only its being defined matters) of included headers."""
    folder = os.path.dirname(step.target)
    for name in re.findall(r'^#include "([\w./]+)"', text, re.M):
        header = step.after(os.path.normpath(os.path.join(folder, name)))
        for match in re.finditer(r"^#ifndef (\w+)\n#define \1 [^\n]+\n#endif", header or "", re.M):
            yield match.group(1), False


# A member more in the structures of one of the two files.
def other_layout(step):
    if not is_source_move(step):
        return
    text = step.after(step.target)
    folder = os.path.dirname(step.target)
    at = re.search(r"^#include", text, re.M).start()
    for name in re.findall(r'^#include "([\w./]+)"', text, re.M):
        header = step.after(os.path.normpath(os.path.join(folder, name))) or ""
        for match in re.finditer(r"^#ifdef (\w+)\n\t[^\n]*;\n#endif\n\t", header, re.M):
            if not match.group(1).startswith("CONFIG_"):
                yield candidate(step, match.group(1),
                                insert(step.target, at, f"#define {match.group(1)}\n\n"))


# Of two headers that define a macro unless it is there, the other one is first.
def header_first(step):
    if not is_source_move(step):
        return
    text, old = step.after(step.target), step.after(step.source)
    known = set(re.findall(r'^#include "([\w./]+)"', text, re.M))
    for name in re.findall(r'^#include "([\w./]+)"', old, re.M):
        folder = os.path.dirname(step.source)
        header = step.after(os.path.normpath(os.path.join(folder, name))) or ""
        if name in known or not re.search(r"^#ifndef (\w+)\n#define \1 \S", header, re.M):
            continue
        for match in re.finditer(r'^#include "(\w+\.h)"\n', text, re.M):
            yield candidate(step, name, insert(step.target, match.start(), f'#include "{name}"\n'))


# An #include line of the file's goes; all that it gave comes through others.
def include_lost(step):
    for path in sorted(step.added):
        text = step.after(path)
        for match in re.finditer(r"^#include [\"<]([^\n]*)[\">]\n", text, re.M):
            if path.endswith(".c") and step.kind != "transform":
                yield candidate(step, match[1], Edit(path, *match.span(), ""))


# A number that another function uses, in a file that the step edits anyway.
def macro_elsewhere(step):
    for path in sorted(step.added):
        text = step.after(path)
        code = source.blank_noise(text)
        for match in re.finditer(r"^#define (\w+)[ \t]+(0x[0-9a-f]+|\d+)$", code, re.M):
            if len(re.findall(r"\b%s\b" % match[1], code)) > 1:
                new = str(int(match[2], 0) + 1)
                yield candidate(step, match[1], Edit(path, *match.span(2), new))


# ---- In both files, or the wrong one ----------------------------------------

# A copy of a function stays behind, unused.
def copy_left(step):
    if not is_source_move(step):
        return
    at = source.behind_includes(step.after(step.source))
    for path, f in step.moved:
        if f.is_static and "inline" not in f.header:
            text = step.after(path)[f.begin:f.end]
            text = text.replace("static ", "static __maybe_unused ", 1)
            yield candidate(step, f.name, insert(step.source, at, "\n" + text))


def inline_left(step):
    if step.kind != "move" or not step.target.endswith(".h"):
        return
    text = step.after(step.source)
    at = max(text.rfind("\n#endif"), 0) + 1
    for path, f in step.moved:
        copy = step.after(path)[f.begin:f.end]
        copy = re.sub(r"\b%s\b" % f.name, f.name + "_old", copy)
        yield candidate(step, f.name, insert(step.source, at, copy + "\n"))


SCALAR = r"^static (?:bool|int|u32|u64|unsigned int) (?:__read_mostly )?(\w+)(?: = [^\n]*)?;\n"


# Whoever sets it sets the one in the other file; the copy is another one, which
# has to be written as well, or the compiler takes it for a constant.
def variable_twice(step):
    if not is_source_move(step):
        return
    at = source.behind_includes(step.after(step.target))
    text = step.after(step.target)
    results = [(f, m) for path, f in step.moved if path == step.target
               for m in re.finditer(r"\treturn ([^;{}]+);", source.blank(text)[f.begin:f.end])
               if not re.match(r"void|.*\*\s*\w+\(", f.header)]
    for match in re.finditer(SCALAR, step.after(step.source), re.M):
        for f, result in results[:3]:
            begin = f.begin + result.start(1)
            end = f.begin + result.end(1)
            new = f"({match[1]} ^= 1) ? 0 : ({text[begin:end]})"
            yield candidate(step, match[1], insert(step.target, at, "\n" + match.group()),
                            Edit(step.target, begin, end, new))


# The parameter sets a variable that nobody reads any more.
def parameter_left(step):
    for path, match in lines(step, SCALAR.replace(r";\n", r";\n(module_param\(\1,[^\n]*\n)")):
        at = source.behind_includes(step.after(step.source))
        yield candidate(step, match[1], insert(step.source, at, "\n" + match.group()),
                        Edit(path, *match.span(2), ""))


# Two counters where there was one.
def local_twice(step):
    if not is_source_move(step):
        return
    text = step.after(step.source)
    code = source.blank(text)
    at = source.behind_includes(text)
    for path, f in step.moved:
        body = step.after(path)[f.begin:f.end]
        calls = [c for c in re.finditer(r"\b%s\(" % f.name, code)]
        if not re.search(r"^\tstatic (?!const)", body, re.M) or not calls:
            continue
        own = f.name + "_here"
        copy = "static " + re.sub(r"\b%s\b" % f.name, own, body)
        head = re.sub(r"^static static", "static", copy)[:copy.index("{")].strip() + ";\n"
        call = calls[-1]
        yield candidate(step, f.name, insert(step.source, at, "\n" + head),
                        Edit(step.source, call.start(), call.end() - 1, own),
                        insert(step.source, len(text), "\n" + copy))


def namesakes(step, name):
    """(path, function) of static functions of that name, also of its old one,
    in other files of the folder."""
    names = {name, dict(step.renames).get(name, name)}
    folder = os.path.dirname(step.source)
    for word in sorted(names):
        for path in step.tree.grep(step.commit, word, folder):
            if path.endswith(".c") and path not in (step.source, step.target):
                for f in source.functions(step.after(path)):
                    if f.name == word and f.is_static:
                        yield path, f


# The other function of this name does something else.
def wrong_namesake(step):
    for path, f in step.touched:
        for other, g in namesakes(step, f.name):
            body = step.after(other)[g.brace:g.end]
            if body != step.after(path)[f.brace:f.end]:
                yield change(step, path, f, f.brace, f.end, body)


# A rename, or a second one, where another entity is meant.
def namesake_renamed(step):
    if step.kind != "rename":
        return
    for path, f in step.touched:
        for other, g in namesakes(step, f.name):
            if g.name == f.name:
                continue
            edits = [Edit(other, m.start(), m.end(), f.name) for m in
                     re.finditer(r"\b%s\b" % g.name, source.blank(step.after(other)))]
            yield candidate(step, g.name, *edits)


NARROW = {"unsigned long": "unsigned int", "u64": "u32", "int": "bool",
          "unsigned int": "u8", "u32": "u16", "bool": "u64"}


def prototype_of(f, narrow):
    """Of a definition; with one type of it narrower."""
    head = " ".join(f.header.replace("noinstr ", "").split())
    if narrow:
        parameters = re.search(r"\((.*)\)", head)
        for old, new in NARROW.items():
            match = re.search(r"\b%s (?=\w+[,)])" % old, head[parameters.start():])
            if match:
                begin = parameters.start() + match.start()
                return f"{head[:begin]}{new} {head[begin + len(old) + 1:]};\n"
        for old, new in NARROW.items():
            if head.startswith(old + " "):
                return f"{new}{head[len(old):]};\n"
        return None
    return head + ";\n"


# Callers hand over, or get back, less than the function takes or gives.
def wrong_prototype(step):
    if not is_source_move(step):
        return
    folder = os.path.dirname(step.source)
    for path, f in step.moved:
        wrong = None if f.is_static or "__" in f.header.split(f.name)[0] else prototype_of(f, True)
        for header in step.tree.grep(step.commit, f.name, folder) if wrong else ():
            text = step.after(header)
            match = re.search(r"^[\w *]*\b%s\([^;{}]*\);\n" % f.name, text, re.M)
            if not header.endswith(".h") or not match:
                continue
            at = source.behind_includes(step.after(step.source))
            own = source.behind_includes(step.after(step.target))
            yield candidate(step, f.name, Edit(header, *match.span(), ""),
                            insert(step.source, at, "\n" + wrong),
                            insert(step.target, own, "\n" + prototype_of(f, False)))


# The two names of a rename, or two renamed functions, are one another.
def names_swapped(step):
    if step.kind != "rename":
        return
    names = sorted({f.name for _, f in headers(step)})
    for path, f in step.touched:
        code = source.blank(step.after(path))
        for name in names:
            for match in re.finditer(r"\b%s\(" % name, code[f.brace:f.end]):
                for new in same_arguments(step, path, name):
                    begin = f.brace + match.start()
                    yield change(step, path, f, begin, begin + len(name), new)


def same_arguments(step, path, name):
    """Other functions of the file with the same parameters and result."""
    found = {f.name: re.sub(r"\s+", " ", f.header.replace(f.name, ""))
             for f in source.functions(step.after(path))}
    same = [n for n, header in found.items() if n != name and header == found.get(name)]
    return others(same, name)[:2]


MOVES = (("move", 2),)

OPERATORS = [
    Operator("export dropped", export_lost, MOVES),
    Operator("export licence changed", export_plain, MOVES),
    Operator("export name space changed", export_space, (("move", 1),)),
    Operator("export added", export_added, (("promote", 1), ("rename", 1))),
    Operator("function becomes __init", made_init, (("move", 1), ("promote", 1), ("extract", 1))),
    Operator("function becomes weak", made_weak, (("promote", 1), ("move", 1))),
    Operator("section attribute lost", section_lost, (("move", 4),)),
    Operator("weak lost", weak_lost, (("move", 1),)),
    Operator("macro redefined in the new file", macro_redefined, (("move", 2),)),
    Operator("include brings another definition", include_redefines,
             (("move", 1), ("includes", 3))),
    Operator("macro hides a moved function", macro_hides, (("move", 3),)),
    Operator("pr_fmt missing", prefix_lost(True), (("move", 1),)),
    Operator("#ifndef fallback taken elsewhere", fallback, (("move", 1),)),
    Operator("struct layout by another definition", other_layout, (("move", 1),)),
    Operator("header order", header_first, (("move", 1),)),
    Operator("macro changed elsewhere", macro_elsewhere,
             (("extract", 1), ("rename", 2), ("promote", 1), ("header", 1))),
    Operator("static variable in both files", variable_twice, (("move", 1),)),
    Operator("parameter's variable in both files", parameter_left, (("move", 1),)),
    Operator("static local in both files", local_twice, (("move", 1),)),
    Operator("the wrong namesake", wrong_namesake,
             (("move", 1), ("rename", 1), ("promote", 1))),
    Operator("prototype with another type", wrong_prototype, MOVES),
    Operator("rename calls another function", names_swapped, (("rename", 3),)),
    Operator("pr_fmt missing, nothing printed", prefix_lost(False), (("move", 1),), "flag"),
    Operator("noinline added", made_noinline, (("move", 1), ("extract", 1)), "flag"),
    Operator("#include dropped", include_lost, (("move", 1), ("includes", 1)), "flag"),
    Operator("promotion too many", made_static, (("promote", 1),), "flag"),
    Operator("copy left behind", copy_left, (("move", 1),), "flag"),
    Operator("inline left behind", inline_left, (("header", 1),), "flag"),
    Operator("namesake renamed as well", namesake_renamed, (("rename", 1),), "flag"),
]
