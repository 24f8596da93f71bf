#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The page of a review: that it shows what is to be shown and folds what may be,
# that nothing in a source can get out of its line, and, in a headless Chromium,
# that it is as it looks. And the JSON that it is drawn from, and that of reports,
# against their schemas.
# shellcheck disable=SC2317 # functions that run() calls
. "$(dirname "$0")/lib.sh"
need git gcc make python3

tree=$work/tree
series=$top/tests/series/demo
here=$top/tests/command
mkdir tmp
export TMPDIR="$work/tmp"
export GIT_AUTHOR_DATE='2026-01-01T00:00:00+0000'
export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE

in_tree() {
	git -C "$tree" "$@"
}

# page STATUS NAME ARGUMENT...: NAME.html and NAME.json
page() {
	_page=$2
	run "$1" "the page of $2" "$cocciseries" review --tree "$tree" \
		--html "$_page.html" "$3" ${4+"$4" "$5"}
	cp out "$_page.txt"
	"$cocciseries" review --tree "$tree" --json "$3" ${4+"$4" "$5"} \
		>"$_page.json" || :
}

# holds NAME: the page shows what the JSON has
holds() {
	run 0 "what moved is in folds, and all else is in none: $1" \
		python3 "$here/page.py" "$1.html" "$1.json"
	out_lacks ' 0 shown' 'and something is shown'
}

split() {
	in_tree checkout -qf -B "$1" base
	in_tree apply --index "$top/tests/ranges/split.patch"
}

cp -r "$top/tests/tree" "$tree"
in_tree init -q
in_tree add -A
in_tree commit -qm 'the tree'
in_tree tag base
split good
in_tree commit -qm 'port: Split the debug registers off'
sed -i 's/\<line_is_masked\>/port_masks_line/g' "$tree/dev/irq.c"
in_tree commit -qam 'port: Name the mask after the port'

# Nobody has verified it yet.
page 2 good base..good
has good.txt 'not verified' 'the table is printed as well'
holds good
has good.html '<h1>base..good</h1>' 'it is called by the range'
has good.html 'Both commits have not been verified' 'and says what it does not know'
has good.html 'cocciseries verify base..good' 'and how to'
lacks good.html 'src=' 'it fetches nothing'
lacks good.html '@import'
has good.html "default-src 'none'" 'and may not'
cp good.html first.html
page 2 good base..good
ok 'the same review is the same bytes' cmp first.html good.html
is '' "$(ls "$work/tmp")" 'nothing of ours is left in the temporary folder'
sed 's/<details/<section/g; s/<\/details>/<\/section>/g' good.html >flat.html
run 1 'without folds it would not hold' python3 "$here/page.py" flat.html good.json
sed 's/port_masks_line/port_mask_line/g' good.html >other.html
run 1 'nor with another line' python3 "$here/page.py" other.html good.json
run 4 'a page that cannot be written' "$cocciseries" review --tree "$tree" \
	base..good --html none/page.html
run 2 'a page and JSON' "$cocciseries" review --tree "$tree" base..good \
	--html both.html --json
out_has '"schema": 1'
ok 'both are there' cmp both.html good.html

# A bug is on the first screen, by its verdict, and in what is to be read.
split bug
sed -i 's/nr >= PORT_NR_DEBUG/nr > PORT_NR_DEBUG/' "$tree/dev/debug.c"
in_tree add -A
in_tree commit -qm 'port: Split the debug registers off'
page 2 unknown base..bug
has unknown.html '<span class="badge undecided">' 'nobody knows yet'
has unknown.html 'nr &gt; PORT_NR_DEBUG' 'but the line is to be read'
holds unknown
run 1 'it is verified' "$cocciseries" verify --tree "$tree" base..bug
page 1 bug base..bug
has bug.html 'class="different" id="verdict"' 'then the verdict is red'
has bug.html 'cmpl' 'and says what differs in the machine'
holds bug

