#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Repositories in every state that a user may have them in, settings that change
# what git does, hooks, and branches that are taken. The commits are the same
# whatever the settings, and nothing but the one branch appears.
# shellcheck disable=SC2317 # functions that run() calls

# shellcheck source=tests/command/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/command/scene.sh
. "$top/tests/command/scene.sh"

make_tree "$tree"
run 0 'an undisturbed run' run_one --json
cp out whole.json
first=$(tip)

# ---- Settings ---------------------------------------------------------------

# Each hook leaves a mark and fails.
hooks() {
	mkdir -p "$1"
	for _hook in pre-commit commit-msg prepare-commit-msg post-commit \
		post-checkout post-index-change reference-transaction update \
		pre-auto-gc post-rewrite sendemail-validate; do
		printf '#!/bin/sh\necho %s >>%s\nexit 1\n' $_hook "$work/ran" \
			>"$1/$_hook"
		chmod +x "$1/$_hook"
	done
}

forget
cat >>"$tree/.git/config" <<EOF
[core]
	autocrlf = true
	eol = crlf
	safecrlf = true
	splitIndex = true
	untrackedCache = true
	fsmonitor = $work/hooks/fsmonitor
	logAllRefUpdates = always
	abbrev = 4
[commit]
	gpgSign = true
[gpg]
	format = ssh
	program = $work/no-gpg
[filter "broken"]
	clean = false
	smudge = false
	required = true
[gc]
	auto = 1
EOF
echo '* text eol=crlf ident filter=broken working-tree-encoding=UTF-16' \
	>"$tree/.git/info/attributes"
hooks "$tree/.git/hooks"
hooks "$work/hooks"
printf '#!/bin/sh\necho fsmonitor >>%s\n' "$work/ran" >hooks/fsmonitor
chmod +x hooks/fsmonitor
cp "$GIT_CONFIG_GLOBAL" plain.gitconfig
cat >>"$GIT_CONFIG_GLOBAL" <<EOF
[core]
	hooksPath = $work/hooks
	attributesFile = $tree/.git/info/attributes
	quotePath = true
	commentChar = p
	bigFileThreshold = 1
	pager = false
[color]
	ui = always
[column]
	ui = always
[diff]
	noprefix = true
	external = false
	renames = copies
	orderFile = $work/no-file
[log]
	showSignature = true
	date = relative
	decorate = full
[grep]
	lineNumber = true
	column = true
	fullName = true
	patternType = perl
[i18n]
	commitEncoding = ISO-8859-1
	logOutputEncoding = UTF-16
[submodule]
	recurse = true
[user]
	signingKey = none
	useConfigOnly = false
[alias]
	cat-file = !false
	rev-parse = !false
	commit-tree = !false
	update-ref = !false
EOF

# The tree is looked at without the settings of the user's own file.
mv "$GIT_CONFIG_GLOBAL" odd.gitconfig
cp plain.gitconfig "$GIT_CONFIG_GLOBAL"
remember
rm -f ran
cp odd.gitconfig "$GIT_CONFIG_GLOBAL"
run 0 'odd settings and hooks' run_one --json
ok 'no hook has run' test ! -e ran
cp plain.gitconfig "$GIT_CONFIG_GLOBAL"
is "$first" "$(tip)" 'the commits are the same'
ok 'the report is the same' cmp whole.json out
untouched 'odd settings' cocciseries/one

# What a hook or an alias of the user's hands down, of another repository.
make_tree "$work/victim"
digest victim >victim.before
make_tree "$tree"
remember
forget
run 0 'variables of git' env GIT_DIR="$work/victim/.git" \
	GIT_WORK_TREE="$work/victim" GIT_INDEX_FILE="$work/victim/.git/index" \
	GIT_OBJECT_DIRECTORY="$work/victim/.git/objects" \
	GIT_COMMON_DIR="$work/victim/.git" GIT_NAMESPACE=space \
	GIT_PREFIX=dev/ GIT_CEILING_DIRECTORIES="$work" GIT_EDITOR=false \
	GIT_EXTERNAL_DIFF=false GIT_PAGER=false GIT_GLOB_PATHSPECS=1 \
	GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.worktree \
	GIT_CONFIG_VALUE_0="$work/victim" GIT_DEFAULT_HASH=sha256 \
	GIT_AUTHOR_NAME=Other GIT_AUTHOR_DATE=2001-01-01T00:00:00 TZ=Asia/Tokyo \
	"$cocciseries" run one --tree "$tree" --base base --json
