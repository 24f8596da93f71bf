#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Holds the page of a review against its JSON: no line that moved byte for byte is
outside of a fold, every other line that came or went is outside of all folds.

	page.py PAGE JSON
"""
import collections
import html.parser
import json
import re
import sys

VOID = {"meta"}
END = " no newline at the end of the file"
ODD = re.compile("[\0-\x08\n-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e"
                 "\u2060-\u2069\ufeff]")


class Page(html.parser.HTMLParser):
    """Rows of source as (commit, path or None, old, new, sign, text, folded)."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.links, self.rows = [], [], [], []
        self.row = self.cell = None
        self.commit, self.path, self.heading = 0, None, None
        self.spacing = collections.Counter()
        self.note = None

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if "id" in a:
            self.ids.append(a["id"])
        if "href" in a:
            self.links.append(a["href"])
        if tag in VOID:
            return
        self.open.append(tag)
        classes = (a.get("class") or "").split()
        if tag == "section" and "commit" in classes:
            self.commit += 1
        if tag == "article":
            self.path = None
            self.heading = "-f" in a["id"]
        if tag == "code" and self.heading:
            self.path, self.heading = "", False
        if tag == "p" and "spacing" in classes:
            self.note = ""
        if tag == "tr":
            self.row = []
        if tag == "td" and self.row is not None:
            self.cell = ""

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data
        elif self.note is not None:
            self.note += data
        elif self.path == "" and self.open[-1] == "code":
            self.path = data

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            sys.exit(f"</{tag}> closes nothing")
        if tag == "td" and self.row is not None:
            self.row.append(self.cell)
            self.cell = None
        if tag == "article":
            self.path = None
        if tag == "p" and self.note is not None:
            for word in self.note.split():
                if word[0] in "\u2212+":
                    self.spacing[self.commit] += int(word[1:])
            self.note = None
        if tag == "tr":
            if len(self.row) == 4 and self.row[2] in ("", "-", "+"):
                self.row[3] = self.row[3].removesuffix(END)
                self.rows.append((self.commit, self.path, *self.row,
                                  "details" in self.open))
            self.row = None


def plain(line):
    """As the page shows it; None: it has bytes that are shown otherwise."""
    return None if isinstance(line, dict) or ODD.search(line) else line


def residue(commit):
    """Lines that are gone or new, the items' among them, of all that is text."""
    for file in commit["files"]:
        if file["binary"]:
            continue
        for op in file["lines"]:
            for line in op.get("text", []):
                if not op.get("spacing"):
                    yield ("-" if op["what"] == "lost" else "+", plain(line))


def moved(commit, kind, side, number):
    """Lines by their number that moved away, or came: {path: numbers}."""
    found = collections.defaultdict(set)
    for file in commit["files"]:
        for op in file["lines"]:
            if op["what"] == kind:
                found[file[side]].update(
                    range(op[number], op[number] + op["lines"]))
    return found


def check_commit(commit, rows, spacing):
    open_rows = [r for r in rows if not r[6]]
    shown = collections.Counter((r[4], r[5]) for r in open_rows if r[4])
    lines = list(residue(commit))
    odd = sum(1 for _, text in lines if text is None)
    wanted = collections.Counter(l for l in lines if l[1] is not None)
    for (sign, text), nr in wanted.items():
        if shown[sign, text] < nr:
            sys.exit(f"not shown: {sign}{text}")
    more = sum(shown.values()) - sum(wanted.values())
    if more > commit["spacing"] + odd or spacing != commit["spacing"]:
        sys.exit("lines are shown that did not change, or empty ones are not")
    if any(r[4] for r in rows if r[6]):
        sys.exit("a line in a fold did not move")
    gone = moved(commit, "gone", "before", "old")
    came = moved(commit, "came", "after", "new")
    for _, path, old, new, sign, _, _ in open_rows:
        file = next((f for f in commit["files"]
                     if path and path in (f["after"], f["before"])), None)
        if not sign and not file:
            sys.exit("a line that moved is in no fold")
        if not sign and (int(old) in gone[file["before"]] or
                         int(new) in came[file["after"]]):
            sys.exit(f"{path}:{new} moved, and is in no fold")
    folded = sum(1 for r in rows if r[6])
    if folded != sum(i["verbatim"] for i in commit["items"]):
        sys.exit("not every line that moved is in a fold")
    return folded, sum(shown.values())


def main():
    page = Page()
    page.feed(open(sys.argv[1], encoding="utf-8").read())
    if page.open:
        sys.exit("not closed: " + " ".join(page.open))
    ids = set(page.ids)
    if len(ids) != len(page.ids):
        sys.exit("an id is there twice")
    dead = [l for l in page.links if l[:1] != "#" or l[1:] not in ids]
    if dead:
        sys.exit("leads nowhere: " + dead[0])
    folded = shown = 0
    for n, commit in enumerate(json.load(open(sys.argv[2]))["commits"], 1):
        rows = [r for r in page.rows if r[0] == n]
        a, b = check_commit(commit, rows, page.spacing[n])
        folded, shown = folded + a, shown + b
    print(f"{len(page.links)} links, {folded} lines folded, {shown} shown")


main()
