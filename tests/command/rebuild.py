#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Makes the files after each commit of a review from those before it and the JSON
alone, and holds them, their modes and their sizes against the repository.

	rebuild.py TREE JSON
"""
import json
import os
import subprocess
import sys

tree, name = sys.argv[1:]


def git(*words):
    return subprocess.run(["git", "-C", tree, *words], check=True,
                          stdout=subprocess.PIPE).stdout


def stands(rev, path):
    """Mode and bytes; of a submodule what git diff shows of it."""
    entry = git("ls-tree", "-z", "--full-tree", rev, "--", path)
    mode, _, commit = entry.split(b"\t")[0].decode().split()
    if mode == "160000":
        return mode, f"Subproject commit {commit}\n".encode()
    return mode, git("show", f"{rev}:{path}")


def plain(line):
    return bytes.fromhex(line["hex"]) if isinstance(line, dict) else line.encode()


def check(commit, side, rev):
    """{path: bytes} of all files of the commit on one side."""
    texts = {}
    for f in commit["files"]:
        path = f[side]
        mode, text = stands(rev, path) if path else (None, None)
        if f["mode"][side] != mode:
            sys.exit(f"{path} has the mode {mode}")
        if f["bytes"][side] != (None if text is None else len(text)):
            sys.exit(f"{path} has another size")
        if path:
            texts[path] = text
    return texts


moved = 0
for commit in json.load(open(name))["commits"]:
    rev = commit["commit"]
    before = {path: text.split(b"\n")
              for path, text in check(commit, "before", rev + "^").items()}
    after = check(commit, "after", rev)
    paths = git("diff-tree", "-r", "-z", "--name-only", "--no-renames",
                "--no-commit-id", rev)
    seen = {f[side] for f in commit["files"] for side in ("before", "after")}
    if not set(map(os.fsdecode, paths.split(b"\0")[:-1])) <= seen:
        sys.exit("a file of the diff is not in the review")
    for f in commit["files"]:
        if not f["after"]:
            continue
        new = []
        for op in f["lines"]:
            if op["what"] == "keep":
                new += before[f["before"]][op["old"] - 1:][:op["lines"]]
            elif op["what"] == "new":
                new += map(plain, op["text"])
            elif op["what"] == "came":
                path = commit["items"][op["item"]]["from"]["path"]
                new += before[path][op["there"] - 1:][:op["lines"]]
                moved += op["lines"]
        text = b"".join(line + b"\n" for line in new)
        if new and not f["final_newline"]:
            text = text[:-1]
        if text != after[f["after"]]:
            sys.exit(f["after"] + " is another file")
print(moved, "lines moved")
