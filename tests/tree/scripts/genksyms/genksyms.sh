#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# genksyms.sh [-T DUMP] <TEXT: a CRC for each export of a preprocessed text, made
# of its declaration and of all structures that this leads to, and the dump that
# the kernel's writes. It understands declarations as this tree has them: no
# unions, no enumerations, and typedefs stay words.
set -e
dump=/dev/null
while getopts T: option; do
	case $option in
	T) dump=$OPTARG ;;
	*) exit 1 ;;
	esac
done

exec awk -v dump="$dump" '
	# The words from..to as an expansion: a structure stands for itself.
	function words(from, to,   i, s) {
		for (i = from; i <= to; i++)
			if (word[i] == "struct" && word[i + 1] != "{")
				s = s "s#" word[++i] " "
			else
				s = s word[i] " "
		return s
	}

	# A whole declaration or definition, without its last sign.
	function declare(from, to, body,   i) {
		if (word[from] ~ /^EXPORT_SYMBOL/)
			export[++nr_exports] = word[from + 2]
		else if (word[from] == "struct" && body == from + 2)
			known["s#" word[from + 1]] = "struct " word[from + 1] \
				" { " words(body + 1, to) "} "
		else if (word[from] != "typedef")
			for (i = from; i < (body ? body : to + 1); i++)
				if (word[i + 1] == "(" && !(word[i] in known)) {
					known[word[i]] = words(from, \
						body ? body - 1 : to)
					break
				}
	}

	# Adds an expansion and those that it leads to to all, once.
	function expand(name,   i, n, part) {
		if (name in seen)
			return
		seen[name] = 1
		if (!(name in known))
			known[name] = "struct " substr(name, 3) " { UNKNOWN } "
		all = all known[name]
		if (!(name in printed))
			print name " " known[name] >dump
		printed[name] = 1
		n = split(known[name], part, " ")
		for (i = 1; i <= n; i++)
			if (part[i] ~ /^s#/)
				expand(part[i])
	}

	BEGIN {
		for (i = 1; i < 128; i++)
			code[sprintf("%c", i)] = i
	}
	/^#/ { next }
	{
		gsub(/"[^"]*"/, "0")
		while (match($0, /[A-Za-z_0-9]+|[^ \t]/)) {
			word[++nr] = substr($0, RSTART, RLENGTH)
			$0 = substr($0, RSTART + RLENGTH)
		}
	}
	END {
		for (i = first = 1; i <= nr; i++) {
			if (word[i] == "{" && !depth++)
				body = i
			if (word[i] == "}")
				depth--
			if (depth || (word[i] != ";" && word[i] != "}"))
				continue
			declare(first, i - 1, body)
			if (word[i] == "}" && word[i + 1] == ";")
				i++
			first = i + 1
			body = 0
		}
		for (e = 1; e <= nr_exports; e++) {
			all = ""
			split("", seen)
			expand(export[e])
			crc = 0
			for (i = 1; i <= length(all); i++)
				crc = (crc * 31 + code[substr(all, i, 1)]) % 2147483647
			printf "#SYMVER %s 0x%08x\n", export[e], crc
		}
	}
'
