# SPDX-License-Identifier: GPL-2.0-only
"""What is mutated: the steps of a series as commits in a clone of ours.

The kernel's scene has the commits that 'cocciseries run' left in the user's
tree, and behind them steps of a small series of ours over one more commit,
which puts into x86.c the constructs that the real series moves nothing of
(tests/mutants/fixture): static keys and calls, tables, initcalls, sections,
aliases, exceptions, alternatives, bit fields.
"""

import os
import re
import shutil
import subprocess

import runner
from model import Tree

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURE = os.path.join(HERE, "fixture")
FOLDER = "arch/x86/kvm/"
INCLUDES = '#include "fixture.h"\n#include "fixture_step.h"\n#include "fixture_wide.h"\n'

# A header that all of KVM reads costs a build of all of it, each time.
SLOW = {"0010": 1, "0020": 4, "0080": 1, "0090": 1}


def fixture_text(name):
    with open(os.path.join(FIXTURE, name)) as f:
        return f.read()


def fixture_commit(tree, base):
    """The base with the constructs of ours."""
    texts = {FOLDER + name: fixture_text(name)
             for name in ("fixture.h", "fixture_wide.h", "fixture_step.h")}
    for name in ("x86.c", "mtrr.c"):
        text = tree.text(base, FOLDER + name) + fixture_text(name)
        texts[FOLDER + name] = re.sub(
            r'^#include "smm.h"\n', lambda m: m.group() + INCLUDES, text, 1, re.M)
    return tree.commit(base, tree.tree_with(base, texts), "constructs for mutants")


def fixture_series(series, folder):
    """Our series, with the configurations and macros of the real one."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(os.path.join(FIXTURE, "series"), folder)
    shutil.copytree(os.path.join(series, "configs"), os.path.join(folder, "configs"))
    shutil.copy(os.path.join(series, "macros.h"), folder)
    return folder


def kernel(program, series, tree, folder, config):
    """(clone, steps, limits of steps)"""
    own = runner.clone_of(tree, os.path.join(folder, "lane0"))
    branch = "cocciseries/" + os.path.basename(series.rstrip("/"))
    try:
        tip = own.word("rev-parse", "--verify", "-q", "refs/remotes/origin/" + branch)
    except subprocess.CalledProcessError:
        raise SystemExit(f"mutants: {tree} has no branch {branch}; 'make run' first") from None
    steps = runner.steps_of(own, series, tip)
    base = fixture_commit(own, tip)
    ours = fixture_series(series, os.path.join(folder, "fixture"))
    applied = "refs/heads/mutants-fixture"
    work = runner.Runner(program, own, folder, config)
    key = runner.digest(base, *(runner.contents(os.path.join(ours, n + ".cocci"))
                                for n in runner.step_names(ours)))[:16]
    last = f"{applied}-{key}"
    if not own.word("for-each-ref", last):
        own.git("update-ref", last, work.apply(ours, base, f"mutants-{key}"))
    steps += runner.steps_of(own, ours, last)
    return own, steps, SLOW


def small(program, folder):
    """The miniature tree of our tests, with its series."""
    top = os.path.dirname(os.path.dirname(HERE))
    series = os.path.join(top, "tests", "series", "demo")
    tree = os.path.join(folder, "tree")
    if not os.path.isdir(tree):
        shutil.copytree(os.path.join(top, "tests", "tree"), tree)
        for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "the tree")):
            subprocess.run(["git", "-C", tree, *words], check=True)
    own = Tree(tree)
    work = runner.Runner(program, own, folder, "full", os.path.join(folder, "cache"))
    tip = work.apply(series, "HEAD", "cocciseries/demo")
    return own, runner.steps_of(own, series, tip), {}
