#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# needs: what a move of some items would need, on the tree in miniature. Nothing
# is written, and what it proposes is what the step then asks for.

# shellcheck source=tests/command/lib.sh
. "$(dirname "$0")/lib.sh"
need git

tree=$work/tree
cp -r "$top/tests/tree" "$tree"
git -C "$tree" init -q
git -C "$tree" add -A
git -C "$tree" commit -qm 'the tree'

# needs FROM TO NAME...: of the tree's files dev/FROM and dev/TO
needs() {
	_from=$1 _to=$2
	shift 2
	"$cocciseries" needs --tree "$tree" --from "dev/$_from" \
		--to "dev/$_to" "$@"
}

# row TEXT: the output has this line, blanks folded
row() {
	if sed 's/  */ /g; s/^ //' "$work/out" | grep -qxF -e "$1"; then
		pass "says: $1"
	else
		fail "says: $1"
		show "$work/out" stdout
	fi
}

run 3 'a cut that needs a promotion' \
	needs core.c ctrl.c port_set_ctrl port_get_ctrl
row 'dev/core.c -> dev/ctrl.c (new): 2 items move'
row 'port_update_debug dev/core.c:48 used by port_set_ctrl:37; 8 lines, fit for '"'As: inline'"
row 'port_valid_ctrl dev/core.c:21 function, used by port_set_ctrl:28'
row 'port_update_debug dev/core.c:18 goes with the promotion'
row 'port_set_ctrl dev/core.c:40'
row '<linux/export.h> dev/core.c:7 for EXPORT_SYMBOL_GPL'
row '"port.h" dev/core.c:11 for port_set_ctrl, port, port_reg_write and 4 more'
row '#define pr_fmt(text) "port: " text'
row 'dev/Makefile: ctrl.o behind core.o'
row '// Header: (see --header)'
row '// #include <linux/print.h>'
row 'identifier fn = {port_set_ctrl, port_get_ctrl};'
is '' "$(cat err)" 'nothing stands on stderr'

run 3 'a header for the prototypes' \
	needs core.c ctrl.c --header dev/port.h port_set_ctrl
row '// Header: dev/port.h'

run 3 'private data, a macro and a function that only moved code uses' \
	needs core.c irq.c port_open
row 'ports_open dev/core.c:16 variable, used by port_open:111'
row 'PORT_MAX_OPEN dev/core.c:14 macro, used by port_open:111'
row '// Include: <linux/print.h>'
out_lacks '<linux/export.h>' 'an include of the destination is left out'
out_lacks 'port.h'

run 3 'shared data, with its users' needs core.c irq.c ports_open
row 'ports_open dev/core.c:16 moves; users that stay: port_open:111'
run 3 'a static function that moves' needs core.c irq.c port_update_debug
row 'port_update_debug dev/core.c:48 used by port_set_ctrl:37, port_set_debug:65, port_reset:90'

run 3 'names that cannot move' needs core.c irq.c port_resett port_count
out_has "did you mean 'port_reset'?"
out_has "'port_count' is defined 2 times"
run 3 'pr_fmt of a file that is there' needs core.c irq.c \
	port_set_ctrl port_valid_ctrl PORT_CTRL_RESERVED
out_has 'pr_fmt is not the same in dev/irq.c'
run 3 'a name that the destination has' needs probe.c core.c pr_fmt
out_has "'pr_fmt' is in the destination already"
run 3 'a function to a header' needs irq.c port.h port_pending
out_has 'is not inline and goes to a header'

run 3 'from a header to a new one' \
	needs port.h reg.h port_reg_read port_reg_write
out_has "'port' of line 16 stays, and is not visible in dev/reg.h"
out_has "'port_reg_write' is used here, and dev/reg.h is not included"
row '// #ifndef DEV_REG_H'
run 3 'from a header to a source file' needs port.h core.c port_reg_write
out_has "'port_reg_write' is in a header and would go to a .c file"

run 0 'a cut that needs nothing' needs core.c debug.c port_get_debug
out_has 'Nothing has to be done before the move.'
run 0 'a macro to a header' needs core.c port.h PORT_MAX_OPEN

run 3 'as JSON' needs core.c ctrl.c --json port_set_ctrl
is '{"schema":1,"from":"dev/core.c","to":"dev/ctrl.c","to_is_new":true,"ready":false' \
	"$(tr -d ' \n' <out | cut -c1-80)" 'JSON begins with what was asked'
for text in '"need": "promote-left"' '"fits_inline": true' \
	'"left_users": [' '"include": "<linux/print.h>"' \
	'"pr_fmt": "#define pr_fmt(text) \"port: \" text"' \
	'"beside": "core.o"'; do
	out_has "$text"
done
cp out first
run 3 'and again' needs core.c ctrl.c port_set_ctrl --json
ok 'gives the same bytes' cmp first out

# What it proposes is a step that `check` accepts.
if command -v spatch >/dev/null; then
	mkdir -p series/configs
	needs core.c debug.c port_get_debug >out
	{
		printf '/// port: Move port_get_debug()\n///\n/// Move it.\n//\n'
		sed -n '/^\/\/ Kind: move/,/^identifier/{/^identifier/!p}' out
		printf '// Options: --no-includes\n\n@move@\ntype T;\n'
		grep '^identifier' out
		printf '@@\n* T fn(...)\n* {\n  ...\n* }\n'
	} >series/0010-move.cocci
	echo 0010-move >series/series
	run 0 'check accepts the proposal' "$cocciseries" check series
	run 0 'and it applies' "$cocciseries" apply series --tree "$tree"
	run 3 'after which the name is there no more' \
		needs core.c debug.c --base cocciseries/series port_get_debug
	out_has "the file has no definition of 'port_get_debug'"
	ok 'the new file is built where the old one is' git -C "$tree" \
		grep -q 'core.o debug.o' cocciseries/series -- dev/Makefile
else
	skip 'check accepts the proposal' 'spatch is not installed'
fi

is '' "$(git -C "$tree" status --porcelain)" 'the checkout is as it was'

# What cannot be asked
run 129 'a file that is not there' needs none.c irq.c f
err_has 'the tree has no file dev/none.c'
run 129 'a commit that is not there' needs core.c irq.c --base nowhere f
err_has "no commit 'nowhere'"
run 129 'no such folder' "$cocciseries" needs --tree "$work/none" \
	--from a.c --to b.c f
run 129 'no names' needs core.c irq.c
err_has 'no names given'
run 129 'no destination' "$cocciseries" needs --from dev/core.c f
err_has 'no --to given'
run 129 'the same file' needs core.c core.c f
run 129 'a path out of the tree' needs ../../x.c irq.c f
err_has 'leaves the tree'
run 129 'neither source nor header' needs core.c Makefile f
run 129 'an unknown option' needs core.c irq.c --nonsense f
run 0 'help' "$cocciseries" needs --help
out_has 'Exit status'
if [ -e /dev/full ]; then
	# shellcheck disable=SC2016 # for the inner shell
	run 4 'a lost stdout is no success' sh -c \
		'"$1" needs --tree "$2" --from dev/core.c --to dev/d.c \
		port_get_debug >/dev/full' _ "$cocciseries" "$tree"
fi

finish
