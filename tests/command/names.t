#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Names with blanks, quotes, signs that a shell, make or printf() gives a meaning,
# newlines and bytes that are no UTF-8: of files in the tree, of the folders of
# tree, series, results and cache, of branches. They work, or are refused in
# words that say what is wrong.
# shellcheck disable=SC2317 # functions that run() calls

# shellcheck source=tests/command/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/command/scene.sh
. "$top/tests/command/scene.sh"

# shellcheck disable=SC2016 # no expansion is meant
odd="-a 'b' \"c\" \$d %s;e&f*g?[h]~\\i #j $(printf 'caf\351')"
newline='
'
tab=$(printf '\t')

# In the name of a check.
shown() {
	printf '%s' "$1" | sed "s/$tab/TAB/; \$!s/\$/NEWLINE/" | tr -d '\n'
}

make_tree "$tree"
run 0 'an undisturbed run' run_one --json
cp out whole.json
first=$(tip)

# ---- Folders ----------------------------------------------------------------

forget
mkdir "./$odd"
make_tree "$work/$odd/$odd"
run 0 'a tree with a name of all sorts' "$cocciseries" run one \
	--tree "$work/$odd/$odd" --base base --json
ok 'the same report' cmp whole.json out
is "$first" "$(git -C "./$odd/$odd" rev-parse cocciseries/one)" 'the same commits'
cp -r one "./$odd/s$odd"
run 0 'a series, and results' "$cocciseries" run "./$odd/s$odd" --tree "$tree" \
	--base base --branch s --results "$odd/r"
run 0 'the report is read back' "$cocciseries" report "./$odd/s$odd" \
	--tree "$tree" --base base --results "$odd/r" --json
out_has '"verdict": "neutral"'
run 0 'the series is checked' "$cocciseries" check "./$odd/s$odd"
run 129 'its name is none of a branch' "$cocciseries" apply "./$odd/s$odd" \
	--tree "$tree" --base base
err_has 'cannot be the name of a branch: choose another with --branch'
run 0 'a branch' run_one --branch "b'\"\$%;&$(printf 'caf\351')"
is "$first" "$(git -C "$tree" rev-parse "b'\"\$%;&$(printf 'caf\351')")" 'is there'

forget
run 0 'a cache whose name is no UTF-8' run_one --json \
	--cache "$(printf 'caf\351')"
ok 'the same report' cmp whole.json out
for sign in ' ' "'" '"' "\$" '%' ';' '&' '*' '#' "\\" : "$tab" "$newline"; do
	run 129 "a cache with $(shown "a${sign}b") as its name" run_one --cache "a${sign}b"
	err_has "make does not build in a path with '"
	err_has 'name another folder with --cache'
done

# Each line of an answer of git ends there, and each of a commit message.
make_tree "$work/a${newline}b"
run 129 'a tree with a newline in its name' "$cocciseries" run one \
	--tree "a${newline}b" --base base
err_has 'has a newline in it: give the folder another name'
for sign in "$newline" "$tab"; do
	cp -r one "a${sign}series"
	run 129 "a series with $(shown "a${sign}b") as its name" \
		"$cocciseries" run "a${sign}series" --tree "$tree" --base base
	err_has 'has a control character in its name'
done

# ---- Files in the tree ------------------------------------------------------

# A header that the step's file includes (its name goes into a .cmd file, where
# make takes less than a file system does), documentation that names what is
# renamed, and code that is not built.
mkdir rename
cp -r one/configs rename
echo 0010-rename >rename/series
cat >rename/0010-rename.cocci <<'END'
/// port: Rename line_is_masked()
//
// Kind: rename
// From: dev/irq.c

@function@
type T;
@@
  T
- line_is_masked
+ line_was_masked
  (...)
  {
  ...
  }
END
make_tree "$tree"
rm -rf "$COCCISERIES_CACHE"
header="dev/a 'b' \$d %s $(printf 'caf\351').h"
(
	cd "$tree"
	git reset -q --hard
	mkdir Documentation
	echo 'See line_is_masked() in dev/irq.c.' >"Documentation/$odd.rst"
	echo 'struct odd { int line_is_masked; };' >"$header"
	echo 'struct other { int line_is_masked; };' >"dev/$odd.c"
	printf '#include "%s"\n' "${header#dev/}" >with
	cat dev/irq.c >>with
	mv with dev/irq.c
	git add -A
	git commit -qm odd
	git tag -f base
) >/dev/null
remember
run 0 'files with names of all sorts' run_one
untouched 'names of all sorts' cocciseries/one
run 0 'a rename that they mention' "$cocciseries" run rename --tree "$tree" \
	--base base --json
out_has "Documentation/-a 'b' " 'documentation that mentions it is told'
out_has "dev/a 'b' \$d %s caf" 'what is left alone there is told'
run 0 'the report is read back' "$cocciseries" report rename --tree "$tree" \
	--base base

# The same, changed by hand.
(
	cd "$tree"
	git checkout -q -B work cocciseries/rename
	echo '/* one line more */' >>"$header"
	git commit -qam 'by hand'
)
run 0 'a commit that changes one' "$cocciseries" verify work~..work \
	--tree "$tree" --config one/configs/plain.config
out_has 'neutral: 1 commit in 1 configuration'

# What no line of a list can hold.
for sign in "$newline" "$tab"; do
	git -C "$tree" checkout -q -B control base
	echo 'struct control;' >"$tree/dev/a${sign}b.h"
	git -C "$tree" add -A
	git -C "$tree" commit -qm control
	run 129 "a file with $(shown "a${sign}b") as its name" "$cocciseries" run one \
		--tree "$tree" --base control --branch c
	err_has "the tree holds a file 'dev/a"
	err_has 'which cannot be checked out'
	run 129 'a commit that makes it' "$cocciseries" verify base..control \
		--tree "$tree" --config one/configs/plain.config
	err_has 'has a control character in it'
done

finish
