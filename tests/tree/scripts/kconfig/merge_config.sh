#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# merge_config.sh -m -O DIR BASE FRAGMENT...: the symbols of each fragment
# replace those of the base. As the kernel's, it does not ask Kconfig.
set -e
out=.
while :; do
	case $1 in
	-m) shift ;;
	-O) out=$2; shift 2 ;;
	*) break ;;
	esac
done
cat "$@" | awk '
	/^CONFIG_[A-Za-z0-9_]*=/ { split($0, part, "="); name = part[1] }
	/^# CONFIG_[A-Za-z0-9_]* is not set$/ { name = $2 }
	name != "" {
		if (!(name in line))
			order[++nr] = name
		line[name] = $0
		name = ""
	}
	END { for (i = 1; i <= nr; i++) print line[order[i]] }
' >"$out/.config.merged"
mv "$out/.config.merged" "${KCONFIG_CONFIG:-$out/.config}"
