#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Repositories of sorts that are seldom met: other hashes, another owner, parts
# of the history or of the objects only, folders elsewhere, odd settings of how
# things are stored. The commits are those of an ordinary one, and all but the
# branch is as it was.
# shellcheck disable=SC2317 # functions that run() calls

# shellcheck source=tests/command/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/command/scene.sh
. "$top/tests/command/scene.sh"

make_tree "$tree"
run 0 'an undisturbed run' run_one --json
cp out whole.json
first=$(tip)
git -C "$tree" diff base "$first" | grep -v '^index ' >first.diff

# A whole run gives what the undisturbed one gave.
works() {
	remember
	rm -rf "$COCCISERIES_CACHE"
	run 0 "$1" run_one --json
	ok "$1: the same report" cmp whole.json out
	is "$first" "$(tip)" "$1: the same commits"
	untouched "$1" cocciseries/one
}

# As works(), but only applied: the state decides nothing behind that.
applies() {
	remember
	rm -rf "$COCCISERIES_CACHE"
	run 0 "$1" run_one apply
	is "$first" "$(tip)" "$1: the same commits"
	untouched "$1" cocciseries/one
}

# ---- Objects ----------------------------------------------------------------

# With SHA-256 ids are longer, and all else is the same.
GIT_DEFAULT_HASH=sha256 make_tree "$tree"
remember
rm -rf "$COCCISERIES_CACHE"
run 0 'a repository with SHA-256' run_one --json
tip >id
is 65 "$(wc -c <id)" 'has long ids'
sha256=$(tip)
git -C "$tree" diff base "$sha256" | grep -v '^index ' >sha256.diff
ok 'and the same commit' cmp first.diff sha256.diff
sed 's/[0-9a-f]\{40,64\}/ID/; /"base/d' whole.json >want
sed 's/[0-9a-f]\{40,64\}/ID/; /"base/d' out >got
ok 'and the same report' cmp want got
untouched 'SHA-256' cocciseries/one

make_tree "$tree"
mv "$tree" origin
git -C origin config uploadpack.allowFilter true
git clone -q --depth 1 --branch base "file://$work/origin" "$tree" 2>/dev/null
git -C "$tree" tag -f base >/dev/null
git -C "$tree" checkout -q -b work
works 'a shallow clone'
rm -rf "$tree"
git clone -q --shared origin "$tree"
applies 'a clone that borrows objects'
rm -rf "$tree"
git clone -q --filter=blob:none --no-checkout "file://$work/origin" "$tree"
forget
run 0 'a partial clone' run_one apply
is "$first" "$(tip)" 'a partial clone: the same commits'
rm -rf "$tree"
git clone -q --filter=blob:none --no-checkout "file://$work/origin" "$tree"
mv origin away
forget
run 4 'a partial clone whose origin is gone' run_one apply
err_has "$work/origin"
mv away origin

make_tree "$tree"
git -C "$tree" gc -q
git -C "$tree" pack-refs --all --prune
applies 'packed objects and refs'
make_tree "$tree"
other=$(git -C "$tree" commit-tree -m other 'base^{tree}')
git -C "$tree" replace base "$other"
applies 'a commit that is replaced'

# ---- Owners -----------------------------------------------------------------

forget
if [ "$(id -u)" = 0 ] && chown -R 65534 "$tree" 2>/dev/null; then
	for dir in "$tree" "$tree/dev"; do
		tar -C "$tree" -c . | sha256sum >before
		run 129 "another's repository: ${dir#"$work"/}" \
			"$cocciseries" run one --tree "$dir" --base base
		err_has "belongs to another user"
		err_has "git config --global --add safe.directory $tree allows" \
			'and says what to do'
		tar -C "$tree" -c . | sha256sum >after
		ok 'nothing has changed there' cmp before after
	done
	git config --global --add safe.directory "$tree"
	run 0 'that is done' "$cocciseries" apply one --tree "$tree/dev" \
		--base base
	is "$first" "$(tip)" "another's repository: the same commits"
	git config --global --unset-all safe.directory
else
	skip "another's repository" 'files cannot be given away here'
fi

# ---- Folders ----------------------------------------------------------------

make_tree "$tree"
mv "$tree/.git" "$work/elsewhere.git"
echo "gitdir: $work/elsewhere.git" >"$tree/.git"
forget
run 0 'the git folder is elsewhere' run_one apply
is "$first" "$(tip)" 'the same commits'
run 129 'a branch that is checked out there' run_one apply --branch main
err_has "branch 'main' is checked out"
make_tree "$tree"
ln -s "$tree" link
forget
run 0 'a link to the tree' "$cocciseries" apply one --tree link/dev --base base
is "$first" "$(tip)" 'the same commits'
make_tree "$work/above"
git -C "$work/above" -c protocol.file.allow=always submodule -q add \
	"$tree" below
forget
run 0 'a submodule' "$cocciseries" apply one --tree above/below --base base
is "$first" "$(git -C above/below rev-parse cocciseries/one)" \
	'its branch is there'
is '' "$(git -C above for-each-ref refs/heads/cocciseries)" \
	'and not in the repository above'

# ---- Settings ---------------------------------------------------------------

# set_all NAME=VALUE...: into the configuration of the tree
set_all() {
	for _setting; do
		git -C "$tree" config "${_setting%%=*}" "${_setting#*=}"
	done
}

make_tree "$tree"
set_all core.logAllRefUpdates=false core.sharedRepository=group \
	core.compression=0 core.looseCompression=9 core.fsync=all \
	core.preferSymlinkRefs=true core.ignoreCase=true core.fileMode=false \
	core.symlinks=false core.protectNTFS=true core.protectHFS=true \
	core.checkStat=minimal core.trustctime=false \
	core.precomposeUnicode=true index.version=4 index.threads=2 \
	index.sparse=true feature.manyFiles=true feature.experimental=true \
	fetch.writeCommitGraph=true transfer.fsckObjects=true \
	pack.writeReverseIndex=true diff.algorithm=histogram \
	diff.mnemonicPrefix=true diff.relative=true diff.ignoreSubmodules=all \
	log.mailmap=false mailmap.file=/nonexistent blame.date=relative \
	core.commitGraph=true core.multiPackIndex=true user.useConfigOnly=true \
	tag.gpgSign=true push.gpgSign=true merge.verifySignatures=true \
	core.warnAmbiguousRefs=false core.disambiguate=tree color.ui=always \
	core.notesRef=refs/notes/none notes.displayRef='*' \
	advice.detachedHead=false trailer.x.command='exit 1' \
	core.editor=false sequence.editor=false core.askPass=false \
	credential.helper='!false' include.path=/nonexistent/config
works 'odd settings of storage'
make_tree "$tree"
set_all extensions.worktreeConfig=true
git -C "$tree" config --worktree core.sparseCheckout true
git -C "$tree" config --worktree core.sparseCheckoutCone true
mkdir -p "$tree/.git/info"
printf '/*\n!/*/\n/scripts/\n' >"$tree/.git/info/sparse-checkout"
applies 'a sparse checkout with settings of its own'
make_tree "$tree"
git -C "$tree" update-index --split-index
git -C "$tree" update-index --assume-unchanged dev/trace.c
git -C "$tree" update-index --skip-worktree dev/core.c
applies 'a split index, and flags in it'
make_tree "$tree"
git -C "$tree" symbolic-ref refs/heads/cocciseries/one refs/heads/main
remember
run 129 'a branch that stands for another' run_one apply
err_has "branch 'cocciseries/one'"
err_has 'choose another name with --branch'
untouched 'a branch that stands for another'

finish
