#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# modpost.sh [-M] [-m] [-w] -o SYMVERS OBJECT...: what of the kernel's modpost the
# tests need. It takes exports and their licences from .export_symbol, CRCs from
# the #SYMVER lines beside each object of x.mod, and warns of a module without
# a licence and of code that refers to .init.text. Like the real one it ends a list
# of unresolved symbols early: after two.
set -e
modules=
while getopts Mmwo: option; do
	case $option in
	M) modules=1 ;;
	o) symvers=$OPTARG ;;
	m | w) ;;
	*) exit 1 ;;
	esac
done
shift $((OPTIND - 1))
[ "$modules" ] || {
	echo 'FATAL: modpost: called without -M' >&2
	exit 2
}

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# One line of SYMVERS for each label __export_symbol_NAME; what it stands at is
# the licence: "GPL" or nothing.
for object; do
	objcopy -O binary -j .export_symbol "$object" "$dir/exports"
	sed 's|\(.*\)/\(.*\)|\1/.\2.cmd|' "${object%.o}.mod" |
		xargs sed -n 's/^#SYMVER/crc/p' >"$dir/crcs"
	od -Ax -v -tx1 -w1 "$dir/exports" >"$dir/bytes"
	readelf -sW "$object" | awk '
		sub(/^__export_symbol_/, "", $8) { print $2, $8 }
	' >"$dir/names"
	awk -v module="${object%.o}" '
		{ sub(/^0+/, "", $1) }
		FILENAME ~ /bytes$/ { byte[$1] = $2; next }
		$1 == "crc" { crc[$2] = $3; next }
		{
			value = $2 in crc ? crc[$2] : "0x00000000"
			gpl = byte[$1] == "47" ? "_GPL" : ""
			printf "%s\t%s\t%s\tEXPORT_SYMBOL%s\t\n", value, $2,
				module, gpl
		}
	' "$dir/bytes" "$dir/crcs" "$dir/names"
done | LC_ALL=C sort >"$symvers"

left=2
for object; do
	grep -q 'license=' "$object" ||
		echo "WARNING: modpost: missing MODULE_LICENSE() in $object"
	objdump -t "$object" | awk '/\.init\.text/ { print $NF }' >"$dir/early"
	objdump -r -j .text "$object" | awk '{ sub(/[-+]0x.*/, "", $3); print $3 }' |
		grep -xFf "$dir/early" | sort -u | while read -r to; do
		echo "WARNING: modpost: ${object%.o}: section mismatch in reference: code+0x$$ (section: .text) -> $to (section: .init.text)"
	done
	readelf -sW "$object" |
		awk '$7 == "UND" && $8 != "" { print $8 }' >"$dir/needs"
	cut -f 2 "$symvers" >"$dir/known"
	unresolved=$(grep -vxFf "$dir/known" "$dir/needs" || true)
	for name in $unresolved; do
		[ "$left" -gt 0 ] &&
			echo "WARNING: modpost: \"$name\" [${object%.o}.ko] undefined!"
		left=$((left - 1))
	done
	printf 'MODULE_INFO(depends, "%s");\nMODULE_INFO(srcversion, "%s");\n' \
		"$(cut -f 2,3 "$symvers" | grep -wFf "$dir/needs" | cut -f 2 |
			uniq | tr '\n' ' ')" $$ >"${object%.o}.mod.c"
done >&2
