# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# TAP for command tests. A test is an executable tests/command/NAME.t:
#
#	#!/bin/sh
#	. "$(dirname "$0")/lib.sh"
#	run 129 'an unknown subcommand is wrong usage' "$cocciseries" nonsense
#	err_has "unknown subcommand 'nonsense'"
#	finish
#
# It gets: $cocciseries the program, $top the checkout, $work a scratch folder
# of its own that is the current one. HOME, the cache and git's settings are
# private too, so that nothing of the user's is read or written.
#
# Each check is one TAP line; its last argument in words is its name. With
# UPDATE=1 in the environment, golden() writes what it would compare.

set -eu

top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck disable=SC2034 # for the tests
cocciseries=${COCCISERIES:-$top/build/cocciseries}
tests=0
failed=0

work=$(mktemp -d "${TMPDIR:-/tmp}/cocciseries-test-XXXXXX")
trap 'cd /; rm -rf "$work"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
cd "$work"

# Where the user's cache is, for kernel_tree(), before it gets hidden.
user_cache=${COCCISERIES_CACHE:-${XDG_CACHE_HOME:-${HOME-/nonexistent}/.cache}/cocciseries}
export HOME="$work/home" COCCISERIES_CACHE="$work/cache" LC_ALL=C
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL="$work/home/.gitconfig"
unset XDG_CACHE_HOME XDG_CONFIG_HOME GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE \
	MAKEFLAGS MAKELEVEL
mkdir "$HOME"
cat >"$GIT_CONFIG_GLOBAL" <<EOF
[user]
	name = A Tester
	email = tester@example.org
[init]
	defaultBranch = main
EOF

# pass NAME, fail NAME: one TAP line
pass() {
	tests=$((tests + 1))
	echo "ok $tests - $1"
}

fail() {
	tests=$((tests + 1))
	failed=$((failed + 1))
	echo "not ok $tests - $1"
}

# Shows a file as TAP comments, at most its last 40 lines.
show() {
	if [ -s "$1" ]; then
		echo "# $2:"
		tail -n 40 "$1" | sed 's/^/#   /'
	fi
}

# run STATUS NAME COMMAND...: passes when the command ends with this status.
# Its output is in the files out and err of $work.
run() {
	_want=$1 _name=$2 _got=0
	shift 2
	"$@" >"$work/out" 2>"$work/err" </dev/null || _got=$?
	if [ "$_got" = "$_want" ]; then
		pass "$_name"
	else
		fail "$_name"
		echo "# status $_got, not $_want: $*"
		show "$work/out" stdout
		show "$work/err" stderr
	fi
}

# has FILE STRING [NAME], lacks FILE STRING [NAME]: the string, as it is, in a file
has() {
	_name=${3:-"${1##*/} has: $2"}
	if grep -qF -e "$2" "$1"; then
		pass "$_name"
	else
		fail "$_name"
		show "$1" "${1##*/}"
	fi
}

lacks() {
	_name=${3:-"${1##*/} lacks: $2"}
	if grep -qF -e "$2" "$1"; then
		fail "$_name"
		show "$1" "${1##*/}"
	else
		pass "$_name"
	fi
}

# The same of what the last run() printed.
out_has() { has "$work/out" "$@"; }
err_has() { has "$work/err" "$@"; }
out_lacks() { lacks "$work/out" "$@"; }
err_lacks() { lacks "$work/err" "$@"; }

# is WANT GOT NAME: two strings are the same
is() {
	if [ "$1" = "$2" ]; then
		pass "$3"
	else
		fail "$3"
		printf '%s\n' "$1" | sed 's/^/# want: /'
		printf '%s\n' "$2" | sed 's/^/# got:  /'
	fi
}

# ok NAME COMMAND...: the command succeeds; its output does not matter
ok() {
	_name=$1
	shift
	if "$@" >/dev/null 2>&1; then pass "$_name"; else fail "$_name"; fi
}

# valid STATUS NAME SCHEMA FILE...: each file is JSON as docs/SCHEMA.schema.json has
# it. Where there is no node, or no ajv, the check fails: 'make setup' has them.
valid() {
	_status=$1 _says=$2 _schema=$top/docs/$3.schema.json
	shift 3
	run "$_status" "$_says" env NODE_PATH=/usr/share/nodejs node "$top/tests/command/validate.js" "$_schema" "$@"
}

# golden FILE GOT NAME: GOT is what the golden file (a path in tests/) holds
golden() {
	if [ "${UPDATE-}" = 1 ]; then
		mkdir -p "$(dirname "$top/tests/$1")"
		cp "$2" "$top/tests/$1"
	fi
	if diff -u "$top/tests/$1" "$2" >"$work/diff" 2>&1; then
		pass "$3"
	else
		fail "$3"
		show "$work/diff" "UPDATE=1 would accept this"
	fi
}

# skip NAME REASON: a check that this machine cannot make
skip() {
	tests=$((tests + 1))
	echo "ok $tests - $1 # SKIP $2"
}

# skip_all REASON: the whole test, before its first check
skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

# need PROGRAM...: skips the whole test where one is not installed
need() {
	for _program; do
		command -v "$_program" >/dev/null ||
			skip_all "$_program is not installed"
	done
}

# Prints the folder of a packaged kernel (6.12 or 6.1) if the user's cache has
# one. It is the user's: clone or copy it, and change nothing.
kernel_tree() {
	COCCISERIES_CACHE=$user_cache "$top/scripts/fetch-kernel" --cached "$@"
}

# The plan, and an exit status that says whether all passed.
finish() {
	echo "1..$tests"
	[ "$failed" = 0 ]
	exit
}
