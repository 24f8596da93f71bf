#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What a reviewer gets to see of commits on the tree in miniature: those of a
# series, those that a person made by hand, and those of a mailbox; with seeded
# bugs, of which each must be in the residue or have a red verdict.
# shellcheck disable=SC2317 # functions that run() calls
. "$(dirname "$0")/lib.sh"
need git gcc make python3

tree=$work/tree
here=$top/tests/command
mkdir tmp
export TMPDIR="$work/tmp"
export GIT_AUTHOR_DATE='2026-01-01T00:00:00+0000'
export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE

in_tree() {
	git -C "$tree" "$@"
}

# edit SCRIPT FILE SUBJECT: a commit that sed makes
edit() {
	sed -i "$1" "$tree/$2"
	in_tree commit -qam "$3"
}

split() {
	in_tree apply --index "$top/tests/ranges/split.patch"
	in_tree commit -qm 'port: Split the debug registers off'
}

# All that a user can see of a repository, objects aside.
snapshot() {
	(
		cd "$tree" || exit
		find . -path ./.git/objects -prune -o -type f -print0 |
			LC_ALL=C sort -z | xargs -0 sha256sum
	) >"$work/$1"
}

review() {
	"$cocciseries" review --tree "$tree" "$@"
}

cp -r "$top/tests/tree" "$tree"
in_tree init -q
in_tree add -A
in_tree commit -qm 'the tree'
in_tree tag base
split
edit 's/\<line_is_masked\>/port_masks_line/g' dev/irq.c \
	'port: Name the mask after the port'
in_tree tag good
echo 'not committed' >>"$tree/dev/irq.c"
echo 'staged' >"$tree/staged"
in_tree add staged
snapshot before

# Nobody has verified it yet.
run 2 'a range that nobody verified' review base..good
out_has 'base..good: 2 commits on'
out_has "2 commits not verified; run 'cocciseries verify base..good'"
out_has 'moved from dev/core.c to dev/debug.c'
out_has 'function port_set_debug and its export (15 lines, ' 'what moved is a line'
out_has '): verbatim' 'which vouches for it'
out_lacks 'port->debug[nr] = value;' 'what moved verbatim is folded'
out_has '+#include "port.h"' 'includes are shown'
out_has '+++ b/dev/Makefile' 'and build files'
out_has 'renamed: function line_is_masked -> port_masks_line'
out_has '-static bool line_is_masked(' 'with the lines themselves'
out_has '+static bool port_masks_line('
cp out unverified
run 2 'the table alone' review base..good --stat
out_has 'Split the debug'
out_lacks 'commit 0' 'has no commits behind it'
out_lacks '+++'
snapshot after
ok 'the repository is as it was' cmp before after
is '' "$(ls "$work/tmp")" 'nothing of ours is left in the temporary folder'

# The files after come out of those before and the JSON.
run 2 'as JSON' review base..good --json
cp out review.json
out_has '"schema": 1'
run 0 'the files after come out of it' python3 "$here/rebuild.py" "$tree" review.json
out_lacks '0 lines' 'and lines have moved'
sed 's/"there": [0-9]*/"there": 1/' review.json >broken.json
run 1 'and do not out of another' python3 "$here/rebuild.py" "$tree" broken.json

# It is as its schema says.
valid 0 'it is as the schema says' review review.json
sed 's/"what": "came"/"what": "went"/' review.json >broken.json
valid 1 'and another is not' review broken.json

# Beside what is known of them.
run 0 'the range is verified' "$cocciseries" verify --tree "$tree" base..good
run 0 'and reviewed' review base..good
out_has 'neutral in default'
out_lacks 'not verified'
run 0 'one commit of it, by itself' review good
out_has 'neutral in default' 'is known as well'
run 2 'limited to some files, nothing is known' review base..good \
	--path dev/irq.c
out_has 'not verified'
out_lacks 'dev/core.c'
in_tree checkout -qf -b more good
edit 's/#define TRACE_NR 64/#define TRACE_NR 32/' dev/trace.c 'port: Trace less'
run 2 'with one more commit' review base..more
out_has '1 commit not verified'
in_tree checkout -qf good

