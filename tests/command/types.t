#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The types rung in whole runs: beside the others where gcc builds, in the
# place of the code rung where clang does, and not run where there is none.
# shellcheck disable=SC2317 # functions that run() calls

# shellcheck source=tests/command/lib.sh
. "$(dirname "$0")/lib.sh"
need git spatch gcc make clang

series=$top/tests/series/demo
tree=$work/tree
cp -r "$top/tests/tree" "$tree"
git -C "$tree" init -q
git -C "$tree" add -A
git -C "$tree" commit -qm 'the tree'
git -C "$tree" tag base

# run_demo RESULTS [ARGUMENT...]
run_demo() (
	_results=$1
	shift
	"$cocciseries" run "$series" --tree "$tree" --base base \
		--results "$_results" "$@"
)

# How often a rung has this result: four steps in two configurations.
count() {
	cat "$1"/*/*/report.json | tr -d ' \n' |
		grep -o "{\"rung\":\"$2\",\"result\":\"$3\"" | wc -l
}

run 0 'where gcc builds' run_demo by-gcc
is 8 "$(count by-gcc types equal)" 'the types of all steps are equal'
is 8 "$(count by-gcc code equal)" 'and so is their code'
out_has 'functions and globals'
ok 'the report says which clang' grep -q '"clang": ".*clang version' \
	by-gcc/*/*/report.json

run 0 'where clang builds' run_demo by-clang -- LLVM=1
is 8 "$(count by-clang types equal)" 'the types of all steps are equal'
ok 'they stand for the code' grep -q '"gate": "types"' by-clang/*/*/report.json
is 0 "$(count by-clang code different)" 'which tells nothing apart'

mkdir bin
printf '#!/bin/sh\nexit 1\n' >bin/clang
chmod +x bin/clang
PATH=$work/bin:$PATH
run 0 'where there is no clang' run_demo by-none
is 8 "$(count by-none types not-run)" 'the rung is not run'

finish