is "$first" "$(tip)" 'the commits are the same'
ok 'the report is the same' cmp whole.json out
untouched 'variables' cocciseries/one
digest victim >victim.after
ok 'the repository that they name is as it was' cmp victim.before victim.after

# ---- States of a repository -------------------------------------------------

# From here on nothing is built: the state of a repository decides nothing there.
forget
git clone -q --bare "$tree" bare.git
run 0 'a bare repository' "$cocciseries" apply one --tree bare.git --base base
is "$first" "$(git -C bare.git rev-parse cocciseries/one)" 'the same commits'
git clone -q "$tree" deep
git -C deep commit -q --allow-empty -m 'on top'
git clone -q --depth 1 "file://$work/deep" shallow
run 0 'a shallow clone' "$cocciseries" apply one --tree shallow
is "$(git -C shallow rev-parse HEAD)" \
	"$(git -C shallow rev-parse cocciseries/one~)" 'the branch stands on it'
run 129 'a commit that it does not have' \
	"$cocciseries" apply one --tree shallow --base HEAD~
err_has "has no commit 'HEAD~'"
run 0 'another work tree' "$cocciseries" apply one --tree "$tree.other/dev"
is "$first" "$(tip)" 'the branch is one of the repository'
untouched 'another work tree' cocciseries/one

git init -q empty
run 129 'a repository without a commit' "$cocciseries" apply one --tree empty
err_has "empty has no commit 'HEAD'"
git clone -q "$tree" damaged
rm -rf damaged/.git/objects/??
run 129 'one without its objects' "$cocciseries" apply one --tree damaged
err_has "damaged has no commit 'HEAD'"

# In the middle of a merge with conflicts, and of a bisection.
forget
(
	cd "$tree"
	git checkout -q -f -b topic
	echo '/* ours */' >>dev/trace.c
	git commit -qam ours
	git checkout -q -b theirs HEAD~
	echo '/* theirs */' >>dev/trace.c
	git commit -qam theirs
	git bisect start -q
	git merge -q topic || true
) >log 2>&1
ok 'a merge is under way' test -e "$tree/.git/MERGE_HEAD"
remember
run 0 'a merge with conflicts' run_one apply
is "$first" "$(tip)" 'the same commits'
untouched 'a merge' cocciseries/one

# ---- Branches that are taken ------------------------------------------------

forget
make_tree "$tree"
git -C "$tree" branch mine
git -C "$tree" branch cocciseries
remember

# refused WHAT BRANCH MESSAGE: by run as well, and before anything is built
refused() {
	run 129 "$1" run_one --branch "$2"
	err_has "$3"
	err_has 'choose another name with --branch'
	err_lacks 'build ' 'which is said before anything is built'
	untouched "$1"
}

refused 'a branch of the user' mine "branch 'mine' is there already"
refused 'the one that is checked out' main \
	"branch 'main' is checked out (switch to another there) in $tree"
refused 'one that is checked out elsewhere' other \
	"branch 'other' is checked out (switch to another there) in $tree.other"
refused 'one below another' mine/below \
	"branch 'mine/below' cannot be there beside branch 'mine'"
refused 'the usual name' cocciseries/one \
	"branch 'cocciseries/one' cannot be there beside branch 'cocciseries'"
for name in 'a b' a..b HEAD -x '@{-1}' 'x~1'; do
	run 129 "'$name' is no branch" run_one apply --branch="$name"
	err_has "'$name' cannot be the name of a branch"
done
untouched 'names'
git -C "$tree" branch -D -q cocciseries

# What another git holds, or left, is not broken open.
mkdir -p "$tree/.git/refs/heads/cocciseries"
touch "$tree/.git/refs/heads/cocciseries/one.lock"
remember
run 4 'a branch that another git has locked' run_one apply
err_has "cannot write branch 'cocciseries/one': 'git update-ref"
err_has "one.lock': File exists"
untouched 'locked'
rm "$tree/.git/refs/heads/cocciseries/one.lock"
echo junk >"$tree/.git/refs/heads/cocciseries/one"
remember
run 4 'a broken branch in its place' run_one apply
err_has 'reference broken'
untouched 'broken'

finish
