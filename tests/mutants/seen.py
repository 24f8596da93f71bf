# SPDX-License-Identifier: GPL-2.0-only
"""What a reviewer sees of a mutant: the review of its commit, held against that
of the step's own commit.

A review says of every line that it is kept, moved byte for byte, or residue; what
is kept or moved is folded. Two questions, then. Is that so? The files before and
the review must give the files after, with each line before used once. And does
the residue have the mutant's lines? Counted by their text over all files: of each
line that the mutant has more often than the step, the residue must have so many
more that are new; if it only has fewer lines, of each so many more that are lost.
A mutant that puts the same lines elsewhere is shown when one of these is residue
where it stands, or the residue has a line that the step's does not have.

Nothing can be shown where the mutant leaves out what the step would have added or
changed: its diff has no such line. That is told apart, as left out. Empty lines
do not count.
"""

import difflib
import json
from collections import Counter

VERSION = 1  # of a kept answer: another one, and all reviews are made again
SHOWN, LEFT_OUT, FOLDED = "shown", "left out", "folded"
HIDDEN = "hidden"  # vouched for, and not so
FAILED = "failed"


def lines_of(text):
    lines = (text or "").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def plain(line):
    return line if isinstance(line, str) else bytes.fromhex(line["hex"]).decode()


class Account:
    """A commit's lines as its review has them."""

    def __init__(self, tree, parent, commit, text):
        self.tree, self.parent, self.commit = tree, parent, commit
        self.review, = json.loads(text)["commits"]
        self.residue = {"new": Counter(), "lost": Counter()}
        self.new_at = set()  # (path, line after, from 1)
        self.moved = {"came": [], "gone": []}  # (path, line) before of what moved
        self.is_true = all([self.read(f) for f in self.review["files"]]) and \
            self.is_whole() and sorted(self.moved["came"]) == sorted(self.moved["gone"])

    def before(self, path):
        return lines_of(self.tree.text(self.parent, path))

    def after(self, path):  # asked once: nothing is kept of a mutant's files
        return lines_of(self.tree.git("show", f"{self.commit}:{path}").decode())

    def read(self, file):
        """Takes the lines of a file; whether they are those of its two sides."""
        old = self.before(file["before"]) if file["before"] else []
        used, made = [], []
        for op in file["lines"]:
            what, count = op["what"], op["lines"]
            if what in ("keep", "lost", "gone"):
                used += old[op["old"] - 1:][:count]
            if what == "keep":
                made += old[op["old"] - 1:][:count]
            elif what == "gone":
                self.moved[what] += ((file["before"], op["old"] + i) for i in range(count))
            elif what == "came":
                path = self.review["items"][op["item"]]["from"]["path"]
                made += self.before(path)[op["there"] - 1:][:count]
                self.moved[what] += ((path, op["there"] + i) for i in range(count))
            else:
                self.take(file, op, made)
        return (used, made) == (old, self.after(file["after"]) if file["after"] else [])

    def take(self, file, op, made):
        """Residue."""
        text = [plain(line) for line in op["text"]]
        self.residue[op["what"]].update(line for line in text if line.strip())
        if op["what"] == "new":
            made += text
            self.new_at.update((file["after"], op["new"] + i) for i in range(len(text)))

    def is_whole(self):
        """All files that differ have come up."""
        names = self.tree.word("diff-tree", "-r", "--name-only", "--no-renames",
                               self.parent, self.commit).splitlines()
        return set(names) <= {f[side] for f in self.review["files"]
                              for side in ("before", "after")}


def balance(candidate):
    """{line: how many more of it than the step has}"""
    more = Counter()
    for path, text in candidate.texts().items():
        more.update(lines_of(text))
        more.subtract(lines_of(candidate.step.after(path)))
    return {line: n for line, n in more.items() if n and line.strip()}


def other_lines(old, new):
    """Numbers of the new lines that stand elsewhere, from 1."""
    first, last = 0, 0  # how many both begin and end with: the rest is short
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    match = difflib.SequenceMatcher(None, old[first:len(old) - last],
                                    new[first:len(new) - last], False)
    for what, _, _, begin, end in match.get_opcodes():
        if what in ("insert", "replace"):
            yield from range(first + begin + 1, first + end + 1)


def is_shown_elsewhere(candidate, mutated, own):
    """Lines that only stand elsewhere: one of them is seen there."""
    if any(mutated.residue[side] - own.residue[side] for side in ("new", "lost")):
        return True
    for path, text in candidate.texts().items():
        new = lines_of(text)
        for at in other_lines(lines_of(candidate.step.after(path)), new):
            if new[at - 1].strip() and (path, at) in mutated.new_at:
                return True
    return False


def judge(candidate, mutated, own):
    """SHOWN and so on; None of the step itself."""
    if not mutated.is_true or not own.is_true:
        return HIDDEN
    if not candidate.texts():
        return None
    lines = balance(candidate)
    if not lines:
        return SHOWN if is_shown_elsewhere(candidate, mutated, own) else FOLDED
    gained, dropped = [], []  # whether each line is shown
    for line, more in lines.items():
        new, lost = (mutated.residue[side][line] - own.residue[side][line]
                     for side in ("new", "lost"))
        if new - lost != more:
            return HIDDEN
        (gained if more > 0 else dropped).append(new >= more if more > 0 else lost >= -more)
    return SHOWN if all(gained or dropped) else LEFT_OUT
