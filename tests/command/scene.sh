# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2154 # what lib.sh sets
#
# What the tests of faults share, behind lib.sh: a repository with all sorts of
# things of the user's in it, a digest of it, a series of one step in one
# configuration, and programs that fail or kill at a certain call.

tree=$work/tree
export GIT_AUTHOR_DATE='2026-01-01T00:00:00+0000'
export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
need git spatch gcc make

mkdir -p one/configs
cp "$top"/tests/series/demo/configs/plain.config one/configs
cp "$top"/tests/series/demo/0030-promote-line-is-masked.cocci one
echo 0030-promote-line-is-masked >one/series

# make_tree DIR: a repository of the miniature tree whose first commit is
# tagged base, with a stash, another work tree, and changes of every sort.
make_tree() (
	_dir=$1
	rm -rf "$_dir" "$_dir.other"
	cp -r "$top/tests/tree" "$_dir"
	cd "$_dir" || exit
	git init -q
	git add -A
	git commit -qm 'the tree'
	git tag base
	echo '/* stashed */' >>dev/irq.c
	git stash -q
	git worktree add -q "$_dir.other" -b other
	echo '/* staged */' >>dev/irq.c
	git add dev/irq.c
	echo '/* not staged */' >>dev/irq.c
	echo 'not tracked' >dev/new.c
	echo 'to be added' >dev/later.c
	git add -N dev/later.c
)

# All that a user can see of a repository, objects aside: names, modes, links
# and bytes of every file in it and in .git; refs, work trees and stashes.
digest() (
	cd "$1" || exit
	find . -path ./.git/objects -prune -o -printf '%p %y %m %l\n' | sort
	find . -path ./.git/objects -prune -o -type f -print0 | sort -z |
		xargs -0 sha256sum
	git for-each-ref
	git worktree list
	git stash list
)

# The objects of a repository: those that are there stay, and git may add some,
# a file each (or the beginning of one, when it was killed).
objects() (
	cd "$1/.git/objects" || exit
	find . -type f -print0 | sort -z | xargs -0 sha256sum
)

remember() {
	digest "$tree" >"$work/before"
	objects "$tree" >"$work/objects"
}

# untouched NAME [BRANCH [maybe]]: the tree is as remember() saw it, but for the
# branch, which comes with its notes; maybe: or what of it there is, as the git that
# writes it may be killed
untouched() {
	digest "$tree" >"$work/after"
	if [ -n "${2-}" ]; then
		[ -n "${3-}" ] || ok "$1: the branch is there" \
			grep -q "[[:space:]]refs/heads/$2\$" "$work/after"
		sed -i "\,refs/heads/${2%%/*},d; \,refs/notes,d" "$work/after"
	fi
	objects "$tree" | diff "$work/objects" - |
		grep -v '^> .* \./[0-9a-f][0-9a-f]/[^/]*$' |
		grep '^[<>]' >>"$work/after" || true
	if diff -u "$work/before" "$work/after" >"$work/diff"; then
		pass "$1: the repository is as it was"
	else
		fail "$1: the repository is as it was"
		show "$work/diff" 'what changed'
	fi
}

# Takes away what a run has left in the repository.
forget_branch() {
	rm -rf "$tree/.git/refs/heads/cocciseries" \
		"$tree/.git/logs/refs/heads/cocciseries" \
		"$tree/.git/refs/notes" "$tree/.git/logs/refs/notes"
}

# Takes away what a run has left in the repository and in the cache.
forget() {
	rm -rf "$COCCISERIES_CACHE"
	forget_branch
}

# need_mounts: goes on in a mount namespace of its own, where file systems that
# are mounted end with the test; skips the whole test where there can be none.
need_mounts() {
	if [ "${IN_NAMESPACE-}" ]; then
		trap 'cd /; umount -R "$work/mnt" 2>/dev/null; rm -rf "$work"' EXIT
		return
	fi
	for _how in -m -rm; do
		unshare $_how mount -t tmpfs none "$HOME" 2>/dev/null || continue
		cd /
		rm -rf "$work"
		# shellcheck disable=SC2093 # it does not come back
		IN_NAMESPACE=1 exec unshare $_how "$top/tests/command/${0##*/}"
	done
	skip_all 'file systems cannot be mounted here'
}

# The commit that the branch of the series stands at.
tip() {
	git -C "$tree" rev-parse -q --verify "refs/heads/cocciseries/one"
}

# run_one ARGUMENT...: for run() of lib.sh. The one step, with the programs of
# bin/ before all others, one process at a time; its number is in the file pid.
run_one() {
	_subcommand=run
	case ${1-} in
	apply | verify)
		_subcommand=$1
		shift
		;;
	esac
	# shellcheck disable=SC2016 # for the inner shell
	PATH="$work/bin:$PATH" sh -c 'echo $$ >pid && exec "$@"' - \
		"$cocciseries" "$_subcommand" one --tree "$tree" --base base -j1 "$@"
}

# at_call PROGRAM NUMBER PATTERN: at the call of PROGRAM with this number among
# those whose arguments match the pattern (of case, quoted as there), the script
# on stdin runs; then, unless it exits, the program itself. It may use $real, the
# program, and $run, the number of run_one()'s process. One program at a time.
at_call() {
	_real=$(command -v "$1")
	rm -rf "${work:?}/bin" "$work/calls"
	mkdir "$work/bin"
	{
		cat <<-OUTER
			#!/bin/sh
			real=$_real
			run=\$(cat "$work/pid")
			case "\$*" in
			$3) echo >>"$work/calls" ;;
			*) exec \$real "\$@" ;;
			esac
			[ "\$(wc -l <"$work/calls")" -eq $2 ] || exec \$real "\$@"
		OUTER
		cat
		# shellcheck disable=SC2016 # for the script
		echo 'exec $real "$@"'
	} >"$work/bin/$1"
	chmod +x "$work/bin/$1"
}

no_fault() {
	rm -rf "${work:?}/bin"
}

# alive FILE: the process whose number is in the file runs. One that nobody has
# waited for (Z) does not.
alive() {
	grep -q '^State:[[:space:]]*[^ZX[:space:]]' "/proc/$(cat "$1")/status" \
		2>/dev/null
}

# The process whose number is in the file child has been there, and ends.
child_has_ended() {
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		alive child || break
		sleep 0.1
	done
	ok 'what it has started ends, too' test -s child
	if alive child; then
		fail 'and does not go on'
		kill "$(cat child)"
	else
		pass 'and does not go on'
	fi
}