# A bug of each class is seen: in the residue, or by a verdict that is red.
bug() {
	in_tree checkout -qf -B bug base
	in_tree apply --index "$top/tests/ranges/split.patch"
	eval "$2"
	in_tree add -A
	in_tree commit -qm 'port: Split the debug registers off'
	"$cocciseries" review --tree "$tree" base..bug >out 2>err && _got=0 || _got=$?
	if [ "$_got" -ne 0 ] && grep -qF -e "$3" out; then
		pass "seen: $1"
	else
		fail "seen: $1"
		show "$work/out" stdout
	fi
}
bug 'a condition that is another one' \
	"sed -i 's/nr >= PORT_NR_DEBUG/nr > PORT_NR_DEBUG/' \$tree/dev/debug.c" \
	'+	if (nr > PORT_NR_DEBUG'
bug 'a comment that is lost' \
	"sed -i '/Sets one of the debug/d' \$tree/dev/debug.c" \
	'- * Sets one of the debug registers.'
bug 'an export that is gone' \
	"sed -i '/^EXPORT_SYMBOL/d' \$tree/dev/debug.c" '-EXPORT_SYMBOL'
bug 'code that is there twice' \
	"git -C \$tree show base:dev/core.c >\$tree/dev/more.c" '+++ b/dev/more.c'
out_has '! ' 'and is told as different at once'
out_has 'duplicated: it stands more often than before'
bug 'other white space' \
	"sed -i '0,/^\t/s//        /' \$tree/dev/debug.c" \
	'+        if (nr >= PORT_NR_DEBUG)'
bug 'a macro that hides a name' \
	"sed -i 's/^#include \"port.h\"/&\n#define port_set_debug(p, n, v) 0/' \$tree/dev/debug.c" \
	'+#define port_set_debug(p, n, v) 0'
in_tree checkout -qf good

# What would move the cursor, or turn the line, is seen as what it is.
in_tree checkout -qf -b odd good
printf '/* \033[2K \342\200\256 */\r\n' >>"$tree/dev/trace.c"
printf 'no newline' >>"$tree/dev/trace.c"
in_tree commit -qam 'port: Be odd'
run 2 'a line of odd characters' review HEAD
out_has '+/* ^[[2K <U+202E> */^M'
out_has '\ No newline at end of file'
run 2 'has them all in the JSON' review HEAD --json
cp out odd.json
valid 0 'which is valid' review odd.json
run 0 'and comes out of it' python3 "$here/rebuild.py" "$tree" odd.json
head -c 300 /dev/urandom | tr -d '\n' >"$tree/blob"
printf '\000\377\n\000' >>"$tree/blob"
in_tree add -A
in_tree commit -qm 'port: Have a blob'
run 2 'a binary file is told, and not shown' review HEAD
out_has 'binary file'
run 2 'and is in the JSON' review HEAD --json
cp out odd.json
valid 0 'which is valid with it' review odd.json
run 0 'byte for byte' python3 "$here/rebuild.py" "$tree" odd.json

# Colours are git's, and so is the pager.
esc=$(printf '\033')
run 2 'no colour in a pipe' review base..more
out_lacks "$esc"
run 2 'unless it is asked for' review base..more --color=always
out_has "${esc}[32m+" 'new lines are green'
in_tree config color.ui always
in_tree config color.diff.new 'blue'
run 2 'by git itself, too' review base..more
out_has "${esc}[34m+" 'in the colour that git has'
NO_COLOR=1 run 2 'NO_COLOR is stronger' review base..more
out_lacks "$esc"
run 2 'and so is --color' review base..more --color=never
out_lacks "$esc"
if command -v script >/dev/null; then
	cat >look.sh <<-EOF
		GIT_PAGER="sed s/^/paged:/" TERM=xterm \
			"$cocciseries" review --tree "$tree" base..more --stat
	EOF
	run 2 'on a terminal' script -qec 'sh look.sh' /dev/null
	out_has 'paged:base..more'
	sed -i 's/GIT_PAGER="[^"]*"/GIT_PAGER=cat/' look.sh
	run 2 'or not' script -qec 'sh look.sh' /dev/null
	out_lacks 'paged:'
	sed -i 's/GIT_PAGER=cat/GIT_PAGER=no-such-pager/' look.sh
	run 2 'where the pager is not installed' script -qec 'sh look.sh' /dev/null
	out_has 'no-such-pager' 'the shell says so'
	out_has 'base..more: 3 commits' 'and all is shown without'
else
	skip 'a pager on a terminal' 'script is not installed'
