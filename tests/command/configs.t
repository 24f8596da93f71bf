#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Which configurations are built, and with what: those that wait to be asked for,
# make arguments of their own, a compiler that is not there.

# shellcheck source=tests/command/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/command/scene.sh
. "$top/tests/command/scene.sh"

make_tree "$tree"

# A compiler of another name, which says so.
mkdir -p bin
cat >bin/gcc-other <<END
#!/bin/sh
echo "\$*" >>$work/other.log
[ "\$1" != --version ] || { echo 'gcc-other 99.0'; exit; }
exec gcc "\$@"
END
chmod +x bin/gcc-other
PATH=$work/bin:$PATH

# config NAME LINE...: the plain configuration with these lines at its top
config() {
	_name=$1
	shift
	{
		printf '%s\n' "$@"
		cat one/configs/plain.config
	} >"one/configs/$_name.config"
}

# rows: the configurations of the report that was printed, in a line
rows() {
	python3 -c 'import json, sys
step = json.load(sys.stdin)["steps"][0]
print(*[row["name"] for row in step["configs"]])' <out
}

config other '# Make: CC=gcc-other' '# When: requested'
config absent '# Make: CC=gcc-0' '# When: requested'

run 0 'nothing is asked for' run_one --json
is plain "$(rows)" 'those that wait to be asked for are not built'
ok "their compilers are not even called" test ! -e other.log

run 0 'one is asked for' run_one --json --config other
is other "$(rows)" 'it alone is built'
ok 'by its compiler' grep -q -e '-c -o dev/' other.log
out_has '"compiler": "gcc-other 99.0"'

run 0 'two are asked for' run_one --json --config plain --config other
is 'other plain' "$(rows)" 'both are built'
out_has '"compiler of plain": "gcc'

run 0 'what the command line gives make stands before' \
	run_one --json --config other -- CC=false
is other "$(rows)" 'the own compiler is what is used'

run 4 'a compiler that is not there' run_one --config absent
err_has "configuration absent: 'gcc-0' not found: install the package gcc-0"

run 0 'all' run_one --json --config all
is 'other plain' "$(rows)" 'are all that this machine can build'
out_has "configuration absent: 'gcc-0' not found: install the package gcc-0: it is left out"

run 4 'all, and one by name' run_one --config all --config absent
err_has "'gcc-0' not found"

tip=$(tip)
run 0 'of a range' "$cocciseries" verify --tree "$tree" --json "base..$tip" one
is plain "$(rows)" 'those that wait are not built'
run 0 'of a range, all' "$cocciseries" verify --tree "$tree" --json \
	"base..$tip" one --config all
is 'other plain' "$(rows)" 'all that this machine can build are'

config plain2 '# When: never'
run 129 'another word than requested' run_one
err_has "plain2.config: '# When: never' is not '# When: requested'"
config plain2 '# Make: clean'
run 129 'a goal among the make arguments' run_one
err_has "'# Make:' has 'clean', which is not like CC=gcc-12 or LLVM=1"
config plain2 '# Make: O=/elsewhere'
run 129 'a folder among the make arguments' run_one
err_has "'# Make:' has 'O=/elsewhere'"

finish
