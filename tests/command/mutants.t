#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# A sample of make mutants on the tree in miniature: twelve mutants of twelve
# classes that the seed draws, and four neutral variations. SEED=N draws others.
# One of each class that the tree has is reviewed: that costs little.
. "$(dirname "$0")/lib.sh"
need python3 git spatch gcc make nm objdump

run 0 "mutants of seed ${SEED:-1} are flagged, neutral ones are not" \
	"$top/tests/mutants/mutants" "$cocciseries" --small "$work/small" \
	--seed "${SEED:-1}" --results "$work/score"
is 12 "$(grep -c -e '"effect": "behaviour"' -e '"effect": "flag"' \
	score/score.json)" 'twelve mutants'
has score/score.md 'missed: 0 of 12'
cp score/score.md first.md
run 0 'again' "$top/tests/mutants/mutants" "$cocciseries" \
	--small "$work/small" --seed "${SEED:-1}" --results "$work/score"
ok 'the same bytes' cmp score/score.md first.md
lacks score/score.md "$work" 'no path of this machine'
has score/score.md '| shown by review |' 'what a review shows stands beside it'
rm "$work"/small/reviews/*
run 0 'with the reviews made again' "$top/tests/mutants/mutants" \
	"$cocciseries" --small "$work/small" --seed "${SEED:-1}" \
	--results "$work/score"
ok 'the same bytes then' cmp score/score.md first.md

run 0 'a mutant of each class is reviewed' "$top/tests/mutants/mutants" \
	"$cocciseries" --small "$work/small" --seed "${SEED:-1}" --mutants 99 \
	--review-only
ok 'what changes behaviour is shown, each' \
	grep -q 'change behaviour, shown by review: \([0-9]*\) of \1 ' out

# A program that calls everything neutral: the suite has to say so. Two of it run
# at once.
cat >liar <<EOF
#!/bin/sh
"$cocciseries" "\$@" >out.\$\$
status=\$?
sed 's/"\(different\|undecided\)"/"neutral"/' out.\$\$
exit \$status
EOF
chmod +x liar
run 1 'a mutant that is missed is an error' "$top/tests/mutants/mutants" \
	"$work/liar" --small "$work/small" --seed "${SEED:-1}" --mutants 2 \
	--variations 0
out_has 'not ok'

# And one whose reviews take what moved from other lines than it came from.
cat >forger <<EOF
#!/bin/sh
"$cocciseries" "\$@" >out.\$\$
status=\$?
sed 's/"there": [0-9]*/"there": 1/' out.\$\$
exit \$status
EOF
chmod +x forger
run 1 'a review that vouches for what is not so is an error' \
	"$top/tests/mutants/mutants" "$work/forger" --small "$work/small" \
	--seed "${SEED:-1}" --mutants 99 --review-only
out_has 'hidden in the review'
finish
