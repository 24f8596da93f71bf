# SPDX-License-Identifier: GPL-2.0-only
"""The score as a table: names, places and verdicts, no text of the kernel's, no
times and nothing of the machine, so that the same seed and program give the
same bytes.
"""

import json
import os
from collections import Counter

import rivals
import seen
from draw import group_of
from runner import FLAGS, NOT_VERIFIED, RUNGS

REVIEW_SIGNS = {seen.SHOWN: "X", seen.LEFT_OUT: "l", seen.FOLDED: "f", None: ""}
SIGNS = {"different": "X", "undecided": "?", "equal": "", "explained": "e", "not-run": "-"}


def flagged(result, rungs=RUNGS):
    return any(result["flagged"].get(rung) in FLAGS for rung in rungs)


def is_shown(result):
    return result["review"]["seen"] == seen.SHOWN


def is_right(operator, result):
    """Mutants are flagged; neutral ones are neutral or explained. What a review
    shows of them is not held against either, as long as it is true."""
    if result["review"]["seen"] in (seen.HIDDEN, seen.FAILED):
        return False
    if result["verdict"] == NOT_VERIFIED["verdict"]:
        return True
    if operator.effect == "neutral":
        return result["verdict"] in ("neutral", "explained")
    return result["verdict"] in FLAGS


def percent(part, whole):
    return f"{part} of {whole}" + (f" ({100 * part / whole:.1f} %)" if whole else "")


def of_effect(rows, *effects):
    return [row for row in rows if row[0].effect in effects]


def count(rows, true):
    return sum(1 for _, _, result in rows if true(result))


def rung_total(rows, rungs):
    return percent(count(rows, lambda r: flagged(r, rungs)), len(rows))


def ways(rows):
    """[(name, function that says whether a result is flagged that way)]"""
    used = [r for r in RUNGS if any(row[2]["flagged"].get(r, "not-run") != "not-run"
                                    for row in rows)]
    found = [("all rungs: the verdict", lambda r: r["verdict"] in FLAGS),
             ("all but the text rung",
              lambda r: flagged(r, [x for x in RUNGS if x != "text"]))]
    found += [(f"the {rung} rung alone", lambda r, rung=rung: flagged(r, [rung]))
              for rung in used]
    titles = {"names": "names of symbols (nm)", "sizes": "names, types and sizes (nm -S)",
              "objdump": "objdump, by function", "abidiff": "abidiff on the modules",
              "color-moved": "git diff --color-moved"}
    found += [(titles[tool], lambda r, tool=tool: bool(r["rivals"][tool]))
              for tool in rivals.NAMES]
    return found + [("shown by review", is_shown)]


def summary(rows):
    """Lines of the table of totals."""
    effects = (("behaviour",), ("flag",), ("neutral",))
    yield "| compared by | mutants that change behaviour | that change no code | " \
          "neutral ones flagged |"
    yield "|---|---|---|---|"
    for name, is_flagged in ways(rows):
        cells = [percent(count(part, is_flagged), len(part))
                 for part in (of_effect(rows, *e) for e in effects)]
        yield f"| {name} | {' | '.join(cells)} |"


def header(tools):
    names = ["class", "step", "place", "verdict", *RUNGS, "review", *tools]
    yield "| " + " | ".join(names) + " |"
    yield "|" + "---|" * len(names)


def line(operator, candidate, result):
    cells = [operator.name, candidate.step.number, candidate.place, result["verdict"]]
    cells += [SIGNS[result["flagged"].get(rung, "not-run")] for rung in RUNGS]
    cells.append(REVIEW_SIGNS.get(result["review"]["seen"], "!"))
    cells += ["X" if result["rivals"][tool] else
              "-" if result["rivals"][tool] is None else "" for tool in rivals.NAMES]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def missed(rows):
    """Names of what is wrong, or only just right."""
    for operator, candidate, result in rows:
        where = f"{operator.name} in {candidate.step.number}, {candidate.place}"
        if not is_right(operator, result):
            yield f"- **{where}: {result['verdict']}**"
        elif result["verdict"] == "undecided":
            yield f"- {where}: undecided"
        elif operator.effect == "behaviour" and not flagged(result, RUNGS[1:]):
            yield f"- {where}: by the text rung only"


