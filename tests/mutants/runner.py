# SPDX-License-Identifier: GPL-2.0-only
"""Runs cocciseries on changed commits, in a clone of our own, and keeps what
came out by the content of all that it depends on.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

import rivals
import seen
from model import Step, Tree, head_values

HERE = os.path.dirname(os.path.abspath(__file__))
VERSION = 1  # of a kept result: another one, and all is measured again
FLAGS = ("different", "undecided")
NOT_VERIFIED = {"builds": True, "flagged": {}, "verdict": "not verified"}
RUNGS = ("text", "tokens", "code", "types", "build")


def say(words):
    print(f"mutants: {words}", file=sys.stderr, flush=True)


def digest(*parts):
    h = hashlib.sha256()
    for part in parts:
        h.update(part if isinstance(part, bytes) else str(part).encode())
        h.update(b"\0")
    return h.hexdigest()


def contents(path):
    with open(path, "rb") as f:
        return f.read()


def step_names(series):
    with open(os.path.join(series, "series")) as f:
        return [line.strip() for line in f if line.strip() and line[0] != "#"]


def clone_of(tree, folder):
    """A clone that shares the objects of the user's tree."""
    if not os.path.isdir(folder):
        os.makedirs(os.path.dirname(folder), exist_ok=True)
        subprocess.run(["git", "clone", "-q", "-s", "-n", tree, folder], check=True)
    clone = Tree(folder)
    clone.git("fetch", "-q", tree, "+refs/heads/*:refs/remotes/origin/*")
    return clone


def renames_of(text):
    """(new, old) of a rename's rules."""
    if head_values(text).get("Kind") != "rename":
        return []
    lines = text.splitlines()
    return [(b[1:].strip(), a[1:].strip()) for a, b in zip(lines, lines[1:])
            if a.startswith("- ") and b.startswith("+ ")]


def subject_of(text):
    return re.search(r"^/// (.*)$", text, re.M)[1]


def steps_of(tree, series, tip):
    """The steps of a series whose commits end at the tip; idle ones have none."""
    names = step_names(series)
    log = tree.word("log", "--reverse", f"-{len(names)}", "--format=%H %s", tip)
    commits = [line.split(" ", 1) for line in log.splitlines()]
    texts = [contents(os.path.join(series, n + ".cocci")).decode() for n in names]
    pairs = []
    for name, text in zip(reversed(names), reversed(texts)):
        if commits and commits[-1][1] == subject_of(text):
            pairs.insert(0, (name, text, commits.pop()[0]))
    steps, renames = [], []
    for name, text, commit in pairs:
        renames += renames_of(text)
        steps.append(Step(tree, series, name, commit, tuple(renames)))
    return steps


def kept(path):
    try:
        with open(path) as f:
            return json.load(f)
    except FileNotFoundError:
        return None


def keep(path, result):
    with open(path + ".new", "w") as f:
        json.dump(result, f, indent=1)
    os.rename(path + ".new", path)


