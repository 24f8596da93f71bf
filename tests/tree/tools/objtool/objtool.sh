#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# objtool.sh OPTION... OBJECT: what of the kernel's objtool the tests need. It
# adds a table of calls to an object whose functions have sections of their own
# (.call_sites, an entry for each call in a global function), and behaves as
# the real one where that is odd:
#
#	--ibt without --link is an error
#	a function x_odd is warned of
#	a function x_fatal ends it: the object stays as it was, the status is 0
set -e
ibt=
link=
for word; do
	case $word in
	--ibt) ibt=1 ;;
	--link) link=1 ;;
	esac
	object=$word
done
if [ "$ibt" ] && [ -z "$link" ]; then
	echo 'error: objtool: --ibt requires --link' >&2
	exit 1
fi

# Functions by name: "GLOBAL f", "LOCAL g".
functions=$(readelf -sW "$object" | awk '$4 == "FUNC" { print $5, $8 }')
for name in $(echo "$functions" | sed -n 's/.* \(.*_odd\)$/\1/p'); do
	echo "$object: warning: objtool: $name+0x$$: is odd" >&2
done
fatal=$(echo "$functions" | sed -n 's/.* \(.*_fatal\)$/\1/p')
if [ "$fatal" ]; then
	echo "$object: warning: objtool: $fatal+0x4: cannot go on" >&2
	exit 0
fi

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
echo "$functions" | sed -n 's/^GLOBAL //p' >"$dir/globals"
objdump -dr "$object" | awk -v globals="$dir/globals" '
	BEGIN { while ((getline name < globals) > 0) global[name] = 1 }
	/^Disassembly of section/ {
		f = $4
		sub(/^\.text\./, "", f)
		sub(/:$/, "", f)
	}
	/\tcall/ { call = 1; next }
	call && / R_X86_64_P[CL]/ && f in global {
		printf "\t.long %s + 0x%s - .\n", f, substr($1, 1, length($1) - 1)
	}
	{ call = 0 }
' >"$dir/entries"
[ -s "$dir/entries" ] || exit 0
{
	echo '	.section .call_sites,"a"'
	cat "$dir/entries"
	echo '	.section .note.GNU-stack,""'
} | as -o "$dir/table.o"
ld -r -o "$dir/new.o" "$object" "$dir/table.o"
mv "$dir/new.o" "$object"
