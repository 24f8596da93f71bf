#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What a machine can lack: a folder to write to, room on the disk, a program, a
# standard stream. Each time the message says what and where, and what to do,
# the repository is as it was, and with the fault mended the next run gives
# what an undisturbed one gives.
# shellcheck disable=SC2317 # functions that run() calls

# shellcheck source=tests/command/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/command/scene.sh
. "$top/tests/command/scene.sh"

make_tree "$tree"
remember
run 0 'an undisturbed run' run_one --json
cp out whole.json
first=$(tip)
untouched 'undisturbed' cocciseries/one

# Mounts for tests; a user who may not is told so in a skip.
can_mount=
mkdir mnt
trap 'umount "$work/mnt" 2>/dev/null || true; cd /; rm -rf "$work"' EXIT
if mount -t tmpfs -o size=4k none mnt 2>/dev/null; then
	umount mnt
	can_mount=1
fi

# ---- Folders that cannot be written to --------------------------------------

forget
echo >file
run 4 'the cache is a file' run_one --cache file
err_has 'cannot make the folder file: Not a directory'
err_has 'name another folder with --cache'
run 4 'the cache is below a file' run_one --cache file/below
err_has 'cannot make the folder file/below: Not a directory'
run 4 'results below a file' run_one --results file/below
err_has 'cannot make the folder file/below: Not a directory'
err_has 'name another folder with --results'
err_lacks 'apply ' 'which is said before any work'
run 129 'a cache in a folder where make cannot build' run_one --cache 'a c:che'
err_has "make does not build in a path with ' '; name another folder with --cache"
untouched 'no folder to write to'

if [ $can_mount ]; then
	mount -t tmpfs -o ro none mnt
	run 4 'a cache on a read-only file system' run_one --cache mnt/cache
	err_has 'cannot make the folder mnt/cache: Read-only file system'
	run 4 'one that is there' run_one --cache mnt
	err_has 'cannot write into mnt: Read-only file system'
	run 4 'results on a read-only file system' run_one --results mnt/results
	err_has 'cannot make the folder mnt/results: Read-only file system'
	err_lacks 'apply ' 'which is said before any work'
	umount mnt

	mount --bind "$tree" mnt
	mount -o remount,bind,ro mnt
	run 4 'a repository on a read-only file system' \
		"$cocciseries" apply one --tree mnt --base base
	err_has "cannot write objects into $work/mnt/.git: 'git hash-object"
	err_has 'Read-only file system'
	umount mnt
	untouched 'read-only'
else
	skip 'read-only folders' 'mounting is not possible here'
fi

# ---- No room ----------------------------------------------------------------

# In turn: locate, commit, check out, configure, build, preprocess, compile,
# keep objects of either state. A cache that grows goes on where it stopped.
if [ $can_mount ]; then
	forget
	mount -t tmpfs -o size=8k none mnt
	for size in 8 16 40 80 110 140 160 190 250; do
		mount -o remount,size=${size}k mnt
		run 4 "no room behind $size KiB" run_one --cache mnt/cache
		err_has 'No space left on device'
		err_has 'what is finished is kept: make room there, or name other folders'
		is '' "$(cat out)" 'no report'
		untouched "$size KiB"
	done
	err_has '(known)' 'what was finished before is not done again'
	mount -o remount,size=4m mnt
	run 0 'with room the next run succeeds' run_one --cache mnt/cache --json
	ok 'the report is that of the undisturbed run' cmp whole.json out
	is "$first" "$(tip)" 'and so are the commits'
	untouched 'room again' cocciseries/one
	umount mnt

	# A report that does not fit does not replace the one that is there.
	mount -t tmpfs -o size=4k none mnt
	echo >mnt/fill
	run 4 'no room for reports' run_one --results mnt
	err_has 'report.json: No space left on device'
	run 0 'elsewhere there is' run_one --results elsewhere
	umount mnt
else
	skip 'a full disk' 'mounting is not possible here'
fi

