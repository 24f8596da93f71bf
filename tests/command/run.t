#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Whole runs of a series on the tree in miniature: with the real spatch, git,
# make and compiler. What the user has in the repository stays as it was, but
# for the one branch and its notes.
# shellcheck disable=SC2317 # functions that run() calls
. "$(dirname "$0")/lib.sh"
need git spatch gcc make

series=$top/tests/series/demo
tree=$work/tree
export GIT_AUTHOR_DATE='2026-01-01T00:00:00+0000'
export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE

# A fresh repository of the tree, with things of the user's in it.
make_tree() {
	rm -rf "$tree"
	cp -r "$top/tests/tree" "$tree"
	git -C "$tree" init -q
	git -C "$tree" add -A
	git -C "$tree" commit -qm 'the tree'
	git -C "$tree" tag base
	echo 'not committed' >>"$tree/dev/irq.c"
	echo 'staged' >"$tree/staged"
	git -C "$tree" add staged
}

# All that a user can see of a repository, objects aside.
snapshot() {
	(
		cd "$tree"
		find . -path ./.git/objects -prune -o -type f -print0 |
			LC_ALL=C sort -z | xargs -0 sha256sum
	) >"$work/$1"
}

tip() {
	git -C "$tree" rev-parse -q --verify "refs/heads/${1:-cocciseries/demo}"
}

run_demo() {
	"$cocciseries" run "$series" --tree "$tree" --base base "$@"
}

# What spatch would take from it must not change what a step does.
printf '[spatch]\n\toptions = --no-such-option\n' >"$HOME/.cocciconfig"

make_tree
snapshot before
run 0 'the series runs' run_demo
out_has neutral
first=$(tip)
is 4 "$(git -C "$tree" rev-list --count base..cocciseries/demo)" \
	'each step is a commit'
run 0 'each commit has a note' git -C "$tree" log --notes=cocciseries \
	base..cocciseries/demo
is 4 "$(grep -c 'Notes (cocciseries):' out)" 'of its own'
out_has 'neutral: 0020-move-debug, step of demo'
out_has 'full: neutral, text equal ('
noted=$(git -C "$tree" rev-parse refs/notes/cocciseries)
rm -r "$tree/.git/refs/notes" "$tree/.git/logs/refs/notes"
rm "$tree/.git/refs/heads/cocciseries/demo"
rmdir "$tree/.git/refs/heads/cocciseries"
rm -rf "$tree/.git/logs/refs/heads/cocciseries"
snapshot after
ok 'nothing but the branch and its notes have changed' cmp "$work/before" "$work/after"

run 0 'a second run gives the same' run_demo
is "$first" "$(tip)" 'the commits have the same ids'
is "$noted" "$(git -C "$tree" rev-parse refs/notes/cocciseries)" \
	'and so have their notes'
git -C "$tree" notes --ref=cocciseries add -m 'mine' base
git -C "$tree" notes --ref=cocciseries add -f -m 'wrong' cocciseries/demo
run 0 'with a note of somebody else' run_demo
is mine "$(git -C "$tree" notes --ref=cocciseries show base)" 'it is left alone'
is 'neutral: 0040-transform-line-is-masked, step of demo' \
	"$(git -C "$tree" notes --ref=cocciseries show cocciseries/demo | head -n 1)" \
	'and what was wrong is put right'
err_has known 'nothing is done again'

# --from does a step and those behind it again, to the same end.
run 0 'again from the third step' run_demo --from 3
ok 'two steps were known, applied and proven' \
	test "$(grep -c '(known)' err)" -eq 4
err_has 'apply   0030-promote-line-is-masked'
ok 'the third was not' sh -c "! grep '0030.*(known)' err"
is "$first" "$(tip)" 'the commits are the same'
run 129 'a step that is not there' run_demo --from 0030-promote-line-is-maskd
err_has "the series demo has no step '0030-promote-line-is-maskd'; did you mean"
run 129 'of a range' "$cocciseries" verify --tree "$tree" base..HEAD --from 3
err_has '--from and --compare-to are for a series'

run 0 'with other flags for the compiler in the environment' \
	env KCFLAGS=-O1 "$cocciseries" run "$series" --tree "$tree" --base base
err_lacks '(known)' 'all is done again'

run 0 'as JSON' run_demo --json
out_has '"schema": 1'
out_has '"verdict": "neutral"'
cp out first.json
run 0 'as JSON, again' run_demo --json
ok 'the same bytes' cmp out first.json
run 0 'the report can be shown again' \
	"$cocciseries" report "$series" --tree "$tree" --base base
out_has neutral

