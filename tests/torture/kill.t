#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# kill -9 at KILLS random moments of whole runs, from the opening to the report.
# What is killed is the program with all that it has started, the program alone,
# or one of those that it has started. Each time the repository is as it was, but
# for the branch; a run that was killed is run again, and perhaps killed again,
# until one ends, which gives the commits and the report of an undisturbed one.
#
#	make torture [KILLS=200] [SEED=1]
#
# The seed draws the moments, and which of the three; how far a run has come by
# then is the machine's. What was hit is counted at the end.

# shellcheck source=tests/command/lib.sh
. "$(dirname "$0")/../command/lib.sh"
# shellcheck source=tests/command/scene.sh
. "$top/tests/command/scene.sh"
need setsid ps

kills=${KILLS:-200}
seed=${SEED:-$(date +%s)}
steps=4
echo "# SEED=$seed KILLS=$kills"

cp -r "$top/tests/series/demo" .
make_tree "$tree"
remember

# The program leads a session, by which all that it starts is found again.
start() {
	setsid "$cocciseries" run demo --tree "$tree" --base base -j2 --json \
		>out 2>err </dev/null &
	running=$!
}

# The branch that this series makes.
branch_tip() {
	git -C "$tree" rev-parse -q --verify refs/heads/cocciseries/demo
}

now() {
	date +%s.%N
}

# seconds EXPRESSION: what awk makes of it
seconds() {
	awk "BEGIN { printf \"%.3f\", ($1) }"
}

# What is drawn for a kill: a share of the time that is left, what is killed,
# whether the run is killed again, and whether the one after it has all proven,
# and only the branch to write: few moments of a whole run are spent with that,
# and it is then that the repository changes.
draw() {
	awk -v seed="$seed" -v n=$((kills * 3)) 'BEGIN {
		srand(seed)
		split("all alone child", who)
		while (n-- > 0)
			print rand(), who[1 + int(rand() * 3)],
				int(rand() * 2), int(rand() * 3) == 0
	}' </dev/null
}

# What a command line is about.
name_it() {
	sed -n '
		/cocciseries run demo/d
		/spatch/s/.*/spatch/p
		/modules_prepare\|merge_config\|conf\.sh/s/.*/configure/p
		s/^git .*\(cat-file\|hash-object\|[a-z]*-tree\|update-[a-z]*\).*/git \1/p
		/^git/s/.*/git/p
		/clang/s/.*/clang/p
		/ -E /s/.*/compiler, -E/p
		/gcc\|cc1\|\/as /s/.*/compiler/p
		/objtool\|modpost\|genksyms/s/.*/objtool, modpost/p
		/make/s/.*/make/p
		$s/.*/other/p' | head -n 1
}

# How far the run has come, by what it has printed and what it has started.
stage() {
	if [ "$(grep -c '^apply ' err)" -lt $steps ]; then
		_phase=apply
	elif [ "$(grep -c '^verify ' err)" -lt $steps ]; then
		_phase=verify
	elif ! grep -q '^branch ' err; then
		_phase=publish
	else
		_phase=report
	fi
	echo "$_phase, ${victim:-the program itself} ($what)"
}

# Waits until the moment has come; fails when the run has ended before.
wait_for_moment() {
	sleep "$(seconds "$share * $left")"
	kill -0 $running 2>/dev/null
}

# Those that may be killed by themselves: what the program has started, and
# compilers, whose end make tells. What else make and its scripts run is theirs.
victims() {
	ps -o pid=,pgid=,comm= -s "$running" | awk -v run="$running" \
		'$1 != run && ($1 == $2 || $3 ~ /gcc|gn$|^cc1|^as$|clang/) {
			print $1 }'
}

# Sends SIGKILL to what was drawn. $victim is one of the programs that the run
# has started, and the one that is killed where it is one.
kill_what() {
	_all=$(ps -o pid= -s "$running" || true)
	_one=$(victims | awk -v share="$share" '
		{ v[NR] = $1 } END { print v[1 + int(share * NR)] }')
	victim=$(ps -o args= -p "${_one:-$running}" | name_it)
	stage >>stages
	# shellcheck disable=SC2086 # numbers
	case $what in
	all) kill -KILL "$running" $_all ;;
	alone) kill -KILL "$running" ;;
	child) kill -KILL "${_one:-$running}" ;;
	esac 2>/dev/null || true
}

# What the run has come to: it was killed, it has ended well, or it says that
# something else was killed, which is no fault of the commit.
take_status() {
	status=0
	wait $running 2>/dev/null || status=$?
	case $status in
	0 | 137) return ;;
	4)
		if [ "$what" = child ] || locked; then return; fi
		;;
	esac
	fail "kill $landed ($what): status $status"
	show err stderr
}

# A git that was killed while it held the branch leaves its lock, and the next
# git says what to do.
locked() {
	grep -q "demo.lock': File exists" err &&
		grep -q 'remove the file manually' err
}

ended_well() {
	ok "$1: the same report" cmp whole.json out
	is "$first" "$(branch_tip)" "$1: the same commits"
}

# Lets the run go on until it has ended, and begins anew, with the branch alone
# or with all.
finish_run() {
	for _ in 1 2 3; do
		what=none
		start
		take_status
		if [ $status = 0 ]; then break; fi
		rm -f "$tree/.git/refs/heads/cocciseries/demo.lock"
	done
	is 0 $status "after kill $landed: the next run"
	ended_well "after kill $landed"
	untouched "after kill $landed" cocciseries/demo
	if [ "$late" = 1 ]; then
		forget_branch
		left=$known
	else
		forget
		left=$whole
	fi
}

# A run that nothing disturbs; sets $took, how long it takes.
undisturbed() {
	began=$(now)
	start
	take_status
	took=$(seconds "$(now) - $began")
	is 0 $status 'an undisturbed run'
}

landed=0
what=none
undisturbed
whole=$took
cp out whole.json
first=$(branch_tip)
untouched undisturbed cocciseries/demo
forget_branch
undisturbed
known=$took
ended_well 'all is known'
forget

left=$whole
draw >drawn
: >stages
while [ $landed -lt "$kills" ] && read -r share what again late; do
	began=$(now)
	start
	if wait_for_moment; then
		landed=$((landed + 1))
		kill_what
	fi
	take_status
	left=$(seconds "$left > $(now) - $began + $known ? \
		$left - $(now) + $began : $known")
	[ $status != 0 ] || ended_well "before kill $((landed + 1))"
	untouched "kill $landed, $(tail -n 1 stages)" cocciseries/demo maybe
	if [ "$again" = 0 ] || [ $status = 0 ]; then finish_run; fi
done <drawn
finish_run
is "$kills" $landed "as many kills as were asked for"
ok 'the objects are whole' git -C "$tree" fsck --no-dangling

sort stages | uniq -c | sed 's/^/# /'
finish
