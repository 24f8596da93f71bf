#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The manual's example steps are a series that `check` accepts, and its lists
# of commands and options are what the program has. Completion offers what it
# has, too.

# shellcheck source=tests/command/lib.sh
. "$(dirname "$0")/lib.sh"

page=$top/man/cocciseries.1

# Writes each example step of the page to series/NAME.cocci.
examples() {
	mkdir -p series/configs
	awk '
		/^\.\\" step: / { name = $3; next }
		name && /^\.Bd/ { on = 1; next }
		/^\.Ed/ { on = 0; name = "" }
		on {
			gsub(/\\-/, "-")
			print > ("series/" name ".cocci")
		}
	' "$page"
	(cd series && ls -- *.cocci) >series/series
}

examples
for kind in move promote rename rename-file includes extract transform; do
	ok "the manual has an example of the kind $kind" \
		grep -qx "// Kind: $kind" series/*.cocci
done
ok 'one of them promotes to an inline' \
	grep -qx '// As: inline' series/0030-inline-sides.cocci

if command -v spatch >/dev/null; then
	run 0 'check accepts the examples' "$cocciseries" check series
	out_has 'no errors'
else
	skip 'check accepts the examples' 'spatch is not installed'
fi

# What --help lists, one long option a line.
options_of() {
	"$cocciseries" "$1" --help |
		sed -n 's/^ *\(-[a-z?], *\)*--\([a-z-]*\).*/\2/p' |
		grep -vxE 'help|usage' | sort -u
}

# What bash offers for a command.
completed() {
	bash -c '. "$1" && _cocciseries_options "$2"' _ \
		"$top/completion/cocciseries.bash" "$1" | tr ' ' '\n' |
		sed 's/^--//' | grep -vx help | sort -u
}

for command in run verify review export needs; do
	is "$(options_of "$command")" "$(completed "$command")" \
		"completion has the options of $command"
done

for command in run apply verify report review export list check needs compare \
	help; do
	has "$page" ".It Cm $command" "the manual has the command $command"
done
for option in $(options_of run; options_of review; options_of export
	options_of needs; options_of compare); do
	has "$page" "Fl $option" "the manual has --$option"
done
run 129 'help for a command that is not there is wrong usage' \
	"$cocciseries" help nonsense
err_has "'nonsense' is no command"

if command -v mandoc >/dev/null; then
	run 0 'mandoc finds no fault with the page' \
		mandoc -T lint -W warning "$page"
else
	skip 'mandoc finds no fault with the page' 'mandoc is not installed'
fi

# Each harmless class of the code is in the page's table.
classes=$(sed -n 's/.*\[EXPLAINED_.*\] = "\(.*\)".*/\1/p' \
	"$top/verify/outcome.c" | grep -vx none)
for class in $classes; do
	has "$page" ".It Sy $class" "the manual explains the class $class"
done

# So are the classes of drift, under DRIFT, and all that accepting does is named.
sed -n '/^\.Sh DRIFT/,/^\.Sh PROOF/p' "$page" >drift
classes=$(sed -n 's/.*\[DRIFT_.*\] = "\(.*\)".*/\1/p' "$top/driver/drift.c")
for class in $classes; do
	ok "the manual explains drift of the class $class" \
		grep -qE "^\.It Sy (.* , )?$class( , .*)?\$" drift
done

finish