# Those of other classes are to be read, too.
bug() {
	split bug
	eval "$2"
	in_tree add -A
	in_tree commit -qm 'port: Split the debug registers off'
	"$cocciseries" review --tree "$tree" base..bug --json >seed.json || :
	"$cocciseries" review --tree "$tree" base..bug --html seed.html \
		>/dev/null || :
	if python3 "$here/page.py" seed.html seed.json >out 2>err &&
		grep -qF "$3" seed.html; then
		pass "to be read: $1"
	else
		fail "to be read: $1"
		show err stderr
	fi
}
bug 'a comment that is lost' \
	"sed -i '/Sets one of the debug/d' \$tree/dev/debug.c" \
	'<td class="s">-</td><td class="c"><span class="co"> * Sets one of'
bug 'an export that is gone' \
	"sed -i '/^EXPORT_SYMBOL/d' \$tree/dev/debug.c" \
	'<td class="s">-</td><td class="c">EXPORT_SYMBOL'
bug 'code that is there twice' \
	"git -C \$tree show base:dev/core.c >\$tree/dev/more.c" \
	'duplicated: it stands more often than before'
bug 'a macro that hides a name' \
	"sed -i 's/^#include \"port.h\"/&\n#define port_set_debug(p, n, v) 0/' \$tree/dev/debug.c" \
	'<td class="s">+</td><td class="c"><span class="pp">#define port_set_debug'

# What stands in a source or a message is text, whatever it looks like.
in_tree checkout -qf -B odd good
{
	cat <<-'EOT'
		/* </td></table><script>document.title = "taken"</script> */
		const char *odd = "<img src=x onerror=alert(1)> & 'quotes' &amp; &lt;";
	EOT
	printf '/* \033[2K \342\200\256 \377\376 */\n// no newline'
} >>"$tree/dev/trace.c"
head -c 300 /dev/urandom | tr -d '\n' >"$tree/blob"
printf '\000\377\n\000' >>"$tree/blob"
in_tree add -A
in_tree commit -qm "port: Be <b>odd</b> & \"quoted\" <script>alert(1)</script>"
page 2 odd HEAD
holds odd
lacks odd.html '<script>document' 'a script in a comment is text'
lacks odd.html '<script>alert' 'and one in a subject'
lacks odd.html '<img' 'and an image in a string'
has odd.html '^[[2K &lt;U+202E&gt;' 'control characters are seen'
has odd.html 'no newline at the end of the file'
has odd.html 'binary file'
ok 'all of it is UTF-8' python3 -c 'open("odd.html", encoding="utf-8").read()'

# A series, with all that a run found out.
in_tree checkout -qf base
if command -v spatch >/dev/null; then
	run 0 'a series is run' "$cocciseries" run "$series" --tree "$tree" \
		--base base
	page 0 demo "$series" --base base
	has demo.html 'verified in full, plain' 'configurations are named'
	has demo.html 'step 0020-move-debug' 'and steps'
	has demo.html 'port_reset inlined into it' 'and what is inlined otherwise'
	has demo.html 'What dev/core.c and dev/debug.c use of each other' \
		'calls across the cut are drawn'
	has demo.html 'port_update_debug ◆' 'what was promoted is marked'
	has demo.html 'Includes after the last commit' 'and who includes what'
	holds demo

	# One that does not fit its base, and was made to.
	mkdir -p lacks/configs
	cp "$series/configs/full.config" lacks/configs
	cat >lacks/0010-move.cocci <<-'EOT'
		/// port: Move the debug registers
		//
		// Kind: move
		// From: dev/core.c
		// To: dev/irq.c

		@move@
		type T;
		identifier fn = {port_set_debug, port_never, port_no_more};
		@@
		* T fn(...)
		* {
		  ...
		* }
	EOT
	echo 0010-move >lacks/series
	run 0 'drift is accepted' "$cocciseries" run lacks --tree "$tree" \
		--base base --drift=accept
	page 0 lacks "$PWD/lacks" --base base
	has lacks.html 'href="#accepted"' 'the first screen says so'
	has lacks.html 'left out of the step: absent, in dev/core.c: port_never, port_no_more' \
		'and the evidence what'
	has lacks.html '0010-move: promoted by a step before'
	has lacks.txt 'accepted: 0010-move: left out of the step'
	holds lacks
else
	skip 'a series' 'spatch is not installed'
