#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# fixdep.sh PREFIX OBJECT SOURCE COMMAND: turns the compiler's .d file into the
# .cmd file beside the object, in kbuild's shape: with a line for the symbols of
# the configuration and without autoconf.h, which has their values.
#
# What stands in single quotes here is for make to expand.
# shellcheck disable=SC2016,SC1003
set -e
prefix=$1 object=$2 source=$3 command=$4
stem=$(dirname "$object")/.$(basename "$object")

# escape what make would expand
command=$(printf '%s' "$command" | sed 's/\$/$$/g; s/#/$(pound)/g')
{
	printf '%s_%s := %s\n\n' "$prefix" "$object" "$command"
	printf 'source_%s := %s\n\n' "$object" "$source"
	printf 'deps_%s := \\\n' "$object"
	printf '    $(wildcard include/config/PORT) \\\n'
	tr -s ' \\' '\n' <"$stem.d" | sed '1d; /^$/d' |
		grep -vxF -e "$source" -e include/generated/autoconf.h |
		sed 's/.*/  & \\/'
	printf '\n%s: include/generated/autoconf.h\n' "$object"
	printf '\n%s: $(deps_%s)\n\n$(deps_%s):\n' "$object" "$object" "$object"
} >"$stem.cmd.tmp"
rm -f "$stem.d"
mv "$stem.cmd.tmp" "$stem.cmd"
