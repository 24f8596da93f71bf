#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Ranges of commits that no series describes, on the tree in miniature: correct
# ones made by hand, ones with a bug, and whatever else can be asked for.
# shellcheck disable=SC2317 # functions that run() calls
. "$(dirname "$0")/lib.sh"
need git gcc make

tree=$work/tree
export GIT_AUTHOR_DATE='2026-01-01T00:00:00+0000'
export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE

# No series, so no spatch: it is not even asked for its version.
mkdir bin
printf '#!/bin/sh\necho called >"%s/spatch-called"\nexit 1\n' "$work" >bin/spatch
chmod +x bin/spatch
PATH=$work/bin:$PATH

in_tree() {
	git -C "$tree" "$@"
}

# edit SCRIPT FILE SUBJECT: a commit that sed makes
edit() {
	sed -i "$1" "$tree/$2"
	in_tree commit -qam "$3"
}

# What a person does all at once: promotes, moves to a new file, renames,
# extracts and includes.
split() {
	in_tree apply --index "$top/tests/ranges/split.patch"
	in_tree commit -qm 'port: Split the debug registers off'
}

rename_it() {
	edit 's/\<line_is_masked\>/port_masks_line/g' dev/irq.c \
		'port: Name the mask after the port'
}

include_it() {
	edit 's/^#include <linux\/export.h>/&\n#include <linux\/kconfig.h>/' \
		dev/core.c 'port: Include what the ports use'
}

cp -r "$top/tests/tree" "$tree"
in_tree init -q
in_tree add -A
in_tree commit -qm 'the tree'
in_tree tag base
split
rename_it
include_it
in_tree tag good

# verify ARGUMENT...: on the tree
verify() {
	"$cocciseries" verify --tree "$tree" "$@"
}

# All that a user can see of a repository, objects aside.
snapshot() {
	(
		cd "$tree"
		find . -path ./.git/objects -prune -o -type f -print0 |
			LC_ALL=C sort -z | xargs -0 sha256sum
	) >"$work/$1"
}

echo 'not committed' >>"$tree/dev/irq.c"
echo 'staged' >"$tree/staged"
in_tree add staged
snapshot before

run 0 'a correct range by hand is neutral' verify base..good
out_has 'neutral: 3 commits in 1 configuration'
out_has 'moved from dev/core.c to dev/debug.c' 'what moved is told'
out_has 'function port_set_debug (15 lines, ' 'by name, with its lines'
out_has 'promoted in dev/core.c'
out_has 'function port_valid_ctrl -> port_ctrl_is_valid'
out_has 'function line_is_masked -> port_masks_line'
out_has 'function port_clear_debug' 'the helper is told'
out_has 'prototype port_update_debug'
out_lacks 'first different'
cp out first
run 0 'a second look' verify base..good
err_has '(known)' 'is at once'
err_lacks 'build' 'and builds nothing'
ok 'it prints the same, excerpts included' cmp out first
run 0 'one commit by its name' verify good~1
out_has 'neutral: 1 commit in 1 configuration'
out_has 'port: Name the mask after the port'
run 0 'a range up to HEAD' verify base..
out_has 'neutral: 3 commits'

run 0 'as JSON' verify base..good --json
out_has '"range": {'
out_has '"kind": "mixed"'
out_has '"deeds": "moved"'
run 0 'as one commit' verify base..good --squash
out_has 'base..good on base'
out_has ', as one commit'
out_has 'neutral: 1 commit'

snapshot after
ok 'the repository is as it was' cmp "$work/before" "$work/after"
ok 'no report is left behind' test ! -e "$COCCISERIES_CACHE/results"
run 0 'with --results there is one' verify base..good --results "$work/results"
ok 'as JSON' test -e "$work/results/base..good/base/report.json"
ok 'and as Markdown' test -e "$work/results/base..good/base/report.md"
has results/base..good/base/report.md 'cocciseries verify base..good'
ok 'spatch was not run' test ! -e "$work/spatch-called"
run 0 'with --config as well' verify good~1 --results "$work/results" \
	--config "$top/tests/series/demo/configs/full.config"
ok 'which is named by its name alone' \
	test -e "$work/results/good~1/base-1-g$(in_tree rev-parse --short=12 good~2)-only-full/report.md"
in_tree reset -q --hard

