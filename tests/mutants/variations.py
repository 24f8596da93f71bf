# SPDX-License-Identifier: GPL-2.0-only
"""Neutral variations: other commits that do the same as a step's.

Each is one that the step's kind allows by its contract: moved code in another
order or at another place, other white space around it, includes in another
order, prototypes in another order, a helper at another place.
"""

import re

import source
from model import Candidate, Edit, Operator
from ops_code import place


def blocks(step, path):
    """Moved definitions of a file with all that is tied to them, in order."""
    text = step.after(path)
    return [source.whole_item(text, f) for p, f in step.moved
            if p == path and step.is_added(p, *source.whole_item(text, f))]


def runs(step, path):
    """Lists of neighbouring blocks: only blank lines between them."""
    text, found = step.after(path), []
    for block in blocks(step, path):
        if found and not text[found[-1][-1][1]:block[0]].strip():
            found[-1].append(block)
        else:
            found.append([block])
    return [run for run in found if len(run) > 1]


def settled(texts):
    """A static function in front of the first one that uses it, or it would
    not compile."""
    names = {}
    for text in texts:
        for f in source.functions(text):
            if f.is_static:
                names[f.name] = text
    placed, begun = [], set()

    def put(text):
        if text in begun:
            return
        begun.add(text)
        for word in re.findall(r"\w+", source.blank(text)):
            if word in names:
                put(names[word])
        placed.append(text)

    for text in texts:
        put(text)
    return placed


def reordered(step, path, order, name):
    """Every run of blocks in another order, the gaps left as they are."""
    text, edits = step.after(path), []
    for run in runs(step, path):
        texts = settled(order([text[b:e] for b, e in run]))
        edits += [Edit(path, b, e, new) for (b, e), new in zip(run, texts)]
    if edits:
        yield Candidate(step, tuple(edits), place(path, name))


def moves(step):
    return [step.target] if step.kind == "move" else []


def reversed_order(step):
    for path in moves(step):
        yield from reordered(step, path, lambda t: t[::-1], "reversed")


def neighbours(step):
    """Two definitions that stand side by side change places."""
    for path in moves(step):
        text = step.after(path)
        for run in runs(step, path):
            for a, b in zip(run, run[1:]):
                yield Candidate(step, (Edit(path, *a, text[slice(*b)]),
                                       Edit(path, *b, text[slice(*a)])),
                                place(path, text[slice(*a)].count("\n")))


def rotated(step):
    """The first ones come last."""
    for path in moves(step):
        for n in (1, 2, 3):
            yield from reordered(step, path, lambda t: t[n:] + t[:n], f"by {n}")


def blank_line(step):
    """One more between two of them."""
    for path in moves(step):
        for run in runs(step, path):
            for _, end in run[:-1]:
                yield Candidate(step, (Edit(path, end, end, "\n"),), place(path, "blank line"))


def blank_line_less(step):
    """One less between two of them, where the next one has no comment."""
    for path in moves(step):
        text = step.after(path)
        for run in runs(step, path):
            for (_, end), (begin, _) in zip(run, run[1:]):
                if begin > end and text[begin] not in "/":
                    yield Candidate(step, (Edit(path, end, begin, ""),),
                                    place(path, "no blank line"))


def elsewhere(step):
    """What moves goes in front of what was there, not behind it."""
    if step.kind != "move" or not step.before(step.target):
        return
    text = step.after(step.target)
    at = source.behind_includes(text)
    run = runs(step, step.target)
    if run and step.target.endswith(".c"):
        begin, end = run[0][0][0], run[-1][-1][1]
        yield Candidate(step, (Edit(step.target, at, at, "\n" + text[begin:end]),
                               Edit(step.target, begin, end, "")),
                        place(step.target, "first"))


def includes_order(step):
    """Two includes that the commit adds, or one and its neighbour."""
    for path in sorted(step.added):
        text = step.after(path)
        if not path.endswith(".c") or not step.before(path):
            continue  # a new file's first lines are the step's to say
        for m in re.finditer(r"^(#include <linux/\S+>\n)(#include <linux/\S+>\n)", text, re.M):
            if step.is_added(path, *m.span(1)) or step.is_added(path, *m.span(2)):
                yield Candidate(step, (Edit(path, *m.span(), m[2] + m[1]),),
                                place(path, "includes"))


