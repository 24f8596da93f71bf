#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# verify --bisect as the command of 'git bisect run', on the tree in miniature:
# one commit of six is broken, and git bisect must name it.
. "$(dirname "$0")/lib.sh"
need git gcc make

tree=$work/tree
export GIT_AUTHOR_DATE='2026-01-01T00:00:00+0000'
export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
configs=$top/tests/series/demo/configs

in_tree() {
	git -C "$tree" "$@"
}

# edit SCRIPT FILE SUBJECT: a commit that sed makes
edit() {
	sed -i "$1" "$tree/$2"
	in_tree commit -qam "$3"
}

# neutral NAME...: commits that change nothing, over whatever is checked out
neutral() {
	for name in "$@"; do
		edit "s/^\/\* $name \*\/\$//; \$a /* $name */" dev/irq.c "port: Say $name"
	done
}

# broken BRANCH SCRIPT FILE: six commits over the base, of which the fourth is
broken() {
	in_tree checkout -q -b "$1" base
	neutral one two three
	edit "$2" "$3" 'port: Break it'
	in_tree tag "$1-bad"
	neutral five six
}

# bisect NAME COMMAND...: the first bad commit is the broken one
bisect() {
	name=$1
	shift
	in_tree bisect start "$name" base >/dev/null
	run 0 "$name: git bisect ends" git -C "$tree" bisect run "$@"
	out_has "$(in_tree rev-parse "$name-bad") is the first bad commit" \
		"$name: it names the commit"
	in_tree bisect reset >/dev/null 2>&1
}

cp -r "$top/tests/tree" "$tree"
in_tree init -q
in_tree add -A
in_tree commit -qm 'the tree'
in_tree tag base

broken changes 's/regs\[PORT_REG_STATUS\] |=/regs[PORT_REG_STATUS] ^=/' dev/irq.c
# only where CONFIG_PORT_TRACE is off
broken uncompiled '0,/^#ifdef CONFIG_PORT_TRACE$/s//#ifndef CONFIG_PORT_TRACE\
#error no trace\n#endif\n&/' dev/core.c

bisect changes "$cocciseries" verify --bisect --tree "$tree" \
	--config "$configs/full.config"
bisect uncompiled "$cocciseries" verify --bisect --tree "$tree" \
	--config "$configs/full.config" --config "$configs/plain.config"

# Without a bisection it is about one commit and its parent.
in_tree checkout -q changes
run 0 'a good commit over a bad one is good' "$cocciseries" verify --bisect \
	--tree "$tree" --config "$configs/full.config"
run 1 'the bad one is bad' "$cocciseries" verify --bisect changes-bad \
	--tree "$tree" --config "$configs/full.config"
# With other names for good and bad, and a commit that was skipped.
in_tree bisect start --term-old works --term-new fails changes base >/dev/null
in_tree bisect skip changes~1 >/dev/null 2>&1 || :
in_tree checkout -q changes~1
run 1 'and so is what stands on it, in a bisection' "$cocciseries" verify \
	--bisect --tree "$tree" --config "$configs/full.config"
in_tree bisect reset >/dev/null 2>&1

# What cannot be told is skipped: git takes any other status for bad, or stops.
in_tree checkout -q -b unclear base
edit 's/^#ifdef CONFIG_PORT_TRACE/#if defined(CONFIG_PORT_TRACE)/' dev/core.c \
	'port: Spell it otherwise'
run 125 'an undecided commit is skipped' "$cocciseries" verify --bisect \
	--tree "$tree" --config "$configs/full.config"
run 125 'and so is what does not work' "$cocciseries" verify --bisect \
	--tree "$tree" --config "$work/none.config"
in_tree checkout -q -b unbuilt base
edit 's/u32 all = 0;/u32 all = none;/' dev/core.c 'port: Break the build'
edit 's/u32 all = none;/u32 all = 0;/' dev/core.c 'port: Mend it'
run 125 'and so is one over what does not build' "$cocciseries" verify --bisect \
	--tree "$tree" --config "$configs/full.config"
run 129 'a range is wrong usage' "$cocciseries" verify --bisect base..changes \
	--tree "$tree"
err_has '--bisect is for one commit'

finish