# The bug is in the middle commit, and the one behind it stays neutral.
in_tree checkout -q -b bug base
split
sed -i 's/\<line_is_masked\>/port_masks_line/g
	s/regs\[PORT_REG_STATUS\] |=/regs[PORT_REG_STATUS] ^=/' "$tree/dev/irq.c"
in_tree commit -qam 'port: Name the mask after the port'
bad=$(in_tree rev-parse --short=12 HEAD)
include_it
run 1 'a bug in the middle commit is different' verify base..bug
out_has "first different commit: $bad port: Name the mask" 'that commit is named'
out_has 'function port_raise' 'with the function'
out_has 'orl' 'and the instruction'
out_has 'different: 3 commits in 1 configuration, 2 neutral, 1 different'
in_tree checkout -q -b inside base
in_tree apply --index "$top/tests/ranges/split.patch"
edit 's/nr >= PORT_NR_DEBUG/nr > PORT_NR_DEBUG/' dev/debug.c 'port: Split'
run 1 'a bug within the mixed commit is different' verify base..inside
out_has port_set_debug

in_tree checkout -q -b breaks base
edit 's/u32 all = 0;/u32 all = none;/' dev/core.c 'port: Break the build'
run 1 'a commit that does not build is different' verify base..
out_has 'the commit does not build'
out_has 'first different commit'
edit 's/u32 all = none;/u32 all = 0;/' dev/core.c 'port: Mend it'
run 1 'and what stands on it' verify base..
out_has '1 undecided, 1 different'
run 1 'a base that does not build' verify HEAD
err_has 'before any step'

# Ranges that are none.
run 129 'an unknown revision' verify nonsense
err_has "'nonsense' is no folder of a series"
err_has "has no commit 'nonsense'"
run 129 'an unknown end' verify base..nonsense
err_has "has no commit 'nonsense'"
run 129 'a folder without a series' verify "$HOME"
err_has 'no folder of a series'
run 129 'an empty range' verify good..base
err_has 'good..base has no commits'
run 129 'a symmetric difference' verify base...good
err_has 'A..B is a range'
run 129 'a root' verify base
err_has 'is a root'
in_tree checkout -q --orphan apart
in_tree commit -qm 'another root'
run 129 'a root within a range' verify base..apart
err_has 'is a root'
run 129 'two ranges' verify base..good good
run 129 'a range and a base' verify base..good --base base
run 129 'a branch without an upstream' verify
err_has 'has no upstream'

in_tree checkout -q -b topic base
in_tree branch -q --set-upstream-to=base 2>/dev/null || true
in_tree branch -q upstream base
in_tree branch -q --set-upstream-to=upstream
rename_it
run 0 'without a range, what the upstream has not' verify
out_has 'upstream..HEAD on '
in_tree checkout -q --detach
run 129 'no branch, no upstream' verify

# A merge is refused, and squashed it is none.
in_tree checkout -q -b merged topic
in_tree merge -q --no-ff -m 'a merge' good~2
run 129 'a merge in a range' verify base..merged
err_has 'is a merge'
err_has '--squash'
run 0 'squashed' verify base..merged --squash

# The upstream went on: only what the topic did counts.
in_tree checkout -q upstream
edit 's/#define TRACE_NR 64/#define TRACE_NR 32/' dev/trace.c 'port: Trace less'
run 0 'what the other side did is not looked at' verify upstream..topic
run 0 'nor when it is squashed' verify upstream..topic --squash

# Limited to some paths, commits without them are left out.
in_tree checkout -q -b paths base
rename_it
edit 's/#define TRACE_NR 64/#define TRACE_NR 32/' dev/trace.c 'port: Trace less'
edit 's/& port->regs\[PORT_REG_CTRL\];/\& port->regs[PORT_REG_STATUS];/' \
	dev/irq.c 'port: Break it'
run 1 'without a limit' verify base..paths
out_has '3 commits'
run 1 'limited to a file' verify base..paths --path dev/irq.c
out_has 'only dev/irq.c'
out_has '2 commits'
out_lacks 'Trace less'
out_has 'port_pending'
run 0 'limited to what is correct' verify base..paths~1 --path dev/irq.c
run 1 'limited and squashed' verify base..paths --path dev/irq.c --squash
out_has '1 commit'
run 0 'by a pattern' verify base..paths~1 --path 'dev/i*.c'
run 129 'a path that nothing changes' verify base..paths --path dev/probe.c
err_has 'changes nothing in dev/probe.c'
is '' "$(in_tree for-each-ref refs/cocciseries)" 'no ref is left behind'

