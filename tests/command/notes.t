#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What a move leaves to be said about #include lines: those of which nothing is
# used any more, and those that the destination lacks. Nothing is built.
# shellcheck disable=SC2317 # functions that run() calls
. "$(dirname "$0")/lib.sh"
need git spatch

tree=$work/tree
series=$work/notes
mkdir -p "$tree/cpu" "$tree/include/linux" "$tree/arch/x86/include/asm" \
	"$series/configs"

# header NAME LINE...
header() {
	_path=$tree/$1
	shift
	printf '%s\n' "$@" >"$_path"
}
header include/linux/gone.h 'int gone_call(int nr);'
header include/linux/never.h 'int never_call(int nr);'
header include/linux/other.h 'int other_call(int nr);'
header include/linux/front.h '#include <asm/front.h>'
header arch/x86/include/asm/front.h '#define FRONT_SPEED 3'
header cpu/own.h 'int own_call(int nr);' 'int shared_call(int nr);'
header cpu/second.h 'int second_call(int nr);' 'int shared_call(int nr);'

cat >"$tree/cpu/x.c" <<'EOF'
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/front.h>
#include <linux/gone.h>
#include <linux/never.h>
#include <linux/other.h>
#include "own.h"
#include "second.h"

int stays(int nr)
{
#ifdef CONFIG_OTHER
	return 0;
#else
	return other_call(nr) + second_call(nr);
#endif
}

int goes(int nr)
{
	return gone_call(nr) + own_call(nr) + other_call(FRONT_SPEED);
}
EOF
cat >"$tree/cpu/y.c" <<'EOF'
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/other.h>

int was_here(int nr)
{
	return other_call(nr);
}
EOF
echo 'obj-y += x.o y.o' >"$tree/cpu/Makefile"
git -C "$tree" init -q
git -C "$tree" add -A
git -C "$tree" commit -qm 'the tree'

echo 0010-move >"$series/series"
printf '# Defconfig: x\n# Targets: cpu/\n' >"$series/configs/one.config"
cat >"$series/0010-move.cocci" <<'EOF'
/// cpu: Move goes() to y.c
///
/// Move goes() to y.c.
//
// Kind: move
// From: cpu/x.c
// To: cpu/y.c

@move@
identifier fn = {goes};
type T;
@@
* T fn(...)
* {
  ...
* }
EOF

run 0 'a move is applied' "$cocciseries" apply "$series" --tree "$tree"
err_has 'note    cpu/x.c uses nothing of <linux/gone.h> any more'
err_has 'cpu/x.c uses nothing of <linux/front.h> any more' \
	'what stands behind <linux/front.h> is its own'
err_has "add '- #include <linux/gone.h>' to an includes step" \
	'and says what to do'
err_lacks 'nothing of <linux/never.h>' 'what was needless before is left alone'
err_lacks 'nothing of <linux/other.h>' 'what an #else branch uses is used'
err_has 'cpu/x.c uses nothing of "own.h"'
err_lacks 'nothing of "second.h"'
err_has 'note    cpu/y.c uses gone_call of <linux/gone.h>, but includes it only through others'
err_has 'cpu/y.c uses own_call of "own.h"'
err_has 'cpu/y.c uses FRONT_SPEED of <linux/front.h>'
err_lacks 'cpu/y.c uses other_call' 'what it includes itself is no news'
err_lacks 'asm/front.h'

run 0 'the same again' "$cocciseries" apply "$series" --tree "$tree"
err_has 'note    cpu/y.c uses gone_call of <linux/gone.h>' \
	'the notes are kept'

finish
