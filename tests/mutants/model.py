# SPDX-License-Identifier: GPL-2.0-only
"""Steps of a series as commits, and changed copies of those commits."""

import hashlib
import os
import re
import subprocess
from dataclasses import dataclass
from functools import cached_property, lru_cache

import source


class Tree:
    """A clone of ours; git's objects are all that it is used for."""

    def __init__(self, path):
        self.path = path

    def git(self, *args, data=None, env=None):
        return subprocess.run(["git", "-C", self.path, *args], input=data,
                              check=True, stdout=subprocess.PIPE,
                              env={**os.environ, **(env or {})}).stdout

    def word(self, *args, **kwargs):
        return self.git(*args, **kwargs).decode().strip()

    @lru_cache(maxsize=None)
    def text(self, commit, path):
        """None where the commit has no such file."""
        run = subprocess.run(["git", "-C", self.path, "show", f"{commit}:{path}"],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return None if run.returncode else run.stdout.decode()

    @lru_cache(maxsize=None)
    def grep(self, commit, word, folder):
        """Paths below the folder that have the word."""
        run = subprocess.run(["git", "-C", self.path, "grep", "-lw", "-e", word,
                              commit, "--", folder], stdout=subprocess.PIPE)
        return [line.split(":", 1)[1]
                for line in run.stdout.decode().splitlines()]

    def commit(self, parent, tree, index_of):
        """Always the same commit for the same tree: no clock in it."""
        env = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
               for what, value in (("NAME", "mutants"),
                                   ("EMAIL", "mutants@example.org"),
                                   ("DATE", "2026-01-01T00:00:00+0000"))}
        return self.word("commit-tree", tree, "-p", parent, "-m", index_of, env=env)

    def tree_with(self, commit, texts):
        """The commit's tree with these texts in it; its id."""
        index = os.path.join(self.path, ".git", "mutants-index")
        env = {"GIT_INDEX_FILE": index}
        self.git("read-tree", commit, env=env)
        for path, text in texts.items():
            blob = self.word("hash-object", "-w", "--stdin", data=text.encode())
            self.git("update-index", "--add", "--cacheinfo",
                     f"100644,{blob},{path}", env=env)
        return self.word("write-tree", env=env)


def head_values(text):
    """The '// Key: value' lines of a step's head."""
    folded = re.sub(r"\n//[ \t]{4,}", " ", text)
    return dict(re.findall(r"^// ?([A-Z][a-z]+): (.*)$", folded, re.M))


@dataclass(frozen=True)
class Step:
    """A step and its commit. Texts are those of the commit unless said."""
    tree: Tree
    series: str  # folder of the step's file
    name: str
    commit: str
    renames: tuple = ()  # (new, old) of it and of all steps before it

    @cached_property
    def parent(self):
        return self.tree.word("rev-parse", self.commit + "^")

    @cached_property
    def text(self):
        with open(os.path.join(self.series, self.name + ".cocci")) as f:
            return f.read()

    @cached_property
    def head(self):
        return head_values(self.text)

    @property
    def number(self):
        return self.name.split("-")[0]

    @property
    def kind(self):
        return self.head["Kind"]

    @property
    def source(self):
        return self.head.get("From") or self.head["Files"].split(",")[0]

    @property
    def target(self):
        return self.head.get("To") or self.head.get("Header") or self.source

    @cached_property
    def added(self):
        """{path: set of added lines, from 1} of the commit."""
        out = self.tree.git("diff", "-U0", "-M", self.parent, self.commit)
        lines, path = {}, None
        for line in out.decode().splitlines():
            if line.startswith("+++ "):
                path = line[6:]
                lines[path] = set()
            match = re.match(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@", line)
            if match:
                first, count = int(match[1]), int(match[2] or 1)
                lines[path].update(range(first, first + count))
        return {p: found for p, found in lines.items() if p != "dev/null"}

    def after(self, path):
        return self.tree.text(self.commit, path)

    def before(self, path):
        return self.tree.text(self.parent, path)

    @cached_property
    def touched(self):
        """[(path, function)] that have a line of the commit's."""
        found = []
        for path, lines in sorted(self.added.items()):
            if not path.endswith((".c", ".h")):
                continue
            text = self.after(path)
            for f in source.functions(text):
                first = text.count("\n", 0, f.begin) + 1
                last = text.count("\n", 0, f.end)
                if lines & set(range(first, last + 1)):
                    found.append((path, f))
        return found

    def is_added(self, path, begin, end):
        """All lines of the range that are not empty are the commit's."""
        text = self.after(path)
        first = text.count("\n", 0, begin) + 1
        for i, line in enumerate(text[begin:end].splitlines()):
            if line.strip() and first + i not in self.added.get(path, ()):
                return False
        return True

    @cached_property
    def moved(self):
        """[(path, function)] that the commit put there whole."""
        return [(path, f) for path, f in self.touched
                if self.is_added(path, f.begin, f.end)]


@dataclass(frozen=True)
class Edit:
    """[begin, end) of the commit's text of a file becomes new; a file that is
    not there is empty."""
    path: str
    begin: int
    end: int
    new: str


@dataclass(frozen=True)
class Candidate:
    """A way to change a commit."""
    step: Step
    edits: tuple
    place: str  # for people: a file and a name of it

    def texts(self):
        """{path: new text}"""
        by_path = {}
        for edit in self.edits:
            by_path.setdefault(edit.path, []).append(edit)
        found = {}
        for path, edits in by_path.items():
            text = self.step.after(path) or ""
            for e in sorted(edits, key=lambda e: (e.begin, e.end), reverse=True):
                text = text[:e.begin] + e.new + text[e.end:]
            found[path] = text
        return found

    @cached_property
    def key(self):
        """What it changes, whatever class it is of."""
        texts = sorted(self.texts().items())
        content = repr((self.step.commit, texts)).encode()
        return hashlib.sha256(content).hexdigest()[:24]

    def is_change(self):
        return any(text != self.step.after(path)
                   for path, text in self.texts().items())


@dataclass(frozen=True)
class Operator:
    """A class of mutants: finds the places by itself."""
    name: str
    find: object  # Step -> iterator of Candidate
    quota: tuple  # ((group of steps, how many), ...)
    effect: str = "behaviour"  # "flag": nothing that runs; "neutral"
    by: str = "step"  # whose contract holds: "range": none, as for hand-made ones
