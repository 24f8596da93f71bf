#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Programs that a run has started, and that do not come to their end: killed (a
# machine without memory does that), without room on the disk, or hanging until
# their time is over. That is never an answer of theirs: no verdict is made of
# it, nothing of it is kept, and the next run gives what an undisturbed one does.
# shellcheck disable=SC2317 # functions that run() calls

# shellcheck source=tests/command/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/command/scene.sh
. "$top/tests/command/scene.sh"

printf 'CONFIG_%s=y\n' OBJTOOL MODVERSIONS >>one/configs/plain.config
make_tree "$tree"
remember
run 0 'an undisturbed run' run_one --json
cp out whole.json
first=$(tip)
untouched 'undisturbed' cocciseries/one

# stops WHAT MESSAGE: run_one() ends with status 4, and says so
stops() {
	run 4 "$1" run_one
	err_has "$2"
	is '' "$(cat out)" "$1: no report"
	untouched "$1"
}

goes_on() {
	no_fault
	run 0 "$1: the next run" run_one --json
	ok "$1: the same report" cmp whole.json out
	is "$first" "$(tip)" "$1: the same commits"
	untouched "$1" cocciseries/one
}

# ---- Killed -----------------------------------------------------------------

# robbed WHAT PROGRAM NUMBER PATTERN [WHOM]: this call is killed; WHOM is 0 where
# a script of the tree that calls it is to be killed as well, with its group
robbed() {
	echo "kill -KILL ${5-\$\$}" | at_call "$2" "$3" "$4"
	stops "killed: $1" "killed by signal 9 (Killed)"
}

# From here on each run goes on where the one before has stopped.
forget
robbed 'git describes' git 1 '*describe*'
robbed 'git asks for the name' git 1 '*GIT_COMMITTER_IDENT*'
robbed 'git writes' git 1 '*hash-object*'
robbed 'spatch' spatch 1 '*--in-place*'
robbed 'make' make 1 '*modules_prepare*'
robbed 'modpost' objcopy 1 '*.export_symbol*' 0
robbed 'the probe for a flag' gcc 1 '*"-Werror -x c -c"*'
robbed 'the question for builtins' gcc 1 '*"-undef -E"*'
robbed 'the preprocessor' gcc 1 '*" -E -o "*'
robbed 'the compiler' gcc 1 '*"-c -o "*/making/*'
robbed 'objtool' objdump 1 '*"-dr "*/making/*' 0
robbed 'genksyms' awk 1 '*dump=*/making/*'
robbed 'the probe for a flag of clang' clang 1 '*-emit-llvm*'
robbed 'clang' clang 1 '*-emit-llvm*/making/*'
goes_on 'killed'

# Below make only what make says tells of it.
forget
echo 'kill -KILL $$' | at_call gcc 4 '*"-c -o dev/"*'
stops 'killed: a compiler of the build' '] Error 137'
at_call gcc 4 '*"-c -o dev/"*' <<'END'
echo 'gcc: fatal error: Killed signal terminated program cc1' >&2
exit 1
END
stops 'killed: what the compiler runs' 'Killed signal terminated program cc1'
goes_on 'killed below make'

# ---- No room ----------------------------------------------------------------

# What compilers say when /tmp is full.
forget
for which in 'gcc */making/*' 'clang *-emit-llvm*'; do
	at_call "${which%% *}" 1 "${which#* }" <<'END'
echo "fatal error: error writing to /tmp/x.s: No space left on device" >&2
exit 1
END
	stops "no room: $which" 'x.s: No space left on device'
done
at_call clang 1 '*-emit-llvm*' <<'END'
echo "LLVM ERROR: IO failure on output stream: No space left on device" >&2
seq 30 >&2
exit 1
END
stops 'no room, and a stack behind it' 'stream: No space left on device'
goes_on 'no room'

# A crash, though, is what this program does with this text.
forget
at_call clang 1 '*-emit-llvm*/making/*' <<'END'
kill -SEGV $$
END
run 0 'clang crashes' run_one
out_has 'units that clang does not take'
no_fault

# ---- Hanging ----------------------------------------------------------------

# hangs WHAT PROGRAM NUMBER PATTERN: it and a child of its, for a minute
hangs() {
	rm -f child
	at_call "$2" "$3" "$4" <<-END
		sleep 60 &
		echo \$! >$work/child
		wait
	END
	export COCCISERIES_TIMEOUT=2
	stops "hangs: $1" 'COCCISERIES_TIMEOUT sets another'
	unset COCCISERIES_TIMEOUT
	child_has_ended
}

# What takes longest is made before: only what hangs has to meet the limit.
forget
echo 'exit 1' | at_call gcc 1 '*" -E -o "*'
run 4 'the base is built' run_one
hangs 'the preprocessor' gcc 1 '*" -E -o "*'
err_has 'was killed after 2 seconds'
hangs 'clang' clang 1 '*-emit-llvm*'
hangs 'a compiler of the build' gcc 1 '*"-c -o dev/"*'
err_has "'make -C"
goes_on 'hanging'
forget
hangs 'spatch' spatch 1 '*--in-place*'
err_has 'spatch did not end in 2 s and was killed'
hangs 'git' git 1 '*hash-object*'
for limit in 0 -1 1h '1 ' 99999999999; do
	run 129 "no time limit: '$limit'" \
		env COCCISERIES_TIMEOUT="$limit" "$cocciseries" apply one \
		--tree "$tree"
	err_has "COCCISERIES_TIMEOUT is '$limit', not a number of seconds"
done

finish
