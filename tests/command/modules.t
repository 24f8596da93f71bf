#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What only the linked modules show: modpost's warnings and exports. Commits of
# the demo series are changed by hand, as in run.t.
# shellcheck disable=SC2317 # functions that run() calls
. "$(dirname "$0")/lib.sh"
need git spatch gcc make

tree=$work/tree
export GIT_AUTHOR_DATE='2026-01-01T00:00:00+0000'
export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE

# A series of one step is enough: it moves two functions to dev/debug.c.
mkdir -p series/configs
cp "$top"/tests/series/demo/configs/full.config series/configs
cp "$top"/tests/series/demo/00[12]0-* series
printf '0010-promote-update-debug\n0020-move-debug\n' >series/series

cp -r "$top/tests/tree" "$tree"
git -C "$tree" init -q
git -C "$tree" add -A
git -C "$tree" commit -qm 'the tree'
git -C "$tree" tag base

run 0 'the series runs' "$cocciseries" run series --tree "$tree" --base base
out_lacks modpost 'modpost is not among what was not compared'

# change_commit FILE SED: the last commit of the series, changed by hand
change_commit() {
	rm -rf hand
	git clone -q "$tree" hand
	git -C hand checkout -q -b changed origin/cocciseries/series
	sed -i "$2" "hand/$1"
	git -C hand commit -qa --amend --no-edit
	git -C "$tree" fetch -q -f "$work/hand" changed:changed
}

verify_changed() {
	"$cocciseries" verify series --tree "$tree" --base base \
		--branch changed
}

change_commit dev/debug.c '/^EXPORT_SYMBOL_GPL(port_get_debug)/d'
run 1 'a dropped export' verify_changed
out_has 'is not exported any more'
change_commit dev/debug.c \
	's/^EXPORT_SYMBOL_GPL(port_get_debug)/EXPORT_SYMBOL(port_get_debug)/'
run 1 'a changed licence' verify_changed
out_has 'its kind was EXPORT_SYMBOL_GPL and is EXPORT_SYMBOL'
change_commit dev/debug.c \
	's/^void port_update_debug/__attribute__((noinline, section(".init.text"))) &/'
run 1 'code for the start alone that others call' verify_changed
out_has 'section mismatch'
change_commit dev/debug.c 's/return -EINVAL;/return no_such_thing();/
	s/^#include "port.h"/&\nint no_such_thing(void);/'
run 1 'a symbol that nobody exports' verify_changed
out_has 'is needed only after, and no module that was built exports it'
change_commit dev/debug.c 's/^int port_get_debug/\n&/'
run 0 'a blank line more' verify_changed

finish
