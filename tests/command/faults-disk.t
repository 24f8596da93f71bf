#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# File systems of their own for the repository and for what belongs to it: full
# ones, where a page more each time has a run end a little later, read-only ones,
# and one for a work tree alone. Each time the message says where, the repository
# is as it was, and with room the next run gives what an undisturbed one gives.
# shellcheck disable=SC2317 # functions that run() calls

# shellcheck source=tests/command/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/command/scene.sh
. "$top/tests/command/scene.sh"
need_mounts

mkdir mnt
tree=$work/mnt/tree
mount -t tmpfs -o size=8m none mnt
make_tree "$tree"
remember
run 0 'an undisturbed run' run_one --json
cp out whole.json
first=$(tip)
untouched 'undisturbed' cocciseries/one

same_as_first() {
	ok "$1: the report is that of the undisturbed run" cmp whole.json out
	is "$first" "$(tip)" "$1: and so are the commits"
	untouched "$1" cocciseries/one
}

# only_room KIB: the file system has so much more than is in use
only_room() {
	mount -t tmpfs -o remount,size=$(($(df -k --output=used mnt | tail -n 1) + $1))k none mnt
}

much_room() {
	mount -t tmpfs -o remount,size=8m none mnt
}

# Makes the repository anew, with nothing in it that a run has written.
afresh() {
	much_room
	rm -rf mnt/* "$COCCISERIES_CACHE"
	make_tree "$tree"
	remember
}

# until_it_fits WHAT WHERE KIB...: with so much room in turn, until a run ends well
until_it_fits() {
	_what=$1 _where=$2
	shift 2
	for room; do
		only_room "$room"
		status=0
		run_one --json >out 2>err || status=$?
		[ $status != 0 ] || break
		is 4 $status "$_what, $room KiB left"
		err_has 'No space left on device'
		err_has "$_where" "$_what, $room KiB left: and where"
		untouched "$_what, $room KiB"
	done
	is 0 "$status" "$_what: at last there is room"
	same_as_first "$_what"
}

# ---- Full -------------------------------------------------------------------

# In turn: each object, the branch, and its log.
afresh
until_it_fits 'the repository' "$tree/.git" 0 4 4 4 4 4 4 4 8 12 24

# The cache beside it, where whatever comes first finds none.
afresh
export COCCISERIES_CACHE="$work/mnt/cache"
until_it_fits 'the repository and the cache' "$work/mnt" \
	0 8 16 32 48 64 96 128 256 4096
export COCCISERIES_CACHE="$work/cache"

# No room for one more file, whatever its size.
afresh
files=$(df --output=iused mnt | tail -n 1)
for more in 0 1 2 4 8 16; do
	mount -t tmpfs -o remount,nr_inodes=$((files + more)) none mnt \
		2>/dev/null || continue
	break
done
run 4 'the repository has no room for a file' run_one
err_has 'No space left on device'
err_has "$tree/.git"
untouched 'no file'
mount -t tmpfs -o remount,nr_inodes=10000 none mnt
run 0 'room for files' run_one --json
same_as_first 'room for files'

# Where compilers write while they work.
forget
mkdir tmp
mount -t tmpfs -o size=4k none tmp
run 4 'no room in TMPDIR' env TMPDIR="$work/tmp" "$cocciseries" run one \
	--tree "$tree" --base base
err_has 'No space left on device'
umount tmp
untouched 'TMPDIR'
run 0 'room in TMPDIR' run_one --json
same_as_first 'room in TMPDIR'

# ---- Read-only --------------------------------------------------------------

# read_only DIR
read_only() {
	mount --bind "$1" "$1"
	mount -o remount,bind,ro "$1"
}

afresh
read_only "$tree/.git"
for command in run apply; do
	run 4 "$command: .git is read-only" "$cocciseries" $command one \
		--tree "$tree" --base base
	err_has "cannot write objects into $tree/.git: 'git hash-object"
	err_has 'Read-only file system'
done
umount "$tree/.git"
untouched 'read-only'

# Only the branch is missing.
read_only "$tree/.git/refs"
run 4 'where branches are is read-only' run_one
err_has "cannot write branch 'cocciseries/one'"
err_has 'Read-only file system'
out_has neutral 'the report is printed all the same'
umount "$tree/.git/refs"
untouched 'read-only refs'
run 0 'it can be written' run_one --json
same_as_first 'it can be written'

# What needs to write nothing there works.
read_only "$tree"
run 0 'all is there, in a tree that is read-only' run_one --json
same_as_first 'in a tree that is read-only'
run 0 'commits are verified there' "$cocciseries" verify base..cocciseries/one \
	--tree "$tree" --config one/configs/plain.config
run 0 'the report is shown again' "$cocciseries" report one --tree "$tree" \
	--base base
untouched 'read-only, nothing to write' cocciseries/one
umount "$tree"

# ---- Others -----------------------------------------------------------------

# The repository stays where it is, its work tree is on another file system.
afresh
mkdir here
mount -t tmpfs -o size=1m none here
git -C "$tree" worktree add -q "$work/here/there" base
remember
run 0 'a work tree on another file system' "$cocciseries" run one \
	--tree here/there --base base --json
same_as_first 'on another file system'
forget
git -C here/there checkout -q -b cocciseries/one
run 129 'a branch that it has checked out' run_one
err_has "is checked out (switch to another there) in $work/here/there"
umount here

# The cache is on another one than the repository, and its scratch folder too.
mkdir mnt/elsewhere
run 0 'a cache on the file system of the tree' run_one apply \
	--cache mnt/elsewhere --branch other-cache
is "$first" "$(git -C "$tree" rev-parse other-cache)" 'gives the same commits'

finish
