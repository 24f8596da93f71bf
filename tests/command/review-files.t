#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Files that are more than lines of C, each of which a reviewer must get to see:
# links, submodules, binary files, modes, lines that end otherwise, odd names, and
# commits that change nothing. Of every commit the files after come out of the JSON,
# and the page has what the JSON has.
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

# What is in the tree becomes a commit, which the next checks are about.
commit() {
	in_tree add -A
	in_tree commit -qm "port: $1" --allow-empty
	_got=0
	"$cocciseries" review --tree "$tree" HEAD --html page.html >table \
		2>err || _got=$?
	sed 's/<script>.*//; 1,/<\/style>/{/<\/style>/!d}' page.html >read.html
	run "$_got" "$1" "$cocciseries" review --tree "$tree" HEAD
	cp out shown
	run "$_got" 'has it in the JSON' "$cocciseries" review --tree "$tree" \
		HEAD --json
	cp out review.json
	valid 0 'which is valid' review review.json
	run 0 'and gives the files' python3 "$here/rebuild.py" "$tree" review.json
	run 0 'and the page has it' python3 "$here/page.py" page.html review.json
}

# shows STRING: on the terminal and in the page
shows() {
	has shown "$1"
	has read.html "$1"
}

# A submodule that a commit has is one of these words.
module() {
	rm -rf "$tree/module"
	git init -q "$tree/module"
	git -C "$tree/module" commit -q --allow-empty -m "$1"
}

cp -r "$top/tests/tree" "$tree"
in_tree init -q
in_tree add -A
in_tree commit -qm 'the tree'

echo '#!/bin/sh' >"$tree/run"
printf 'first\nsecond\n\000third\n' >"$tree/blob"
: >"$tree/empty"
ln -s dev/core.c "$tree/link"
commit 'new files'
shows 'binary file, 20 bytes: not shown'
shows 'mode 120000 (symbolic link)'
has shown '+++ b/empty' 'an empty file is told'
lacks read.html '+second' 'a binary file is not shown'

chmod +x "$tree/run"
commit 'a mode alone'
shows 'mode 100644 before, 100755 (executable) after'
lacks read.html 'nothing to read' 'it is not passed off as a move'
has read.html 'href="#c1-residue"' 'and is to be read'

printf 'first\nsecond\n\000thirds\n' >"$tree/blob"
commit 'a binary file'
shows 'binary file, 20 bytes before, 21 after: not shown'

ln -sf dev/irq.c "$tree/link"
commit 'a link that leads elsewhere'
has shown '+dev/irq.c'
rm "$tree/link"
cp "$tree/dev/irq.c" "$tree/link"
commit 'a link that becomes a file'
shows 'mode 120000 (symbolic link) before, 100644 after'

# What stands in a submodule is told as git tells it, and no rung looks into it.
module one 2>/dev/null
first=$(git -C "$tree/module" rev-parse HEAD)
commit 'a new submodule' 2>/dev/null
shows 'mode 160000 (submodule)'
has shown "+Subproject commit $first"
module two
second=$(git -C "$tree/module" rev-parse HEAD)
commit 'a submodule that is at another commit'
has shown "-Subproject commit $first"
has shown "+Subproject commit $second"
has shown 'changed, and no rung looks into such a file'
# Neither does verify pass over it, beside code that is neutral.
echo '/* More to say. */' >>"$tree/dev/irq.c"
module three
in_tree add -A
in_tree commit -qm 'port: Say more'
run 2 'it is not neutral' "$cocciseries" verify --tree "$tree" HEAD
out_has 'changed, and no rung looks into such a file'
rm -rf "$tree/module"
cp "$tree/dev/irq.c" "$tree/module"
commit 'a submodule that becomes a file'
shows 'mode 160000 (submodule) before, 100644 after'
in_tree rm -qf module run blob link empty
commit 'files that are gone'
has shown '+++ /dev/null'

printf 'int a;\r\nint b;\r\n' >"$tree/dev/crlf.c"
commit 'lines that end otherwise'
has shown '+int a;^M'
printf 'int a;\nint b;' >"$tree/dev/crlf.c"
commit 'then as others, but the last'
has shown '-int b;^M'
has shown '\ No newline at end of file'

commit 'nothing'
has shown 'no residue'
commit 'nothing, with a page' # the page of a review in which nothing is to read

# A rename of which most stays, and what a reviewer must not miss in it.
in_tree mv dev/irq.c dev/lines.c
sed -i 's/port->pending & port/port->pending | port/' "$tree/dev/lines.c"
chmod +x "$tree/dev/lines.c"
commit 'a renamed file'
shows 'mode 100644 before, 100755 (executable) after'
has read.html 'renamed from'

# Names that would be more than names.
cp "$tree/dev/trace.c" "$tree/dev/<b>&\"'.c"
cp "$tree/dev/trace.c" "$tree/dev/$(printf 'x\342\200\256y\302\233z').c"
cp "$tree/dev/trace.c" "$tree/dev/$(printf 'latin\351').c"
in_tree add -A
in_tree commit -qm 'port: names'
run 2 'odd names' "$cocciseries" review --tree "$tree" HEAD --html page.html
run 2 'on a terminal' "$cocciseries" review --tree "$tree" HEAD
out_has 'dev/x<U+202E>y<U+009B>z.c'
out_lacks "$(printf '\342\200\256')" 'no name turns a line'
out_lacks "$(printf '\302\233')" 'or moves the cursor'
lacks page.html '<b>&' 'a name is no element'

finish
