#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Runs that end before their time, by kill -9 in each stage, by a signal that
# can be caught, and two at once. What a run leaves in the repository is nothing
# or the whole branch, and the next one ends as an undisturbed one does.
# shellcheck disable=SC2317 # functions that run() calls

# shellcheck source=tests/command/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/command/scene.sh
. "$top/tests/command/scene.sh"

make_tree "$tree"
remember

# Each call of git in an undisturbed run, one a line.
at_call git 0 '*' </dev/null
sed -i "2i echo \"\$*\" >>$work/git.log" bin/git
run 0 'an undisturbed run' run_one --json
cp out whole.json
first=$(tip)
untouched 'undisturbed' cocciseries/one

# ---- kill -9 ----------------------------------------------------------------

# The last question for the id of a tree before the branch is looked at again is
# asked when a verdict is about to be kept.
proven=$(awk '/ check-ref-format / { at = nr } / cat-file --batch-check/ { nr++ }
	END { print at }' git.log)

# killed WHEN PROGRAM NUMBER PATTERN [SCRIPT [BRANCH]]: kill -9 at this call, and
# then the next run, which begins while what the first left still works. SCRIPT
# replaces the call; BRANCH is there when it has ended.
killed() {
	forget
	echo "${5-kill -KILL \$run}" | at_call "$2" "$3" "$4"
	run 137 "kill -9: $1" run_one
	no_fault
	untouched "$1" "${6-}"
	run 0 "$1: the next run" run_one --json
	ok "$1: the same report" cmp whole.json out
	is "$first" "$(tip)" "$1: the same commits"
}

# shellcheck disable=SC2016 # for at_call()
afterwards='$real "$@"; kill -KILL $run; exit'
killed 'apply, spatch edits' spatch 1 '*--in-place*'
killed 'apply, an object is written' git 1 '*hash-object*'
killed 'apply, the commit is there' git 1 '*commit-tree*' "$afterwards"
killed 'checkout' git 2 '*"cat-file --batch"'
killed 'configure' make 1 '*modules_prepare*'
killed 'build of the base' gcc 2 '*"-c -o dev/"*'
err_has '(known)' 'what was applied is not applied again'
killed 'build of the step' gcc 5 '*"-c -o dev/"*'
killed 'isolate, text' gcc 2 '*" -E "*'
killed 'isolate, object' gcc 2 '*"-c -o "*/making/*'
killed 'prove' git "$proven" '*"cat-file --batch-check"'
# shellcheck disable=SC2016
killed 'publish, before' git 1 '*update-ref*' 'kill -KILL $run; exit'
killed 'publish, after' git 1 '*update-ref*' "$afterwards" cocciseries/one

# The branch of a run that was killed there is still ours to move.
forget
at_call git 1 '*update-ref*' <<'END'
$real "$@"
kill -KILL $run
exit
END
run 137 'kill -9 when the branch is there' run_one apply
no_fault
run 0 'the next run moves it' run_one apply --signoff
ok 'to other commits' test "$first" != "$(tip)"

# Nothing is run any more when reports are written: too large a file ends it.
forget
run 0 'all is known' run_one --results kept --json
echo 'an older one' >kept/one/base/report.json
rm -rf "$tree/.git/refs/heads/cocciseries"
run 153 'an end when the report is written' sh -c \
	'ulimit -c 0; ulimit -f 1; exec "$@"' - \
	"$cocciseries" run one --tree "$tree" --base base --results kept
is 'an older one' "$(cat kept/one/base/report.json)" 'the report is the one before'
untouched 'report' cocciseries/one
run 0 'the next run' run_one --results kept --json
ok 'the same report' cmp whole.json out

# ---- Signals that can be caught ---------------------------------------------

# stopped SIGNAL STATUS PROGRAM NUMBER PATTERN: while this program and a child
# of its work, which would do so for a minute
stopped() {
	forget
	rm -f child
	at_call "$3" "$4" "$5" <<-END
		sleep 60 &
		echo \$! >$work/child
		kill -$1 \$run
		wait
	END
	run "$2" "SIG$1 while $3 works" run_one
	err_has 'cocciseries: stopped; what is finished is kept'
	no_fault
	child_has_ended
	untouched "SIG$1 while $3 works"
	run 0 'the next run' run_one --json
	ok 'the same report' cmp whole.json out
	is "$first" "$(tip)" 'the same commits'
}

stopped TERM 143 gcc 2 '*"-c -o dev/"*'
stopped INT 130 spatch 1 '*--in-place*'
stopped HUP 129 gcc 1 '*" -E "*'

# ---- Two at once ------------------------------------------------------------

# A first run stands still in spatch until the file go is there.
forget
at_call spatch 1 '*--in-place*' <<END
touch $work/waits
while [ ! -e $work/go ]; do sleep 0.1; done
END
run_one --json >first.json 2>first.err &
running=$!
for _ in $(seq 100); do
	[ ! -e waits ] || break
	sleep 0.1
done
ok 'a first run is under way' test -e waits
run 4 'a second one on the same tree' \
	"$cocciseries" run one --tree "$tree/dev" --base base
err_has 'another cocciseries'
err_has 'wait for it to end, or use another --cache'
untouched 'two at once'
run 0 'one with a cache of its own' "$cocciseries" run one --tree "$tree" \
	--base base --cache own --json
ok 'has the same report' cmp whole.json out
touch go
status=0
wait $running || status=$?
is 0 $status 'the first one ends well'
ok 'with the same report' cmp whole.json first.json
is "$first" "$(tip)" 'and the same commits'
untouched 'two at once' cocciseries/one

# Others that write the branch at the very moment when we do.
for other in base tree; do
	forget
	[ $other = base ] || run_one apply 2>/dev/null
	at_call git 1 '*update-ref*' <<-END
		\$real -C $tree update-ref refs/heads/cocciseries/one other
	END
	signoff=--signoff
	[ $other = tree ] || signoff=
	# shellcheck disable=SC2086 # nothing, or a word
	run 4 "somebody else writes the branch, $other" run_one $signoff
	err_has "cannot write branch 'cocciseries/one': 'git update-ref"
	err_has 'cannot lock ref'
	out_has neutral 'the report is printed all the same'
	is "$(git -C "$tree" rev-parse other)" "$(tip)" 'it is theirs'
	no_fault
	run 129 'and stays so' run_one
	err_has 'was not written by an earlier run'
	err_has 'choose another name with --branch'
done

# Another run, with a cache of its own, that comes to the same commit first.
forget
at_call git 1 '*update-ref*' <<END
\$real -C $tree update-ref refs/heads/cocciseries/one $first
END
run 0 'another run writes the same' run_one apply
is "$first" "$(tip)" 'and it stays'
no_fault
forget
"$cocciseries" apply one --tree "$tree" --base base --cache own1 -q &
running=$!
run 0 'two at once, each with a cache' \
	"$cocciseries" apply one --tree "$tree" --base base --cache own2
status=0
wait $running || status=$?
is 0 $status 'both end well'
is "$first" "$(tip)" 'with the same commits'
untouched 'at once' cocciseries/one

finish