def prototypes_order(step):
    """Prototypes that a promotion adds, one line each, in another order."""
    if step.kind != "promote":
        return
    text = step.after(step.target)
    for m in re.finditer(r"^(\w[^\n;{}#]*\);\n)(\w[^\n;{}#]*\);\n)", text, re.M):
        if step.is_added(step.target, *m.span()):
            yield Candidate(step, (Edit(step.target, *m.span(), m[2] + m[1]),),
                            place(step.target, "prototypes"))


def local_renamed(step):
    """A local variable of an extracted helper has another name."""
    if step.kind != "extract":
        return
    for path, f in step.touched:
        text = step.after(path)
        for m in re.finditer(r"^\t+(?!return|goto)(?:struct )?\w+ \*?(\w+)(?: =|;)", text[f.brace:f.end], re.M):
            if f.name not in step.head["Helper"]:
                continue
            body = re.sub(r"(?<![.>\w])%s\b" % m[1], m[1] + "_copy", text[f.brace:f.end])
            yield Candidate(step, (Edit(path, f.brace, f.end, body),), place(path, f.name))


def unchanged(step):
    """The commit as it is."""
    yield Candidate(step, (), step.name)


def spaced(step):
    """Two blank lines in front of what moves, or behind the includes."""
    for path in moves(step):
        found = runs(step, path)
        if found and step.is_added(path, *found[0][0]):
            begin = found[0][0][0]
            yield Candidate(step, (Edit(path, begin, begin, "\n"),), place(path, "in front"))


# ---- What no step may do, and a person may ----------------------------------

def sources(step):
    return [path for path in sorted(step.added) if path.endswith(".c") and step.touched]


def behind(step, path, new, name):
    at = source.behind_includes(step.after(path))
    return Candidate(step, (Edit(path, at, at, new),), place(path, name))


def prototype_added(step):
    """One more of a function that has one already."""
    for path in sources(step):
        for p, f in step.touched:
            if p == path and not f.is_static and "__" not in f.header:
                yield behind(step, path, "\n" + f.header.strip() + ";\n", f.name)


def include_added(step):
    for path in sources(step):
        yield behind(step, path, "#include <linux/types.h>\n", "linux/types.h")


def lines_shifted(step):
    for path in sources(step):
        yield behind(step, path, "\n/* All lines are further down. */\n", "a comment")


def includes_swapped(step):
    for path in sources(step):
        text = step.after(path)
        for m in re.finditer(r"^(#include <linux/\S+>\n)(#include <linux/\S+>\n)", text, re.M):
            yield Candidate(step, (Edit(path, *m.span(), m[2] + m[1]),), place(path, "includes"))


def local_renamed_too(step):
    """A local of a function that the rename touches."""
    for path, f in step.touched if step.kind in ("rename", "transform") else ():
        text = step.after(path)
        for m in re.finditer(r"^\t(?!return|goto)(?:struct )?\w+ \*?(\w+)(?: =|;)", text[f.brace:f.end], re.M):
            body = re.sub(r"(?<![.>\w])%s\b" % m[1], m[1] + "_copy", text[f.brace:f.end])
            yield Candidate(step, (Edit(path, f.brace, f.end, body),), place(path, f.name))


OPERATORS = [
    Operator("moved in reverse", reversed_order, (("move", 3), ("header", 1)), "neutral"),
    Operator("neighbours swapped", neighbours, (("move", 5), ("header", 1)), "neutral"),
    Operator("moved in another order", rotated, (("move", 3), ("header", 1)), "neutral"),
    Operator("a blank line more", blank_line, (("move", 3), ("header", 1)), "neutral"),
    Operator("a blank line less", blank_line_less, (("move", 2),), "neutral"),
    Operator("at another place", elsewhere, (("move", 2),), "neutral"),
    Operator("includes in another order", includes_order,
             (("move", 2), ("includes", 2)), "neutral"),
    Operator("prototypes in another order", prototypes_order, (("promote", 2),), "neutral"),
    Operator("local renamed in a helper", local_renamed, (("extract", 1),), "neutral"),
    Operator("spaced apart", spaced, (("move", 1),), "neutral"),
    Operator("prototype added", prototype_added, (("move", 1), ("promote", 1)),
             "neutral", "range"),
    Operator("include added", include_added, (("move", 1), ("extract", 1)), "neutral", "range"),
    Operator("lines shifted", lines_shifted, (("move", 1), ("rename", 1)), "neutral", "range"),
    Operator("includes swapped", includes_swapped, (("move", 1), ("rename", 1)),
             "neutral", "range"),
    Operator("local renamed as well", local_renamed_too, (("rename", 2),), "neutral", "range"),
]
