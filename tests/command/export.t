#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Patches for a maintainer, from commits on the tree in miniature: git am takes
# them back to the same trees, the cover letter says how they were proven, and the
# tree's own scripts say who gets them and what is wrong with them.
# shellcheck disable=SC2317 # functions that run() calls
. "$(dirname "$0")/lib.sh"
need git gcc make perl

tree=$work/tree
mkdir tmp
export TMPDIR="$work/tmp"
export GIT_AUTHOR_DATE='2026-01-01T00:00:00+0000'
export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE

in_tree() {
	git -C "$tree" "$@"
}

export_it() {
	"$cocciseries" export --tree "$tree" "$@"
}

# All that a user can see of a repository, objects aside.
snapshot() {
	(
		cd "$tree" || exit
		find . -path ./.git/objects -prune -o -type f -print0 |
			LC_ALL=C sort -z | xargs -0 sha256sum
	) >"$work/$1"
}

# Scripts of the names that a kernel has: they see what those would see.
scripts() {
	echo 'M: someone' >"$tree/MAINTAINERS"
	cat >"$tree/scripts/get_maintainer.pl" <<-'PL'
		die "no tree" unless grep { $_ eq "--no-tree" } @ARGV;
		die "no file: $_" for grep { /^dev/ && !-e } @ARGV;
		die "no core.c" unless grep { $_ eq "dev/core.c" } @ARGV;
		print "A Maintainer <a.maintainer\@example.org>\n"
			unless grep { $_ eq "--no-m" } @ARGV;
		print "A Reviewer <a.reviewer\@example.org>\nlist\@example.org\n"
			unless grep { $_ eq "--no-r" } @ARGV;
	PL
	cat >"$tree/scripts/checkpatch.pl" <<-'PL'
		my $file = pop @ARGV;
		open my $patch, "<", $file or die;
		my $bad = 0;
		while (<$patch>) {
			next unless /^\+.*(int all|debug\[nr\] = value|<linux\/types)/;
			print "$file:$.: WARNING:WORD: do not say $1\n";
			$bad = 1;
		}
		print "$file:1: ERROR:SIGN: sign it\n" if $file =~ /0001/;
		exit $bad;
	PL
}

cp -r "$top/tests/tree" "$tree"
scripts
in_tree init -q
in_tree add -A
in_tree commit -qm 'the tree'
in_tree tag base
in_tree apply --index "$top/tests/ranges/split.patch"
in_tree commit -qm 'port: Split the debug registers off'
in_tree tag earlier
sed -i 's/\<line_is_masked\>/port_masks_line/g' "$tree/dev/irq.c"
in_tree commit -qam 'port: Name the mask after the port'
in_tree tag good
echo 'not committed' >>"$tree/dev/irq.c"
snapshot before

run 129 'a folder is needed' export_it base..good
err_has '--to says into which folder'
run 0 'patches' export_it base..good --to plain
out_has 'plain/0001-port-Split-the-debug-registers-off.patch'
out_has 'plain/0002-port-Name-the-mask-after-the-port.patch'
is 2 "$(find plain -type f | wc -l)" 'are two files'
has plain/0001-port-Split-the-debug-registers-off.patch 'base-commit: '
has plain/0001-port-Split-the-debug-registers-off.patch \
	'To: A Maintainer <a.maintainer@example.org>'
has plain/0001-port-Split-the-debug-registers-off.patch \
	'Cc: A Reviewer <a.reviewer@example.org>'
has plain/0001-port-Split-the-debug-registers-off.patch 'list@example.org'

# What the tree's checkpatch.pl says, of new lines and of those that moved.
sed -n '/^checkpatch.pl complains/,/^and about/p' out >new
sed -n '/^and about lines that moved/,$p' out >moved
has new 'ERROR:SIGN: sign it' 'a complaint about a message'
has new 'dev/debug.c:5: WARNING:WORD: do not say <linux/types' \
	'a complaint about a new line'
has moved 'dev/debug.c:16: WARNING:WORD: do not say debug[nr] = value' \
	'one about a line that moved is set apart'
lacks new 'debug[nr] = value'

# git am makes the same trees of them.
git clone -q "$tree" clone 2>/dev/null
git -C clone checkout -q --detach base
ok 'git am takes them' git -C clone am -q "$work"/plain/*.patch
is "$(in_tree rev-parse 'good^{tree}' 'good~1^{tree}')" \
	"$(git -C clone rev-parse 'HEAD^{tree}' 'HEAD~1^{tree}')" \
	'to the same trees'
cat plain/*.patch >all.mbox
run 2 'review takes them, too' "$cocciseries" review --tree "$tree" \
	--mbox all.mbox --stat
out_has '2 commits'

# Without evidence the cover letter says so; with it, what there is.
run 0 'with a cover letter' export_it base..good --to cover --cover
has cover/0000-cover-letter.patch 'Nobody has verified these commits.'
has cover/0000-cover-letter.patch '*** SUBJECT HERE ***' \
	'what nobody can know is left to the author'
has cover/0000-cover-letter.patch '*** BLURB HERE ***'
has cover/0000-cover-letter.patch 'dev/core.c to dev/debug.c'
has cover/0000-cover-letter.patch 'base-commit: '
has cover/0000-cover-letter.patch ' files changed, ' 'the diffstat is there'
has cover/0000-cover-letter.patch \
	'checkpatch.pl: 2 complaints, and 1 about lines that move unchanged.'
run 0 'they are verified' "$cocciseries" verify --tree "$tree" base..good
run 0 'and written as version 2' export_it base..good --to second --cover \
	--version 2 --compare-to earlier
letter=second/v2-0000-cover-letter.patch
has $letter 'Subject: [PATCH v2 0/2]'
has $letter 'default' 'the configuration is in the table'
has $letter 'neutral' 'with its verdict'
has $letter 'Each patch was built, without a new warning,'
has $letter '  tokens  equal' 'and the rungs'
has $letter 'git (git version' 'the tools are named'
has $letter "  cocciseries verify $(in_tree rev-parse --short=12 base).." \
	'and how to repeat it'
has $letter 'Range-diff against v1:'
has $letter '1:  ' 'the patch that did not change is in it'
lacks $letter 'Nobody has verified'
sed 's/^Date: .*//; s/^From [0-9a-f]* .*//' $letter >once
run 0 'again, into the same folder' export_it base..good --to second --cover \
	--version 2 --compare-to earlier
