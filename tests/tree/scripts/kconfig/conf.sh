#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# conf.sh SOURCE [headers]: keeps of .config what the tree's Kconfig allows:
# known symbols whose one dependency is set, with a value of their type. With
# "headers", also writes what the compiler and the Makefiles read.
set -e
src=$1
mkdir -p include/config include/generated
awk '
	FNR == 1 { file++ }
	file == 1 && $1 == "config" { known[$2] = 1; name = $2 }
	file == 1 && $1 == "bool" { is_bool[name] = 1 }
	file == 1 && $1 == "depends" { needs[name] = $3 }
	file == 2 && match($0, /^CONFIG_[A-Za-z0-9_]*=/) {
		symbol = substr($0, 8, RLENGTH - 8)
		value[symbol] = substr($0, RLENGTH + 1)
		order[++nr] = symbol
	}
	END {
		for (i = 1; i <= nr; i++) {
			s = order[i]
			if (!(s in known) || ((s in needs) && !(needs[s] in value)))
				delete value[s]
			if (s in value && s in is_bool && value[s] == "m")
				delete value[s]
			if (s in value && value[s] != "n")
				print "CONFIG_" s "=" value[s]
		}
	}
' "$src/Kconfig" .config >.config.new
cmp -s .config .config.new || cp .config.new .config
rm .config.new

if [ "$2" = headers ]; then
	cp .config include/config/auto.conf
	sed -n 's/^\(CONFIG_[A-Z0-9_]*\)=y$/#define \1 1/p
		s/^\(CONFIG_[A-Z0-9_]*\)=m$/#define \1_MODULE 1/p' .config \
		>include/generated/autoconf.h
fi
