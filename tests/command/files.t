#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Steps about whole files on the tree in miniature, from the script to the
# verdict: a header and a source file get other names, #include lines come and
# go. And the same commits made badly by hand.
# shellcheck disable=SC2317 # functions that run() calls
. "$(dirname "$0")/lib.sh"
need git spatch gcc make

tree=$work/tree
series=$work/files
export GIT_AUTHOR_DATE='2026-01-01T00:00:00+0000'
export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE

cp -r "$top/tests/tree" "$tree"
mkdir "$tree/Documentation"
echo 'Ports are in dev/port.h, lines in dev/irq.c.' >"$tree/Documentation/port.rst"
git -C "$tree" init -q
git -C "$tree" add -A
git -C "$tree" commit -qm 'the tree'
git -C "$tree" tag base

mkdir "$series"
cp -r "$top/tests/series/demo/configs" "$series"

# step NAME KIND KEYS RULES
step() {
	echo "$1" >>"$series/series"
	{
		printf '/// dev: %s\n//\n// Kind: %s\n' "$1" "$2"
		printf '%s\n' "$3" | sed 's|^|// |'
		printf '\n@rule@\n@@\n%s\n' "$4"
	} >"$series/$1.cocci"
}

run_series() {
	"$cocciseries" "$1" "$series" --tree "$tree" --base base --json
}

step 0010-header rename-file 'From: dev/port.h
To: dev/ports.h
Guard: DEV_PORTS_H' '- #include "port.h"
+ #include "ports.h"'
step 0020-source rename-file 'From: dev/irq.c
To: dev/lines.c' '- #include "irq.c"
+ #include "lines.c"'

run 0 'both files are renamed' run_series run
out_has '"verdict": "neutral"'
is 0 "$(git -C "$tree" grep -cw 'port\.h' cocciseries/files | wc -l)" \
	'nothing names the header that is gone'
ok 'its object is renamed' git -C "$tree" grep -q 'core.o lines.o' \
	cocciseries/files -- dev/Makefile
is 'Ports are in dev/ports.h, lines in dev/lines.c.' \
	"$(git -C "$tree" show cocciseries/files:Documentation/port.rst)" \
	'the documentation follows'

# The last commit of the branch as somebody else would have made it.
amend() {
	git -C "$tree" checkout -q --detach cocciseries/files
	(cd "$tree" && "$@")
	git -C "$tree" commit -qa --amend --no-edit
	git -C "$tree" branch -qf cocciseries/files
}

rename_also_changes() {
	sed -i 's/PORT_NR_LINES 16/PORT_NR_LINES 17/' dev/lines.c
}
amend rename_also_changes
run 1 'a renamed file that also changes is not neutral' run_series verify
out_has '"verdict": "different"'

finish