sed 's/^Date: .*//; s/^From [0-9a-f]* .*//' $letter >twice
ok 'gives the same' cmp once twice
run 129 'a folder with patches of another export' export_it base..good \
	--to second
err_has 'has a patch that is none of these, v2-000'
run 0 'an earlier version by its range' export_it base..good --to third \
	--cover --version 3 --compare-to base..earlier
run 129 'a comparison that has no place' export_it base..good --to fourth \
	--compare-to earlier
err_has 'add --cover'
run 129 'an unknown earlier version' export_it base..good --to fourth --cover \
	--compare-to nonsense
ok 'writes nothing' test ! -e fourth
run 129 'version 0' export_it base..good --to fourth --version 0
run 4 'a folder that cannot be' export_it base..good --to new/file
snapshot after
ok 'the repository is as it was' cmp before after
is '' "$(ls "$work/tmp")" 'nothing of ours is left in the temporary folder'

# All of them or none.
mkdir -p part/0002-port-Name-the-mask-after-the-port.patch/full
run 4 'a patch that cannot be written' export_it base..good --to part
is '0002-port-Name-the-mask-after-the-port.patch' "$(ls part)" \
	'leaves none of the others'

# Whatever git is set to.
in_tree checkout -qf -b set good
echo '/* more */' >>"$tree/dev/irq.c"
in_tree commit -qam 'Cover letter'
for setting in format.attach=part format.suffix=.txt diff.noprefix=true \
	diff.submodule=log diff.ignoreSubmodules=all diff.mnemonicPrefix=true \
	diff.suppressBlankEmpty=true color.ui=always; do
	in_tree config "${setting%%=*}" "${setting#*=}"
done
run 0 'other settings' export_it base..set --to set --cover
out_has 'set/0003-Cover-letter.patch' 'a patch that is called like the letter'
sed -n '/^and about lines that moved/,$p' out >moved
has moved 'dev/debug.c:16: WARNING:WORD: do not say debug[nr] = value'
has set/0000-cover-letter.patch '2 of 3 patches were built, without a new warning,' \
	'the letter is the first, and claims no more than is known'
git -C clone checkout -qf --detach base
ok 'git am takes them' git -C clone am -q "$work"/set/000[1-9]*.patch
is "$(in_tree rev-parse 'set^{tree}')" "$(git -C clone rev-parse 'HEAD^{tree}')" \
	'to the same tree'
for setting in format.attach format.suffix diff.noprefix diff.submodule \
	diff.ignoreSubmodules diff.mnemonicPrefix diff.suppressBlankEmpty color.ui; do
	in_tree config --unset "$setting"
done

# What has no patch.
in_tree checkout -qf good
in_tree commit -qm 'port: Say nothing' --allow-empty
run 129 'a commit that changes nothing' export_it base..HEAD --to empty
err_has "'port: Say nothing', changes nothing: there is no patch of it"
ok 'writes nothing' test ! -e empty
in_tree checkout -qf -b side base
in_tree commit -qm 'port: Stand beside' --allow-empty
in_tree merge -q good -m 'Merge' 
run 129 'a merge' export_it base..side --to merge
err_has 'is a merge'

# A tree without such scripts, and one in which a script fails.
in_tree checkout -qf base
in_tree rm -q scripts/checkpatch.pl scripts/get_maintainer.pl
in_tree commit -qm 'No scripts'
in_tree tag bare
in_tree checkout -q -b topic
echo '/* more */' >>"$tree/dev/irq.c"
in_tree commit -qam 'port: Say more'
run 0 'a tree without scripts' export_it bare..topic --to none --cover
lacks none/0000-cover-letter.patch 'To: '
lacks none/0000-cover-letter.patch 'checkpatch'
echo 'die "out of order"' >"$tree/scripts/checkpatch.pl"
in_tree add -A
in_tree commit -qm 'scripts: Break it'
run 4 'a script that fails' export_it bare..topic --to broken
err_has 'scripts/checkpatch.pl'
ok 'leaves nothing' test ! -e broken

# A series has its own words.
if command -v spatch >/dev/null; then
	in_tree checkout -qf base
	cp -r "$top/tests/series/demo" named
	{
		echo '# Split the debug registers off.'
		echo '#'
		echo '# They have nothing to do with the rest.'
		cat "$top/tests/series/demo/series"
	} >named/series
	run 0 'a series is run' "$cocciseries" run named --tree "$tree" --base base
	run 0 'and exported' export_it named --base base --to series --cover
	letter=series/0000-cover-letter.patch
	has $letter 'Split the debug registers off' 'its comment is the subject'
	has $letter 'They have nothing to do with the rest.' 'and the text'
	has $letter '  cocciseries run named --tree LINUX --base'
	lacks $letter 'HERE'
	git -C clone checkout -qf --detach base
	ok 'git am takes it' git -C clone am -q "$work"/series/000[1-9]*.patch
	is "$(in_tree rev-parse 'cocciseries/named^{tree}')" \
		"$(git -C clone rev-parse 'HEAD^{tree}')" 'to the same tree'
else
	skip 'a series' 'spatch is not installed'
fi

finish