class Runner:
    """One clone, one work folder, one program, one configuration."""

    def __init__(self, program, tree, folder, config, cache=None, make_args=(),
                 jobs=1):
        self.program = os.path.abspath(program)
        self.tree = tree
        self.folder = folder  # of ours: results, series of one step, objects
        self.config = config
        self.cache = cache  # of cocciseries; None: its default
        self.make_args = list(make_args)
        self.jobs = str(jobs)
        self.program_key = digest(contents(self.program), VERSION)
        self.accounts = {}  # of steps' own commits, as their reviews have them
        for name in ("results", "states", "reviews", "unverified"):
            os.makedirs(os.path.join(folder, name), exist_ok=True)

    # ---- What is kept -------------------------------------------------------

    def path_of(self, candidate, by):
        contract = candidate.step.text if by == "step" else by
        key = digest(self.program_key, self.config, contract, candidate.key)
        return os.path.join(self.folder, "results", key[:32] + ".json")

    def review_path(self, candidate):
        """By itself: what was verified stays when reviews are looked at anew."""
        key = digest(self.program_key, seen.VERSION, candidate.key)
        return os.path.join(self.folder, "reviews", key[:32] + ".json")

    def known(self, candidate, by):
        return kept(self.path_of(candidate, by))

    # ---- cocciseries --------------------------------------------------------

    def series_of(self, step):
        """A series that has only this step and this configuration."""
        folder = os.path.join(self.folder, "steps", os.path.basename(self.tree.path), step.name)
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(os.path.join(folder, "configs"))
        config = f"configs/{self.config}.config"
        for name in (step.name + ".cocci", "macros.h", config):
            if os.path.exists(os.path.join(step.series, name)):
                shutil.copy(os.path.join(step.series, name), os.path.join(folder, name))
        with open(os.path.join(folder, "series"), "w") as f:
            f.write(step.name + "\n")
        return folder

    def cache_words(self):
        return ["--cache", self.cache] if self.cache else []

    def options(self):
        return self.cache_words() + ["--results", os.path.join(self.folder, "reports")]

    def question(self, step, parent, commit, by):
        """What cocciseries is asked: the step's contract, or a commit by itself."""
        if by == "range":
            config = os.path.join(step.series, "configs", self.config + ".config")
            return [commit, "--config", config]
        self.tree.git("update-ref", "refs/heads/mutant", commit)
        return [self.series_of(step), "--base", parent, "--branch", "mutant",
                "--config", self.config]

    def verify(self, step, parent, commit, by="step"):
        """The report's row of the step with this commit; None: it did not work."""
        run = subprocess.run(
            [self.program, "verify", *self.question(step, parent, commit, by),
             "--tree", self.tree.path, "--json", "-q", "-j", self.jobs,
             *self.options(), *self.make_words()],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if run.returncode > 2:
            say(f"{step.name}: exit status {run.returncode}\n{run.stderr.decode()}")
            return None
        return json.loads(run.stdout)["steps"][-1]

    def make_words(self):
        return ["--", *self.make_args] if self.make_args else []

    def apply(self, series, base, branch):
        """Makes the commits of a series; the tip."""
        subprocess.run([self.program, "apply", series, "--tree", self.tree.path,
                        "--base", base, "--branch", branch, "-q", *self.options()],
                       check=True, stdout=subprocess.DEVNULL)
        return self.tree.word("rev-parse", f"refs/heads/{branch}")

    def takes_ranges(self):
        """Whether this program verifies commits that no series describes."""
        return b"A..B" in subprocess.run([self.program, "verify", "--help"],
                                         stdout=subprocess.PIPE).stdout

    def account(self, parent, commit):
        """A commit as its review has it, with nothing known of it; None: it did
        not work."""
        run = subprocess.run(
            [self.program, "review", f"{parent}..{commit}", "--tree", self.tree.path, "--json",
             "--results", os.path.join(self.folder, "unverified"), *self.cache_words()],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if run.returncode > 2:
            say(f"review of {commit}: exit status {run.returncode}\n{run.stderr.decode()}")
            return None
        return seen.Account(self.tree, parent, commit, run.stdout)

    def own_account(self, step):
        if step.commit not in self.accounts:
            self.accounts[step.commit] = self.account(step.parent, step.commit)
        return self.accounts[step.commit]

    # ---- Objects ------------------------------------------------------------

    def out(self):
        """The folder that the work folder's objects are in."""
        root = self.cache or os.environ.get("COCCISERIES_CACHE") or os.path.join(
            os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "cocciseries")
        name = os.path.basename(self.tree.path) + "-"
        for work in sorted(os.listdir(os.path.join(root, "work"))):
            if work.startswith(name):
                return os.path.join(root, "work", work, "config", self.config, "out")
        raise SystemExit(f"mutants: no work folder of {self.tree.path} in {root}")

    def state_folder(self, commit):
        return os.path.join(self.folder, "states", self.tree.word("rev-parse", commit + "^{tree}"))

    def keep_state(self, commit):
        """Copies the objects of the commit that the work folder stands at."""
        folder = self.state_folder(commit)
        new = f"{folder}.{os.path.basename(self.tree.path)}"
        if not os.path.isdir(folder):
            rivals.copy_objects(self.out(), new)
            try:
                os.rename(new, folder)
            except OSError:  # another lane was faster
                shutil.rmtree(new)
        return folder

    def build_state(self, step, commit):
        """Builds a commit as a change of nothing, for its objects."""
        if not os.path.isdir(self.state_folder(commit)):
            tree = self.tree.word("rev-parse", commit + "^{tree}")
            same = self.tree.commit(commit, tree, "nothing")
            self.verify(step, commit, same)
            self.keep_state(commit)
        return self.state_folder(commit)

    # ---- One candidate ------------------------------------------------------

    def run(self, candidate, by):
        """The result of a candidate, from what is kept or by running it."""
        result = self.known(candidate, by)
        if result is None:
            result = self.measure(candidate, by)
            keep(self.path_of(candidate, by), result)
        return result

    def reviewed(self, candidate):
        """What a review shows of a candidate; from what is kept or by asking."""
        path = self.review_path(candidate)
        result = kept(path)
        if result is None:
            result = self.review(candidate)
            keep(path, result)
        return result

    def review(self, candidate):
        step = candidate.step
        own = self.own_account(step)
        mutated = self.account(step.parent, self.commit_of(candidate)) \
            if candidate.texts() else own
        if not own or not mutated:
            return {"seen": seen.FAILED, "text": None}
        return {"seen": seen.judge(candidate, mutated, own),
                "text": mutated.review["text"]["result"]}

    def commit_of(self, candidate):
        step, texts = candidate.step, candidate.texts()
        if not texts:
            return step.commit
        tree = self.tree.tree_with(step.commit, texts)
        return self.tree.commit(step.parent, tree, "a mutant")

    def measure(self, candidate, by):
        step = candidate.step
        before = self.build_state(step, step.parent)
        texts = candidate.texts()
        commit = self.commit_of(candidate)
        row = self.verify(step, step.parent, commit, by)
        if row is None:
            return {"builds": None, "flagged": {}, "verdict": "failed"}
        result = outcome(row)
        if result["builds"]:
            if not texts:
                self.keep_state(commit)
            after = self.state_folder(step.commit)
            result["same_code"] = rivals.same_objects(self.out(), after)
            result["rivals"] = rivals.judge(self.tree, step, commit, candidate,
                                            before, self.out())
        return result


def outcome(row):
    """What of a report's row the score needs, and its findings for people."""
    config = row["configs"][0]
    found = {r["rung"]: r["result"] for r in config["rungs"]}
    build = config["build"]
    return {
        "verdict": row["verdict"],
        "builds": bool(build["ok"]) and not build["warnings_new"],
        "flagged": {rung: found[rung] for rung in RUNGS if rung in found},
        "findings": [[r["rung"], d.get("weight"), d.get("what"), d.get("name"),
                      d.get("where"), d.get("detail")]
                     for r in config["rungs"] for d in r["differences"]],
        "not_compared": sorted({n if isinstance(n, str) else json.dumps(n)
                                for r in config["rungs"] for n in r.get("not_compared", [])}),
    }