fi

# A mailbox is applied out of sight. Here its commits are those that were verified.
in_tree config --remove-section color.diff || :
in_tree config --remove-section color || :
in_tree format-patch -q --stdout --base=base --cover-letter base..good >good.mbox
in_tree checkout -qf base
snapshot before
run 0 'a mailbox' review --mbox good.mbox
out_has 'good.mbox: 2 commits on'
run 2 'where nothing is known of them' review --mbox good.mbox \
	--cache "$work/empty" --results "$work/empty"
sed '1d; /not verified; run/d' out >mails
sed '1d; /not verified; run/d' unverified >commits
ok 'shows what the commits show' cmp commits mails
snapshot after
ok 'the repository is as it was' cmp before after
run 3 'on another base' review --mbox good.mbox --base good~1
sed '/base-commit/d' good.mbox >baseless.mbox
in_tree checkout -qf good
run 3 'a mail that does not apply' review --mbox baseless.mbox
err_has "mail 2, 'port: Split the debug registers off', does not apply on"
run 0 'a base that is said' review --mbox baseless.mbox --base base
run 129 'no mailbox' review --mbox none.mbox
err_has "there is no mailbox 'none.mbox'"
echo 'nothing' >none.mbox
run 129 'a mailbox without a mail' review --mbox none.mbox
sed 's/^base-commit: .*/base-commit: 1234567890123456789012345678901234567890/' \
	good.mbox >far.mbox
run 129 'a base that is not here' review --mbox far.mbox
err_has 'is not in this repository'

# One that is killed leaves its folder to the next, which removes it; but not that
# of one that still works.
mkdir bin
cat >bin/git <<-END
	#!/bin/sh
	case "\$*" in
	*diff-tree*) kill -KILL \$PPID ;;
	esac
	exec $(command -v git) "\$@"
END
chmod +x bin/git
PATH="$work/bin:$PATH" run 137 'kill -9' review base..good
is 1 "$(find tmp -mindepth 1 -maxdepth 1 | wc -l)" 'leaves a folder'
mkdir tmp/others
sed -i "s,kill.*;;,touch $work/waits; while [ ! -e $work/go ]; do sleep 0.1; done ;;," \
	bin/git
PATH="$work/bin:$PATH" review base..good >waiting 2>&1 &
waiting=$!
while [ ! -e waits ]; do sleep 0.1; done
is 2 "$(find tmp -mindepth 1 -maxdepth 1 | wc -l)" 'the next one removes it'
run 0 'another one' review base..good
is 2 "$(find tmp -mindepth 1 -maxdepth 1 | wc -l)" \
	'leaves that of one that works alone'
touch go
status=0
wait "$waiting" || status=$?
is 0 "$status" 'which ends as well'
is others "$(ls tmp)" 'and nothing else is left'
rmdir tmp/others

# The commits of a series are called by its steps.
if command -v spatch >/dev/null; then
	in_tree checkout -qf base
	series=$top/tests/series/demo
	run 129 'a series without a branch' review "$series" --base base
	err_has "there is no branch 'cocciseries/demo' to review"
	in_tree branch cocciseries/demo base
	run 129 'a branch without commits' review "$series" --base base
	err_has "branch 'cocciseries/demo' has no commits over base"
	in_tree branch -qD cocciseries/demo
	run 0 'it is run' "$cocciseries" run "$series" --tree "$tree" --base base
	run 0 'and reviewed' review "$series" --base base
	out_has 'demo: 4 commits on'
	out_has 'step 0020-move-debug, move'
	out_has 'neutral in full, plain'
	run 0 'by its commits as well' review base..cocciseries/demo
	out_has 'step 0020-move-debug, move'
	run 0 'as JSON' review "$series" --base base --json
	cp out series.json
	valid 0 'which is valid with verdicts' review series.json
	run 0 'whose files come out' python3 "$here/rebuild.py" "$tree" series.json
else
	skip 'a series' 'spatch is not installed'
fi

run 129 'an unknown revision' review nonsense
err_has "'nonsense' is no folder of a series"
run 129 'a range and a base' review base..good --base base
run 129 'two ranges' review base..good good
run 129 'a range and a mailbox' review base..good --mbox good.mbox
run 129 'a mailbox and a branch' review --mbox good.mbox --branch topic
run 129 'JSON and a table' review base..good --json --stat

finish
