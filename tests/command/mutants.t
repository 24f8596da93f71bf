#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# A sample of make mutants on the tree in miniature: twelve mutants of twelve
# classes that the seed draws, and four neutral variations. SEED=N draws others.
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
finish
