# SPDX-License-Identifier: GPL-2.0-only
"""Which mutants there are: the seed draws them from what operators find.

Of each class, so many as its quota says, from steps of its groups. One that is
of no use (it does not compile, or changes nothing) is put back, and the next
one of the same class and group comes. So the seed, the series and the compiler
decide which mutants there are, and nothing that cocciseries says of them.
"""

import itertools
import random
from collections import Counter

import ops_code
import ops_data
import ops_file
import variations

OPERATORS = ops_code.OPERATORS + ops_file.OPERATORS + ops_data.OPERATORS
VARIATIONS = variations.OPERATORS


def group_of(step):
    """What quotas count by: move, header, promote, rename, extract, includes."""
    if step.kind == "rename-file" or step.head.get("As") == "inline":
        return "header"
    if step.kind == "move":
        return "move" if step.target.endswith(".c") else "header"
    return "rename" if step.kind == "transform" else step.kind


def spread(rng, by_step):
    """Candidates in a drawn order, from each step in turn."""
    lists = [found for found in by_step if found]
    rng.shuffle(lists)
    for found in lists:
        rng.shuffle(found)
    rounds = itertools.zip_longest(*lists)
    return [c for turn in rounds for c in turn if c is not None]


class Share:
    """A class, a group, how many are wanted, and the candidates left."""

    def __init__(self, seed, operator, group, wanted, steps):
        rng = random.Random(f"{seed} {operator.name} {group}")
        self.operator, self.group, self.wanted = operator, group, wanted
        self.left = spread(rng, [self.candidates(s) for s in steps
                                 if group in (group_of(s), "any")])
        self.taken = []  # accepted, as (candidate, result)
        self.asked = 0   # under way, or of a step that is not asked about

    def candidates(self, step):
        return [c for c in self.operator.find(step) if c.is_change()]

    def missing(self):
        return self.wanted - len(self.taken) - self.asked


class Draw:
    """All shares. limits: {number of a step: how many of it, at most}. With
    wanted steps the same mutants are drawn, and those of other steps left out."""

    def __init__(self, seed, operators, steps, limits, wanted=(), sample=False):
        self.shares = [Share(seed, op, group, wanted, steps) for op in operators
                       for group, wanted in self.quota(op, sample)]
        self.limits = limits
        self.wanted = wanted
        self.spare = []  # shares that stand in for those that run out
        self.used = Counter()
        self.keys = set()
        self.refused = Counter()  # by reason

    @staticmethod
    def quota(operator, sample):
        return (("any", 1),) if sample else operator.quota

    def next_of(self, share):
        while share.left:
            candidate = share.left.pop(0)
            number = candidate.step.number
            if candidate.key not in self.keys and \
                    self.used[number] < self.limits.get(number, 10 ** 6):
                self.keys.add(candidate.key)
                self.used[number] += 1
                return candidate
        return None

    def ask(self):
        """[(share, candidate)] to run next; empty when all is done."""
        found = []
        for share in self.shares:
            while share.missing() > 0 and (c := self.next_of(share)):
                share.asked += 1
                if not self.wanted or c.step.number in self.wanted:
                    found.append((share, c))
            if share.missing() > 0 and self.spare:
                share.wanted -= share.missing()
                self.shares.append(self.spare.pop(0))
        return found

    def tell(self, share, candidate, result):
        """Takes the candidate, or not; the reason if not."""
        share.asked -= 1
        reason = self.reason(share.operator, result)
        if reason:
            self.refused[reason] += 1
            self.used[candidate.step.number] -= 1
        else:
            share.taken.append((candidate, result))
        return reason

    @staticmethod
    def reason(operator, result):
        if not result["builds"]:
            return "does not compile without a warning"
        if operator.effect == "behaviour" and result.get("same_code"):
            return "changes nothing in the objects"
        return None

    def rows(self):
        """In an order that no lane's speed changes."""
        return [(share.operator, *pair) for share in self.shares
                for pair in sorted(share.taken, key=lambda p: (p[0].step.number, p[0].key))]

    def short(self):
        """Classes and groups for which too few places were found."""
        return [f"{share.operator.name} ({share.group}: {len(share.taken)} of {share.wanted})"
                for share in self.shares if share.missing() > 0]


def sampled(seed, operators, steps, wanted):
    """A Draw of so many classes, one mutant of each, from any step."""
    rng = random.Random(f"{seed} classes")
    draw = Draw(seed, operators, steps, {}, sample=True)
    rng.shuffle(draw.shares)
    shares = [s for s in draw.shares if s.left]
    draw.shares, draw.spare = shares[:wanted], shares[wanted:]
    return draw