def not_shown(rows):
    """Those that a review's residue does not show, and why."""
    for operator, candidate, result in rows:
        if not is_shown(result):
            yield f"{operator.name} in {candidate.step.number}, {candidate.place}: " \
                  f"{result['review']['seen']}"


def of_reviews(rows):
    """How many of the mutants a review shows, and which not."""
    for title, effect in (("that change behaviour", "behaviour"),
                          ("that change no machine code", "flag")):
        part = of_effect(rows, effect)
        shown = [row for row in part if is_shown(row[2])]
        yield f"mutants {title}, shown by review: {percent(len(shown), len(part))}; " \
              f"{len({op.name for op, _, _ in shown})} of " \
              f"{len({op.name for op, _, _ in part})} classes"
        yield from not_shown(part)


def markdown(seed, rows, refused):
    mutants, neutral = of_effect(rows, "behaviour", "flag"), of_effect(rows, "neutral")
    behaviour = of_effect(rows, "behaviour")
    classes = len({op.name for op, _, _ in behaviour})
    near = [row for row in behaviour if group_of(row[1].step) != "move"]
    undecided = count(mutants, lambda r: r["verdict"] == "undecided")
    yield f"# Mutants, seed {seed}\n"
    yield f"- {len(behaviour)} mutants that change behaviour, in {classes} classes; " \
          f"{percent(len(near), len(behaviour))} in promote, extract, rename, includes " \
          "and header steps"
    yield f"- {len(mutants) - len(behaviour)} that change no machine code in this " \
          "configuration, and must be flagged all the same"
    yield f"- {len(neutral)} neutral ones, the steps themselves among them"
    for reason, number in sorted(refused.items()):
        yield f"- drawn and put back, as it {reason}: {number}"
    yield f"- undecided: {percent(undecided, len(mutants))}"
    yield f"- missed: {percent(count(mutants, lambda r: r['verdict'] not in FLAGS), len(mutants))}"
    yield "\nA way to compare flags a commit when it differs or is undecided. From the names of " \
          "symbols on, they\nare asked about the stock objects, or the diff, of the changed " \
          "commit and its parent; the last one is\nwhether the residue of `cocciseries review` " \
          "has the lines of the mutant.\n"
    yield from summary(rows)
    lines = list(missed(rows))
    if lines:
        yield "\n## Missed, undecided, or seen by the text rung alone\n"
        yield from lines
    lines = [f"- {words}" for words in
             not_shown([row for row in behaviour if row[2]["verdict"] in FLAGS])]
    if lines:
        yield "\n## Not visible in the review's residue; the verdict is red\n"
        yield "Left out: the mutant lacks what the step adds or changes, and has nothing of its " \
              "own to show. Folded:\nit has the step's lines in another order.\n"
        yield from lines
    for title, effects in (("Change behaviour", ("behaviour",)),
                           ("Change no machine code", ("flag",)), ("Neutral", ("neutral",))):
        yield f"\n## {title}\n"
        yield "X: flagged, ?: undecided, e: explained, -: did not run; of the review, X: its " \
              "residue has the\nmutant's lines, l: left out, f: folded, !: vouched for and not so\n"
        yield from header(rivals.NAMES)
        yield from (line(*row) for row in of_effect(rows, *effects))


def as_json(seed, rows, refused):
    return {
        "schema": 1, "seed": seed, "refused": dict(sorted(refused.items())),
        "totals": {name: {effect: count(of_effect(rows, effect), is_flagged)
                          for effect in ("behaviour", "flag", "neutral")}
                   for name, is_flagged in ways(rows)},
        "classes": dict(sorted(Counter(op.name for op, _, _ in rows).items())),
        "rows": [{"class": op.name, "effect": op.effect, "step": c.step.name,
                  "place": c.place, "key": c.key, "verdict": r["verdict"],
                  "rungs": r["flagged"], "review": r["review"], "others": r["rivals"]}
                 for op, c, r in rows],
    }


def write(folder, seed, rows, refused):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "score.md"), "w") as f:
        f.write("\n".join(markdown(seed, rows, refused)) + "\n")
    with open(os.path.join(folder, "score.json"), "w") as f:
        json.dump(as_json(seed, rows, refused), f, indent=1)
        f.write("\n")