fi

# JSON is what the schemas say.
"$cocciseries" verify --tree "$tree" base..good >/dev/null 2>&1 || :
find cache -name report.json >reports
ok 'there are reports' test -s reports
[ -e demo.json ] || cp good.json demo.json
# shellcheck disable=SC2046 # names of ours, without blanks
valid 0 'reports are what their schema says' report $(cat reports) \
	"$top"/results/kvm-x86-regs/*/report.json
[ -e lacks.json ] || cp good.json lacks.json
valid 0 'reviews are what theirs says' review good.json bug.json odd.json \
	demo.json lacks.json
sed 's/"subject"/"title"/' good.json >broken.json
valid 1 'and others are not' review broken.json
err_has 'additional properties'

# As a browser has it.
browse() {
	python3 "$here/browse.py" "$@"
}
why=$(browse good.html 2>&1 >browsed) || :
if ! grep -q started browsed; then
	skip 'the pages in a browser' "${why:-Chromium does not start}"
	finish
fi

# sees NAME [EXPRESSION...]: nothing is wrong with the page at any width
sees() {
	_page=$1
	shift
	for _e; do set -- "$@" --eval "$_e"; shift; done
	run 0 "a browser opens $_page.html" browse "$_page.html" "$@"
	is 4 "$(grep -c ' overflow: 0$' out)" 'the page does not scroll sideways'
	is 4 "$(grep -c ' wide: \[\]$' out)" 'nothing sticks out'
	is 4 "$(grep -c ' dead: \[\]$' out)" 'every link leads somewhere'
	is 4 "$(grep -c ' twice: \[\]$' out)" 'to one place'
	is 4 "$(grep -c ' console: \[\]$' out)" 'the console is silent'
	# For a person to know: how long it takes depends on who else is busy.
	sed -n 's/^\(.*\) opened: \(.*\)/# \1: opened in \2 ms/p
		s/^\(.*\) busy: \(.*\)/# \1: \2 ms of a processor/p' out
}
sees good
is 2 "$(grep -c 'ground: "rgb(255, 255, 255)"' out)" 'it is light'
is 2 "$(grep -c 'ground: "rgb(20, 23, 27)"' out)" 'or dark'
sees odd 'document.title' 'document.querySelectorAll("img, h2 b").length' \
	'document.querySelectorAll("script").length'
out_has 'document.title: "Review of HEAD"' 'no script of a source ran'
out_has '"img, h2 b").length: 0' 'nothing of a source is an element'
out_has '"script").length: 1' 'the page has its own script'
sees bug 'Math.round(document.querySelector("#verdict").getBoundingClientRect().bottom) < innerHeight' \
	'document.querySelector("#verdict").innerText.includes("different")'
is 2 "$(grep -c ': true$' out)" 'the verdict is on the first screen'
if [ -e lacks.html ]; then
	sees lacks 'document.querySelector("#accepted + ul + .scroll").getBoundingClientRect().top - document.querySelector("#accepted + ul").getBoundingClientRect().bottom >= 12'
	is 1 "$(grep -c ': true$' out)" 'the list stands apart from the matrix'
fi
if [ -e demo.html ]; then
	sees demo 'document.querySelectorAll("details[open]").length' \
		'document.querySelector("button").click()' \
		'document.querySelectorAll("details:not([open])").length' \
		'document.documentElement.scrollWidth > innerWidth' \
		'window.find("port_set_ctrl")' \
		'getComputedStyle(document.querySelector(".commit")).contentVisibility' \
		'[...document.querySelectorAll("svg.graph text")].some((t) => t.textContent == "port_reset")'
	out_has 'details[open]").length: 0' 'folds are folded'
	out_has 'not([open])").length: 0' 'until all are unfolded'
	out_has 'scrollWidth > innerWidth: false' 'which does not scroll either'
	out_has 'contentVisibility: "auto"' 'what is not seen is not laid out'
	out_has 'window.find("port_set_ctrl"): true' 'and is found all the same'
	out_has 'svg.graph text")].some((t) => t.textContent == "port_reset"): true' \
		'names in drawings are text'
fi

finish