run 0 'a rename that is told' verify good~1 \
	--rename line_is_masked=port_masks_line
run 129 'half a rename' verify good~1 --rename line_is_masked
run 129 'a rename of nothing' verify good~1 --rename 'a b=c'

# What becomes global meets a global of that name that nobody builds.
in_tree checkout -q -b twice base
mkdir -p "$tree/far"
printf 'void port_update_debug(void)\n{\n}\n' >"$tree/far/far.c"
in_tree add -A
in_tree commit -qm 'far: Have one of its own'
split
run 2 'a promoted name that another file defines' verify HEAD
out_has 'another global of this name'
in_tree checkout -q good

# Configurations: a series', a fragment, a whole .config, the tree's own.
configs=$top/tests/series/demo/configs
run 0 'those of a series' verify "$top/tests/series/demo" base..good
out_has 'neutral: 3 commits in 2 configurations'
run 2 'one of a series does not see all' \
	verify "$top/tests/series/demo" base..good --config plain
out_has 'in 1 configuration'
out_has 'compiled in no configuration'
run 0 'a fragment' verify base..good --config "$configs/full.config"
sed '/Targets/d' "$configs/plain.config" >bare.config
run 0 'a fragment without targets' verify good~1 --config bare.config
printf '# Automatically generated file; DO NOT EDIT.\nCONFIG_TREE=y\nCONFIG_PORT=m\n' \
	>whole.config
run 0 'a whole .config' verify good~1 --config whole.config
run 129 'neither of both' verify base..good --config "$top/README.md"
err_has "a line '# Defconfig: NAME'"
run 129 'nothing at all' verify base..good --config nothing
err_has "there is no configuration 'nothing'"
run 129 'the same name twice' verify base..good --config whole.config \
	--config whole.config
cp whole.config 'a b.config'
run 129 'a name that make cannot build in' verify base..good --config 'a b.config'
err_has 'call the file otherwise'
mkdir -p own
cp whole.config own/.config
run 0 'the .config of O=' verify good~1 -- O="$work/own"
out_has tree
run 0 'a file that is called .config' verify good~1 --config own/.config
out_has own 'is called after its folder'
run 129 'an O= without one' verify base..good -- O="$work/none"
err_has 'there is no'
cp whole.config "$tree/.config"
run 0 "the work tree's own .config" verify good~1
out_has '  tree'
rm "$tree/.config"

# A configuration that has the code switched off has not seen it.
in_tree checkout -q -b traces base
edit 's/trace_next++;/trace_next += 1;/' dev/trace.c 'port: Count otherwise'
run 0 'the default switches it on' verify base..traces
run 2 'code that is switched off is undecided' verify base..traces \
	--config whole.config
out_has 'CONFIG_PORT_TRACE'
out_has 'is off in every configuration'
out_has 'compiled in no configuration'

# What no build file lists cannot be built.
in_tree checkout -q -b prose base
mkdir -p "$tree/Documentation"
echo 'About ports.' >"$tree/Documentation/port.rst"
in_tree add -A
in_tree commit -qm 'port: Write about them'
run 129 'a range without a source' verify base..prose
err_has 'there is nothing to compare'
run 0 'unless somebody says what to build' verify base..prose \
	--config "$configs/plain.config"
out_has 'Documentation/port.rst' 'what is no code is shown'
run 0 'beside code' verify base..prose "$top/tests/series/demo"

# A header that is read where nothing is built leaves the commit undecided.
in_tree checkout -q -b reader base
mkdir -p "$tree/far"
printf '#include <linux/types.h>\n#include "../dev/port.h"\nint far;\n' \
	>"$tree/far/far.c"
in_tree add -A
in_tree commit -qm 'far: Read what is near'
edit 's/^#define PORT_NR_DEBUG 4/#define PORT_NR_DEBUG 4 \/* of them *\//' \
	dev/port.h 'port: Comment'
run 2 'a reader that nothing builds' verify HEAD
out_has '1 file that reads it is in folders that were not built: far/'
run 129 'a folder that is no repository' \
	"$cocciseries" verify a..b --tree "$HOME"

finish