rm -rf "$COCCISERIES_CACHE"
run 0 'with an empty cache' run_demo --json
is "$first" "$(tip)" 'an empty cache gives the same commits'
ok 'and the same report' cmp out first.json

git -C "$tree" show "cocciseries/demo:dev/debug.c" >debug.c
has debug.c '#ifdef CONFIG_PORT_TRACE'
has debug.c 'EXPORT_SYMBOL_GPL(port_get_debug);'
git -C "$tree" show "cocciseries/demo:dev/core.c" >core.c
lacks core.c 'port_get_debug'

# A branch that somebody else moved is not ours to move.
git -C "$tree" update-ref refs/heads/mine base
run 129 'a branch of the user is left alone' run_demo --branch mine
is "$(git -C "$tree" rev-parse base)" "$(tip mine)" 'it stands where it stood'

# A commit that was changed by hand is held against its step.
break_commit() {
	rm -rf hand
	git clone -q "$tree" hand
	git -C hand checkout -q -b broken "origin/cocciseries/demo~$1"
	sed -i "$3" "hand/$2"
	git -C hand commit -qa --amend --no-edit
	if [ "$1" -gt 0 ]; then
		git -C hand cherry-pick "origin/cocciseries/demo~$1..origin/cocciseries/demo" \
			>/dev/null 2>&1
	fi
	git -C "$tree" fetch -q -f "$work/hand" broken:broken
}

verify_broken() {
	"$cocciseries" verify "$series" --tree "$tree" --base base \
		--branch broken "$@"
}

run 0 'verify proves what stands on a branch' \
	"$cocciseries" verify "$series" --tree "$tree" --base base

break_commit 2 dev/debug.c 's/nr >= PORT_NR_DEBUG/nr > PORT_NR_DEBUG/'
run 1 'a changed comparison is different' verify_broken
out_has port_set_debug 'the function is named'
break_commit 2 dev/debug.c '/Sets one of the debug/d'
run 1 'a lost comment is different' verify_broken
break_commit 2 dev/debug.c '/^EXPORT_SYMBOL_GPL(port_get_debug)/d'
run 1 'a dropped export is different' verify_broken
break_commit 2 dev/debug.c '/^#ifdef CONFIG_PORT_TRACE/d; /^#endif/d'
run 1 'a dropped #ifdef is different' verify_broken
break_commit 0 dev/irq.c 's/1u << line;/2u << line;/'
run 1 'a change beside the transform is different' verify_broken
break_commit 2 dev/debug.c 's/u32 all = 0;/u32 all = no_such_thing;/'
run 1 'a commit that does not build is different' verify_broken
out_has build
break_commit 2 dev/debug.c '1s/^/\/\/ by hand\n/'
run 1 'a changed preamble is different' verify_broken