# The compiler alone may meet it, in /tmp: no fault of the commit.
forget
at_call gcc 4 '*"-c -o dev/"*' <<'END'
echo "/tmp/ccx.s: fatal error: error writing to it: No space left on device" >&2
exit 1
END
run 4 'no room for the compiler' run_one
err_has 'error writing to it: No space left on device'
err_lacks different 'the commit is not to blame'
no_fault
run 0 'with room it builds' run_one --json
ok 'the report is that of the undisturbed run, again' cmp whole.json out
untouched 'no room for the compiler' cocciseries/one

# ---- Programs ---------------------------------------------------------------

# only PROGRAM...: a PATH with nothing else
only() {
	rm -rf only
	mkdir only
	for _program; do
		ln -s "$(command -v "$_program")" only/
	done
}

bare_run() {
	PATH=$work/only "$cocciseries" run one --tree "$tree" --base base "$@"
}

forget
only gcc make spatch
run 4 'without git' bare_run
err_has "'git' not found: install the package git"
only git gcc make
run 4 'without spatch' bare_run
err_has "'spatch' not found: install the package coccinelle"
only git make spatch
run 4 'without a compiler' bare_run
err_has "'gcc' not found: install the package gcc"
run 4 'with one that is not there' run_one -- CC=gcc-0
err_has "'gcc-0' not found: install the package gcc-0"
run 4 'with one that fails' run_one -- CC=false
err_has "'false --version' ended with status 1"
at_call git 1 '--version' <<'END'
echo 'git version 2.9.1'
exit
END
run 4 'git is too old' run_one
err_has "says 'git version 2.9.1': git 2.27 or a newer one is needed"
at_call git 1 '--version' <<'END'
echo 'git version 2.100.0.windows.1'
exit
END
run 0 'one whose version has two digits and more is not' run_one apply
forget
at_call make 1 '*modules_prepare*' <<'END'
echo 'scripts/sorttable.c: no such header' >&2
exit 2
END
run 4 'the tree cannot be prepared' run_one
err_has "configuration 'plain': 'make -C "
err_has 'scripts/sorttable.c: no such header'
no_fault
untouched 'programs that are missing or fail'

# What stands behind -- is make's.
run 1 'a base that does not build' run_one -- KCFLAGS=-include./none.h
err_has 'the base ' 'is told from a step that breaks it'
err_has 'does not build in configuration plain, before any step'
err_has 'none.h'
is '' "$(cat out)" 'and makes no report'
run 0 'flags for make' run_one -- KCFLAGS=-DSOMETHING
run 129 'no series before --' "$cocciseries" run --tree "$tree" -- one
err_has 'no series given'

# ---- Names and streams ------------------------------------------------------

forget
make_tree "$work/it's a tree"
cp -r one "a series' copy"
run 0 'blanks and quotes in the paths of tree and series' "$cocciseries" run \
	"a series' copy" --tree "it's a tree" --base base --branch b
is "$(git -C "$tree" rev-parse base)" \
	"$(git -C "it's a tree" rev-parse b~)" 'the branch is there'

# closed N COMMAND...: with a descriptor closed
closed() {
	case $1 in
	in) shift && "$@" <&- ;;
	out) shift && "$@" >&- ;;
	all) shift && "$@" <&- >&- 2>&- ;;
	esac
}

forget
run 0 'stdin is closed' closed in run_one
forget
run 4 'stdout is closed' closed out run_one
err_has 'stdout: Bad file descriptor'
is '' "$(find "$COCCISERIES_CACHE/work" -name lock -size +0)" \
	'the report is in no file of ours'
run 4 'all three are closed' closed all run_one
run 0 'what was made is there' run_one --json
ok 'the report of it, too' cmp whole.json out
untouched 'streams that are closed' cocciseries/one
for command in run apply verify report; do
	_want=4
	[ $command != apply ] || _want=0
	_got=0
	"$cocciseries" $command one --tree "$tree" --base base -q \
		>/dev/full 2>err || _got=$?
	is $_want $_got "$command: stdout is full"
	[ $command = apply ] || err_has 'stdout: No space left on device'
done
for command in 'list one' 'check one' help --version --help; do
	_got=0
	# shellcheck disable=SC2086 # a list of words
	"$cocciseries" $command >/dev/full 2>err || _got=$?
	is 4 $_got "$command: stdout is full"
	err_has 'stdout: No space left on device'
done

finish
