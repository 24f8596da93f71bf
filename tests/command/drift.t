#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Bases that a series was not written for: what is told of them, all steps in one
# run, and what --drift=accept makes of it.
# shellcheck disable=SC2317 # functions that run() calls
. "$(dirname "$0")/lib.sh"
need git spatch gcc make

export GIT_AUTHOR_DATE='2026-01-01T00:00:00+0000'
export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE

# base NAME [SCRIPT FILE]...: a repository NAME of the miniature tree, with sed
# scripts applied to files of it
base() (
	_name=$1
	shift
	cp -r "$top/tests/tree" "$work/$_name"
	cd "$work/$_name" || exit
	git init -q
	while [ $# -gt 1 ]; do
		sed -i "$1" "$2"
		shift 2
	done
	git add -A
	git commit -qm 'the tree'
	git tag base
)

# put_file NAME FILE: the file of stdin goes into the base
put_file() {
	cat >"$work/$1/$2"
	git -C "$work/$1" add "$2"
	git -C "$work/$1" commit -q --amend --no-edit
	git -C "$work/$1" tag -f base >/dev/null
}

# step SERIES NAME: a step from stdin, at the end of a series
step() {
	mkdir -p "$1/configs"
	cp "$top/tests/series/demo/configs/full.config" "$1/configs"
	cat >"$1/$2.cocci"
	echo "$2" >>"$1/series"
}

# move SERIES NAME FROM TO NAMES [KEY]...: a step that moves
move() {
	_series=$1 _step=$2 _from=$3 _to=$4 _names=$5
	shift 5
	{
		printf '/// port: Move %s\n//\n// Kind: move\n' "$_step"
		printf '// From: %s\n// To: %s\n' "$_from" "$_to"
		for _key; do printf '// %s\n' "$_key"; done
		printf '\n@move@\ntype T;\nidentifier fn = {%s};\n@@\n' "$_names"
		printf '* T fn(...)\n* {\n  ...\n* }\n'
	} | step "$_series" "$_step"
}

promote() {
	step "$1" "$2" <<-END
		/// port: Expose $5
		//
		// Kind: promote
		// From: $3
		// Header: $4

		@promote@
		type T;
		identifier fn = {$5};
		@@
		- static
		  T fn(...)
		  {
		  ...
		  }
	END
}

rename() {
	step "$1" "$2" <<-END
		/// port: Rename $4() to $5()
		//
		// Kind: rename
		// From: $3

		@@
		type T;
		@@
		  T
		- $4
		+ $5
		  (...)
		  {
		  ...
		  }
	END
}

# go COMMAND SERIES TREE [ARGUMENT]...
go() {
	_command=$1 _series=$2 _tree=$3
	shift 3
	"$cocciseries" "$_command" "$_series" --tree "$_tree" --base base \
		--results "$work/results/$_tree" -j1 "$@"
}

# in_report TREE SERIES STRING NAME
in_report() {
	has "results/$1/$2/base/report.json" "$3" "$4"
}

tip() {
	git -C "$1" rev-parse -q --verify "cocciseries/$2"
}

accept=--drift=accept

# A base on which most was done by hand: a function moved, another is global, a
# rename is done, and one is gone.
base older
base newer '/^static void port_update_debug(struct port \*port);/d
	s/^static void port_update_debug/void port_update_debug/
	/^u32 port_get_ctrl/,/^EXPORT_SYMBOL_GPL(port_get_ctrl)/d' dev/core.c \
	's/line_is_masked/port_line_is_masked/' dev/irq.c \
	's/^void port_reset.*/&\nvoid port_update_debug(struct port *port);/' dev/port.h
git -C newer show base:dev/irq.c >irq.c
{
	cat irq.c
	printf '\nu32 port_get_ctrl(const struct port *port)\n{\n'
	printf '\treturn port_reg_read(port, PORT_REG_CTRL);\n}\n'
	printf 'EXPORT_SYMBOL_GPL(port_get_ctrl);\n'
} | put_file newer dev/irq.c
promote s 0010-promote dev/core.c dev/port.h port_update_debug
rename s 0020-rename dev/irq.c line_is_masked port_line_is_masked
move s 0030-move dev/core.c dev/irq.c 'port_get_ctrl, port_set_debug, port_update_debug'
move s 0040-move dev/core.c dev/irq.c 'port_get_debug, port_no_more'

run 3 'what does not fit is told' go run s newer
err_has "dev/core.c:42: 'port_update_debug' is global already" 'with file and line'
err_has "'line_is_masked' is gone, and 'port_line_is_masked' is here"
err_has 'dev/irq.c: the step is done in part on this base: 1 of its 3 names'
err_has "dev/irq.c:31: 'port_get_ctrl' is defined here already, and not in dev/core.c"
err_has "dev/core.c: the base has no 'port_no_more'" 'all steps in one run'
in_report newer s '"class": "done"' 'the report has the class'
in_report newer s '"remedy": "leave-out"' 'and what can be done about it'
ok 'nothing was published' test -z "$(tip newer s)"
run 3 'stop is the default' go run s newer --drift=stop
run 129 'there are two ways to meet drift' go run s newer --drift=maybe
run 129 'verify applies nothing' go verify s newer $accept

run 0 'what is suggested can be accepted' go run s newer $accept
out_has 'accepted: 0010-promote: the step is left out' 'a step that is done goes'
out_has 'accepted: 0030-move: left out of the step: done, in dev/irq.c:' 'a name goes'
out_has 'neutral: 2 steps'
in_report newer s '"accepted": [' 'the report has what was accepted'
in_report newer s '"done": "left out of the step"' 'and what was done'
in_report newer s '"line": 31' 'with its line'
has results/newer/s/base/report.md '## Accepted drift'
git -C newer log --format=%B base..cocciseries/s >messages
has messages 'Done in this base already: port_get_ctrl.' 'the commit says what it lacks'
has messages 'Not in this base: port_no_more.'
first=$(tip newer s)
run 0 'once more' go run s newer $accept
is "$first" "$(tip newer s)" 'with the same commits'
rm -rf "$COCCISERIES_CACHE"
run 0 'apply accepts, too' go apply s newer $accept --branch other -q
out_has 'accepted: 0020-rename: the step is left out' 'and says so though it is quiet'
is "$first" "$(git -C newer rev-parse other)" 'with the same commits, from nothing'
run 0 'the report says it again' go report s newer
out_has 'accepted: 0010-promote'

# A base where all fits: accepting changes nothing.
move fits 0010-move dev/core.c dev/irq.c port_get_ctrl
run 0 'a base that fits' go apply fits older --branch plain
run 0 'and the same when drift is accepted' go apply fits older $accept --branch accepted
is "$(git -C older rev-parse plain)" "$(git -C older rev-parse accepted)" \
	'gives the same commits'
out_lacks accepted 'and nothing is accepted'

# What a move needs promoted is promoted by a commit of its own, before it.
move needs 0010-move dev/core.c dev/irq.c 'port_set_debug'
run 3 'a promotion that nobody declares' go run needs older
err_has "static port_update_debug() of line 48 stays and is used by port_set_debug, which moves; promote port_update_debug in a step before this one"
in_report older needs '"remedy": "promote"' 'can be made'
run 0 'is made when drift is accepted' go run needs older $accept
out_has 'neutral: 2 steps'
out_has 'accepted: 0010-move: promoted by a step before, 0010-move.promote'
is 'port: Expose port_update_debug() to other files' \
	"$(git -C older log -1 --format=%s cocciseries/needs~1)" 'a commit of its own'
git -C older log -1 --format=%B cocciseries/needs~1 >message
has message '(--drift=accept put it before 0010-move.cocci of the series needs):' \
	'which says where it is from'
git -C older diff base cocciseries/needs~1 -- dev/core.c >changes
has changes '+void port_update_debug(struct port *port)' 'does one kind of thing'
lacks changes 'port_set_debug(struct port *port, unsigned'
first=$(tip older needs)
rm -rf "$COCCISERIES_CACHE"
run 0 'once more' go apply needs older $accept
is "$first" "$(tip older needs)" 'with the same commits'

# One that nothing needs is left out, and its rule forgets it.
promote idle 0010-promote dev/core.c dev/port.h 'port_update_debug, port_valid_ctrl'
move idle 0020-move dev/core.c dev/irq.c 'port_set_debug'
run 3 'a promotion for nothing' go run idle older
err_has "'port_valid_ctrl' is promoted, but no other file of the series uses it"
run 0 'is left out' go run idle older $accept
git -C older show cocciseries/idle~1 >shown
has shown 'Not needed in this base: port_valid_ctrl.'
has shown 'identifier fn = {port_update_debug};' 'the rule does without it'
lacks shown '+bool port_valid_ctrl' 'and so does the header'

# What nobody can decide for a person stops, whatever is accepted.
move shared 0010-move dev/core.c dev/irq.c 'port_get_ctrl, port_never'
move shared 0020-move dev/core.c dev/irq.c 'port_open'
run 3 'shared data is for a person' go run shared older $accept
err_has "private data 'ports_open'"
err_has 'accept  0010-move: left out of the step: absent, in dev/core.c: port_never' \
	'the rest is accepted'

in_report older shared '"done": "left out of the step"' 'and is in the report'
in_report older shared '"class": "shared-data"' 'beside what is left'
ok 'nothing was published' test -z "$(tip older shared)"

# The file that a step would create is there, and lacks one of its includes.
base created
put_file created dev/debug.c <<'END'
// SPDX-License-Identifier: GPL-2.0-only
#define pr_fmt(text) "port: " text

#include <linux/export.h>
END
sed -i 's/^port-y.*/port-y\t\t\t+= core.o irq.o debug.o/' created/dev/Makefile
git -C created commit -qam 'built' --amend && git -C created tag -f base >/dev/null
move create 0010-move dev/core.c dev/debug.c port_get_ctrl 'Preamble:' \
	'   // SPDX-License-Identifier: GPL-2.0-only' '   #define pr_fmt(text) "port: " text' \
	'' '   #include <linux/export.h>' '   #include <linux/types.h>' '' '   #include "port.h"'
run 3 'a file that is there already' go run create created
err_has 'dev/debug.c: the step creates the file, but it is there'
run 0 'is added to' go run create created $accept
git -C created show cocciseries/create:dev/debug.c >debug.c
has debug.c '#include <linux/types.h>' 'with the includes that it lacks'
is 1 "$(grep -c SPDX debug.c)" 'and no second preamble'

# A function that is called otherwise here: an earlier generation knows its body.
base renamed 's/port_get_ctrl/port_read_ctrl/' dev/core.c \
	's/port_get_ctrl/port_read_ctrl/' dev/port.h \
	's/port_get_ctrl/port_read_ctrl/' dev/probe.c
run 3 'it is gone, as far as anybody knows' go run fits renamed
err_has "the base has no 'port_get_ctrl'"
git -C renamed fetch -q ../older plain:cocciseries/fits
run 3 'an earlier generation tells its new name' go run fits renamed
err_has "dev/core.c:42: 'port_get_ctrl' is gone, and 'port_read_ctrl' here has its body, word for word; name 'port_read_ctrl' in the step instead"
run 0 'which can be accepted' go run fits renamed $accept --branch again \
	--compare-to cocciseries/fits
git -C renamed log -1 --format=%B again >message
has message 'In this base: port_get_ctrl is port_read_ctrl.'
sed -i 's/port_reg_read(port, PORT_REG_CTRL)/port->regs[PORT_REG_CTRL]/' renamed/dev/core.c
git -C renamed commit -qam 'another body' && git -C renamed tag -f base >/dev/null
run 3 'another body is for a person' go run fits renamed $accept
err_has "'port_read_ctrl' here has most of its body"

# Each of the other things that can be done about a step by itself.
rename from 0010-rename dev/core.c line_is_masked port_line_is_masked
run 0 'another file' go apply from older $accept
out_has 'accepted: 0010-rename: taken from dev/irq.c: moved, in dev/irq.c: line_is_masked (10)'
ok 'is renamed in' git -C older grep -q port_line_is_masked cocciseries/from -- dev/irq.c

move end 0010-move dev/core.c dev/irq.c port_get_ctrl 'After: port_never' \
	'Include: "port.h", <linux/print.h>'
run 3 'no place, and an include that is there' go apply end older
err_has "dev/irq.c: no item 'port_never' to put the code behind"
run 0 'are put up with' go apply end older $accept
out_has 'put at the end of the file: absent, in dev/irq.c: port_never'
out_has 'left out of the step: needless, in dev/irq.c: "port.h"'
git -C older show cocciseries/end:dev/irq.c >irq.c
has irq.c '#include <linux/print.h>' 'what is not there is included'
is 1 "$(grep -c '"port.h"' irq.c)" 'and nothing twice'

move macro 0010-move dev/irq.c dev/line.c port_pending 'Preamble:' \
	'   // SPDX-License-Identifier: GPL-2.0-only' \
	'   #define pr_fmt(text) "line: " text' '' '   #include "port.h"'
run 3 'a macro that the source has not' go apply macro older
run 0 'is left out of the preamble' go apply macro older $accept
out_has 'left out of the preamble: private'
git -C older show cocciseries/macro:dev/line.c >line.c
lacks line.c pr_fmt 'of the new file'

# shellcheck disable=SC2016 # of sed
base lines 's/^EXPORT_SYMBOL_GPL(port_get_ctrl);/PORT_TABLE(port_get_ctrl);/' dev/core.c \
	's/core.o irq.o/irq.o/' dev/Makefile '$a port-y += dev/core.o' Makefile
move along 0010-move dev/core.c dev/ctrl.c port_get_ctrl 'Preamble:' \
	'   // SPDX-License-Identifier: GPL-2.0-only' \
	'   #define pr_fmt(text) "port: " text' '' '   #include "port.h"'
run 3 'a line of an unknown macro' go apply along lines
err_has "PORT_TABLE() names 'port_get_ctrl', which moves"
run 0 'and a build file elsewhere' go apply along lines $accept
out_has 'the line of PORT_TABLE goes along: export, in dev/core.c: port_get_ctrl (46)'
out_has 'built by Makefile: kbuild, in dev/Makefile: dev/core.c'
git -C lines show cocciseries/along:Makefile cocciseries/along:dev/ctrl.c >both
has both 'port-y += dev/core.o dev/ctrl.o'
has both 'PORT_TABLE(port_get_ctrl);'

finish
