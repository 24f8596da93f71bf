# SPDX-License-Identifier: GPL-2.0-only
"""What other ways to compare say of the same mutant, on stock objects.

Each compares the step's parent with the changed commit, as a reviewer could who
has nothing else. A unit whose object has the same bytes on both sides is left
out: no tool tells it from itself.
"""

import collections
import difflib
import filecmp
import hashlib
import os
import re
import shutil
import subprocess

NAMES = ("names", "sizes", "objdump", "abidiff", "color-moved")
LINKED = re.compile(r"(^|/)(kvm|kvm-intel|kvm-amd|port)\.o$")
GENERATED = re.compile(r"\.(isra|constprop|part|cold)\b[.\d]*|\.\d+$")


def objects(root):
    """Paths of the units' objects below, and of modules (kvm.o), by '/'."""
    found = []
    for folder, dirs, files in os.walk(root):
        dirs[:] = sorted(d for d in dirs if d not in ("scripts", "tools", "usr"))
        found += [os.path.relpath(os.path.join(folder, f), root)
                  for f in sorted(files) if f.endswith(".o") and not f.startswith(".")]
    return [f for f in found if f.startswith(("arch/x86/kvm/", "dev/"))]


def copy_objects(root, to):
    shutil.rmtree(to, ignore_errors=True)
    for path in objects(root):
        os.makedirs(os.path.dirname(os.path.join(to, path)), exist_ok=True)
        shutil.copy(os.path.join(root, path), os.path.join(to, path))


def changed_units(old, new):
    """Units that have an object on one side only, or another one."""
    before, after = set(objects(old)), set(objects(new))
    same = {p for p in before & after
            if filecmp.cmp(os.path.join(old, p), os.path.join(new, p), shallow=False)}
    return [sorted(os.path.join(root, p) for p in paths - same if not LINKED.search(p))
            for root, paths in ((old, before), (new, after))]


def same_objects(old, new):
    return changed_units(old, new) == [[], []]


def output(*argv):
    return subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()


KNOWN = {}  # what was read of objects, by their bytes


def each(paths, read):
    """The sum of what is read of each object."""
    found = collections.Counter()
    for path in paths:
        with open(path, "rb") as f:
            key = (read, hashlib.sha256(f.read()).digest())
        if key not in KNOWN:
            KNOWN[key] = read(path)
        found += KNOWN[key]
    return found


def symbols(path):
    """Defined symbols as a multiset: names with sizes and types."""
    found = collections.Counter()
    for line in output("nm", "-S", "--defined-only", path).splitlines():
        words = line.split()
        name = GENERATED.sub("", words[-1])
        if not name.startswith((".", "__UNIQUE_ID")):
            found[name, words[1] if len(words) == 4 else "", words[-2]] += 1
    return found


def names(paths):
    """Their names alone."""
    found = collections.Counter()
    for (name, _, _), count in each(paths, symbols).items():
        found[name] += count
    return found


def disassembly(path):
    """The text of each function, without addresses; as a multiset of hashes."""
    found = collections.Counter()
    text = output("objdump", "-dr", "--no-show-raw-insn", path)
    for function in re.split(r"\n\n+", text)[1:]:  # the first one has the path
        plain = re.sub(r"^\s*[0-9a-f]+( <|:)|(?<= )[0-9a-f]+ (?=<)", "", function, flags=re.M)
        found[hash(plain)] += 1
    return found


def abi_differs(old, new):
    """abidiff on the modules that differ. None: it is not there."""
    if not shutil.which("abidiff"):
        return None
    for path in objects(new):
        pair = [os.path.join(root, path) for root in (old, new)]
        if LINKED.search(path) and all(map(os.path.exists, pair)) and \
                not filecmp.cmp(*pair, shallow=False):
            run = subprocess.run(["abidiff", *pair], stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
            if run.returncode & 4:
                return True
    return False


def colours(tree, parent, commit):
    """(sign, line, whether it is shown as moved) of the diff's lines."""
    plain = [f"-c color.diff.{name}={colour}" for name, colour in (
        ("old", "red"), ("new", "green"), ("oldMoved", "magenta"), ("newMoved", "cyan"),
        ("oldMovedAlternative", "magenta"), ("newMovedAlternative", "cyan"))]
    options = [word for option in plain for word in option.split()]
    text = subprocess.run(
        ["git", "-C", tree.path, *options, "diff", "--color=always", "--color-moved=zebra",
         "-U0", "-M", parent, commit], stdout=subprocess.PIPE).stdout.decode()
    for line in text.splitlines():
        match = re.match(r"\x1b\[(31|32|35|36)m([-+])(?:\x1b\[m\x1b\[\d+m)?(.*)", line)
        if match:
            yield match[2], re.sub(r"\x1b\[\d*m", "", match[3]), match[1] in ("35", "36")


def shown(tree, step, commit, candidate):
    """Whether a line that the mutant changed stands out from moved ones."""
    plain = collections.Counter((sign, line.strip()) for sign, line, moved in
                                colours(tree, step.parent, commit) if not moved)
    for path, text in candidate.texts().items():
        old = (step.after(path) or "").splitlines()
        for line in difflib.ndiff(old, text.splitlines()):
            if line[:2] in ("+ ", "- ") and line[2:].strip() and plain[(line[0], line[2:].strip())]:
                return True
    return False


def judge(tree, step, commit, candidate, before, after):
    """{tool: whether it shows a difference}"""
    old, new = changed_units(before, after)
    return {
        "names": names(old) != names(new),
        "sizes": each(old, symbols) != each(new, symbols),
        "objdump": each(old, disassembly) != each(new, disassembly),
        "abidiff": abi_differs(before, after),
        "color-moved": shown(tree, step, commit, candidate),
    }
