#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# An extraction and renames on the tree in miniature, from the script to the
# verdict, and the same commits made badly by hand: none may pass.
# shellcheck disable=SC2317 # functions that run() calls
. "$(dirname "$0")/lib.sh"
need git spatch gcc make

tree=$work/tree
series=$work/kinds
export GIT_AUTHOR_DATE='2026-01-01T00:00:00+0000'
export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE

cp -r "$top/tests/tree" "$tree"
mkdir "$tree/Documentation" "$tree/other"
echo 'Call port_pending() with the port locked.' >"$tree/Documentation/port.rst"
# Nobody builds this one, and its port_valid_ctrl() is its own.
cat >"$tree/other/user.c" <<'END'
#include "../dev/port.h"

static int port_valid_ctrl;

int user(struct port *port)
{
	return port_valid_ctrl + port_pending(port);
}
END
git -C "$tree" init -q
git -C "$tree" add -A
git -C "$tree" commit -qm 'the tree'
git -C "$tree" tag base

mkdir "$series"
cp -r "$top/tests/series/demo/configs" "$series"
cat >"$series/0010-extract.cocci" <<'END'
/// port: Add a helper to clear debug registers
//
// Kind: extract
// From: dev/core.c
// Helper: port_clear_debug

@@
identifier port;
@@
+ static void port_clear_debug(struct port *port)
+ {
+ 	for (unsigned int i = 0; i < PORT_NR_DEBUG; i++)
+ 		port->debug[i] = 0;
+ }
+
  void port_reset(struct port *port)
  {
- 	for (unsigned int i = 0; i < PORT_NR_DEBUG; i++)
- 		port->debug[i] = 0;
+ 	port_clear_debug(port);
  	...
  }
END
cat >"$series/0020-rename-static.cocci" <<'END'
/// port: Rename port_valid_ctrl() to port_ctrl_is_valid()
//
// Kind: rename
// From: dev/core.c

@@
type T;
@@
  T
- port_valid_ctrl
+ port_ctrl_is_valid
  (...)
  {
  ...
  }
END
printf '0010-extract\n0020-rename-static\n' >"$series/series"

run_series() {
	"$cocciseries" "$1" "$series" --tree "$tree" --base base --json
}

run 0 'code is extracted and a static function renamed' run_series run
out_has '"verdict": "neutral"'
out_lacks '"verdict": "undecided"'
good=$(git -C "$tree" rev-parse cocciseries/kinds)
git -C "$tree" show cocciseries/kinds:other/user.c >user.c
has user.c 'port_valid_ctrl;' 'the other port_valid_ctrl stays'

# amend STEP SCRIPT: the branch with the commit of a step (1, 2) edited by sed
amend() {
	git -C "$tree" checkout -q --detach "$good"
	[ "$1" = 2 ] || git -C "$tree" checkout -q --detach "$good~1"
	sed -i "$2" "$tree/dev/core.c"
	git -C "$tree" commit -qa --amend --no-edit
	[ "$1" = 2 ] || git -C "$tree" cherry-pick "$good" >/dev/null
	git -C "$tree" branch -qf cocciseries/kinds
	git -C "$tree" checkout -q --detach base
}

# bad STEP NAME SCRIPT: a commit that must be found out
bad() {
	amend "$1" "$3"
	run 1 "$2 is different" run_series verify
}

bad 1 'a helper that clears too little' \
	'/void port_clear_debug/,/^}/s/PORT_NR_DEBUG/PORT_NR_DEBUG - 1/'
bad 1 'a helper that is global' 's/static void port_clear_debug/void port_clear_debug/'
bad 1 'an extraction that changes another function' \
	's/PORT_CTRL_RESERVED 0xffff0000u/PORT_CTRL_RESERVED 0xfffe0000u/'
bad 1 'a caller that lost more than it should' '/port->pending = 0;/d'
bad 1 'a helper under another name' 's/port_clear_debug/port_clear_all/'
bad 2 'a rename that also changes code' 's/return -ENOSPC;/return -EINVAL;/'
bad 2 'a rename of the definition alone' \
	's/if (!port_ctrl_is_valid(ctrl))/if (!port_valid_ctrl(ctrl))/'
bad 2 'a rename to something else' 's/port_ctrl_is_valid/port_ctrl_is_good/'
bad 2 'a renamed string' 's/reserved bits in/port_ctrl_is_valid/'

# An exported function: its caller in another module, the documentation, and
# one that no configuration compiles, which is why a person has to look at it.
rm "$series"/*.cocci
cat >"$series/0010-rename-extern.cocci" <<'END'
/// port: Rename port_pending() to port_pending_lines()
//
// Kind: rename
// From: dev/irq.c

@@
type T;
@@
  T
- port_pending
+ port_pending_lines
  (...)
  {
  ...
  }
END
echo 0010-rename-extern >"$series/series"
git -C "$tree" branch -qD cocciseries/kinds
run 2 'a caller that nothing compiles leaves it undecided' run_series run
out_has 'other/user.c'
out_lacks '"different"' 'and nothing is different'
git -C "$tree" grep -lw port_pending_lines cocciseries/kinds >files
is 'cocciseries/kinds:Documentation/port.rst
cocciseries/kinds:dev/irq.c
cocciseries/kinds:dev/port.h
cocciseries/kinds:dev/probe.c
cocciseries/kinds:other/user.c' "$(cat files)" 'it is renamed everywhere'
run 1 'nowhere is the old name left' \
	git -C "$tree" grep -qw port_pending cocciseries/kinds

# What the step should have renamed, or what has the new name by now, and no
# configuration compiles. Both are drift when the step itself is applied.
# by_hand NAME COMMAND...
by_hand() {
	name=$1
	shift
	git -C "$tree" checkout -q --detach cocciseries/kinds
	(cd "$tree" && "$@")
	git -C "$tree" commit -qa --amend --no-edit
	git -C "$tree" branch -qf cocciseries/kinds
	git -C "$tree" checkout -q --detach base
	run 2 "$name is undecided" run_series verify
}
forget_caller() {
	git checkout -q base -- other
}
by_hand 'a caller that was forgotten' forget_caller
out_has 'other/user.c:7' 'which is found'

git -C "$tree" rm -qr other
cat >"$tree/dev/loop.c" <<'END'
int port_pending_lines(void)
{
	return 0;
}
END
git -C "$tree" add dev/loop.c
git -C "$tree" commit -qm 'another of the new name'
git -C "$tree" tag -f base >/dev/null
run 3 'a new name that is taken is drift' run_series run
git -C "$tree" checkout -q --detach base
sed -i 's/port_pending\>/&_lines/g' "$tree"/dev/[!l]*.[ch] \
	"$tree/Documentation/port.rst"
git -C "$tree" commit -qam 'port: Rename port_pending() to port_pending_lines()'
git -C "$tree" branch -qf cocciseries/kinds
git -C "$tree" checkout -q --detach base
run 2 'and by hand, undecided' run_series verify
out_has 'dev/loop.c:1' 'it is found'

git -C "$tree" rm -q dev/loop.c
git -C "$tree" commit -qm 'without it'
git -C "$tree" tag -f base >/dev/null
git -C "$tree" branch -qD cocciseries/kinds
run 0 'without that caller it is neutral' run_series run
out_has '"verdict": "neutral"'

finish