# Drift: a step that does not fit stops the run, and says what to do.
git -C "$tree" stash -q
sed -i 's/port_get_debug/port_read_debug/' "$tree"/dev/*.[ch]
git -C "$tree" commit -qam 'a newer base'
old=$(tip)
run 3 'a function that is gone is drift' \
	"$cocciseries" run "$series" --tree "$tree"
err_has 'port_get_debug'
err_has 'dev/core.c'
err_lacks '0010-promote-update-debug' 'which is said before any step is applied'
is "$old" "$(tip)" 'the branch stands where it stood'
git -C "$tree" reset -q --hard base

# A build file that changes how a unit is compiled is no part of any step.
break_commit 2 dev/Makefile "\$ a CFLAGS_probe.o += -DSOMETHING"
run 1 "other flags for an untouched unit are different" verify_broken
out_has "command changed"

# Code that goes to another module is in another module, however equal it is.
mkdir -p other/configs
cp "$series"/configs/* other/configs
cat >other/0010-move.cocci <<'EOF'
/// port: Move port_get_ctrl() to the probe
//
// Kind: move
// From: dev/core.c
// To: dev/probe.c
// Include: <linux/export.h>

@move@
type T;
identifier fn = {port_get_ctrl};
@@
* T fn(...)
* {
  ...
* }
EOF
echo 0010-move >other/series
run 1 'a move to another module is different' \
	"$cocciseries" run other --tree "$tree" --base base
out_has 'the code was in "port" and is in "probe"'

# A promoted name must not meet another global of that name.
git clone -q "$tree" clash
git -C clash config user.name x
git -C clash config user.email x@example.org
cat >>clash/dev/probe.c <<'EOF'

struct port;
void port_update_debug(struct port *port);
__attribute__((weak)) void port_update_debug(struct port *port)
{
	(void)port;
}
EOF
git -C clash commit -qam 'a weak one'
run 3 'a promoted name that another file has is drift' \
	"$cocciseries" run "$series" --tree clash
err_has "'port_update_debug' is a global here, too"

# One that no text shows is left for the objects to tell.
sed -i '/^__attribute__.*weak/,$d' clash/dev/probe.c
cat >>clash/dev/probe.c <<'EOF'
#define MAKE(name)						\
	__attribute__((weak)) void port_##name(struct port *port)	\
	{							\
		(void)port;					\
	}
MAKE(update_debug)
EOF
git -C clash commit -qam 'one that a macro makes'
run 1 'a promoted name that is weak elsewhere is different' \
	"$cocciseries" run "$series" --tree clash
out_has 'probe.o has or needs a global of this name'

run 129 'a configuration that is not there' run_demo --config none
err_has none
run 129 'a folder that is no repository' \
	"$cocciseries" run "$series" --tree "$HOME"
run 129 'a base that is not there' run_demo --base nonsense

# kill -9 at any moment leaves the repository as it was, and the next run ends
# as the first one did.
make_tree
rm -rf "$COCCISERIES_CACHE"
snapshot before
for delay in 0.1 0.4 0.9 1.6; do
	timeout -s KILL "$delay" "$cocciseries" run "$series" --tree "$tree" \
		--base base >/dev/null 2>&1 || true
	snapshot after
	if tip >/dev/null; then break; fi
	ok "killed after $delay s: the repository is as it was" \
		cmp "$work/before" "$work/after"
done
run 0 'the next run succeeds' run_demo
is "$first" "$(tip)" 'with the same commits'

# An earlier generation, and one on another base: lines around a change, a change,
# a step that is new, one that is gone.
make_tree
git -C "$tree" reset -q --hard
run 0 'a first generation' run_demo --branch old
run 0 'compared with itself' run_demo --compare-to old
out_has 'compared with old'
out_has ': 4 same'
sed -i 's/^#define PORT_NR_DEBUG.*/& \/* more *\//; s/if (nr >= PORT_NR_DEBUG)/if (nr > PORT_NR_DEBUG - 1)/' \
	"$tree/dev/core.c" "$tree/dev/port.h"
sed -i 's/^#endif.*/\/* nothing else *\/\n\n&/' "$tree/dev/port.h"
git -C "$tree" commit -qam 'another base'
cp -r "$series" "$work/demo"
rm "$work/demo/0040-transform-line-is-masked.cocci"
sed -i '/^0040/d' "$work/demo/series"
sed 's/0030/0035/' "$work/demo/0030-promote-line-is-masked.cocci" \
	>"$work/demo/0035-promote-line-is-masked.cocci"
rm "$work/demo/0030-promote-line-is-masked.cocci"
sed -i 's/^0030/0035/' "$work/demo/series"
run 0 'on another base' "$cocciseries" run "$work/demo" --tree "$tree" \
	--compare-to old --branch new --results "$work/compared"
cat out >"$work/shown"
out_has 'otherwise than in: old'
out_has '    | 1:'
out_has 'not in: old'
out_has ': 1 only context, 1 different, 1 new; gone:'
out_has '0030-promote-line-is-masked, 0040-transform-line-is-masked'
has compared/demo/*/report.json '"earlier": "different"'
lacks compared/demo/*/report.json 'PORT_NR_DEBUG - 1' 'the report has no source'
has compared/demo/*/report.md '0030-promote-line-is-masked: gone'
run 0 'the report says it again' "$cocciseries" report "$work/demo" \
	--tree "$tree" --results "$work/compared"
out_has ': 1 only context, 1 different, 1 new; gone:'
run 129 'a generation of something else' run_demo --compare-to base
err_has 'none that a step of demo made'
run 129 'apply makes no report' "$cocciseries" apply "$series" --tree "$tree" \
	--compare-to old
run 129 'a range has no generations' "$cocciseries" verify base..old \
	--tree "$tree" --compare-to old

# A name that this base has not, and need not have.
cp -r "$series" "$work/optional"
sed -i 's/{port_update_debug}/{port_update_debug, port_never}/
	s|^// Header: .*|&\n// Optional: port_never|' \
	"$work/optional/0010-promote-update-debug.cocci"
run 0 'a step with an optional name' "$cocciseries" run "$work/optional" \
	--tree "$tree" --base base --config full
out_has 'left alone: absent port_never at dev/core.c' 'the report says so'
git -C "$tree" log --format=%B -1 cocciseries/optional~3 >message
has message 'Not in this base: port_never.' 'and so does the commit'

finish
