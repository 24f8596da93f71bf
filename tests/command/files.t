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
sed -i 's|^#include <linux/types.h>|#include <linux/print.h>\n&|' \
	"$tree/dev/trace.c"
sed -i '/linux\/types.h/d' "$tree/dev/irq.c"
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

step 0030-drop includes 'Files: dev/trace.c' '- #include <linux/print.h>'
step 0040-add includes 'Files: dev/lines.c' '+ #include <linux/types.h>'

run 0 'files are renamed and their includes changed' run_series run
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

is '#include <linux/types.h>' \
	"$(git -C "$tree" diff base cocciseries/files | sed -n 's/^+\(#include <\)/\1/p')" \
	'one line came'

another_include() {
	sed -i 's|^#include <linux/types.h>|&\n#include <linux/print.h>|' \
		dev/lines.c
}
amend another_include
run 1 'an #include more than the step says is not neutral' run_series verify
out_has '"verdict": "different"'

sed -i '/includes\|0030\|0040/d' "$series/series"
rm "$series"/0030* "$series"/0040*
git -C "$tree" checkout -q --detach base
git -C "$tree" branch -qD cocciseries/files
run 0 'only the renaming' run_series run
also_changed() {
	sed -i 's/PORT_NR_LINES 16/PORT_NR_LINES 17/' dev/lines.c
}
amend also_changed
run 1 'a renamed file that also changes is not neutral' run_series verify
out_has '"verdict": "different"'

# A mode goes along; one that changes on the way is a change.
git -C "$tree" checkout -q --detach base
chmod +x "$tree/dev/irq.c"
git -C "$tree" commit -qam 'an odd mode'
git -C "$tree" tag -f base >/dev/null
git -C "$tree" branch -qD cocciseries/files
run 0 'an executable file is renamed' run_series run
ok 'and stays one' sh -c "git -C '$tree' ls-tree cocciseries/files dev/lines.c |
	grep -q ^100755"
amend chmod -x dev/lines.c
run 1 'a lost mode is not neutral' run_series verify
out_has 'its mode changed'

finish
