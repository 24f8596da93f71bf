#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The items of real kernels against universal-ctags, for each packaged kernel
# that the user's cache has (make corpus fetches both).
. "$(dirname "$0")/lib.sh"
need ctags

CORPUS_ITEMS=${CORPUS_ITEMS:-$top/build/check/tests/corpus-items}
export CORPUS_ITEMS
[ -x "$CORPUS_ITEMS" ] || skip_all 'corpus-items is not built: make test builds it'
for series in 6.12 6.1; do
	if tree=$(kernel_tree $series); then
		run 0 "the items of linux $series" \
			"$top/tests/corpus/check-items" "$tree"
	else
		skip "the items of linux $series" 'not in the cache'
	fi
done
finish
