#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Steps that are verified side by side, in stretches with folders of their own: what
# is reported is what one stretch reports, to the byte, whatever goes wrong in them.
# The processes are more than most machines have processors for; it is their number
# that stretches go by.
# shellcheck disable=SC2317 # functions that run() calls

# shellcheck source=tests/command/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/command/scene.sh
. "$top/tests/command/scene.sh"

make_tree "$tree"
git -C "$tree" reset -q --hard

# edit SCRIPT FILE: a commit that sed makes
edit() {
	sed -i "$1" "$tree/$2"
	git -C "$tree" commit -qam "port: $1"
}

# Eight commits; SCRIPT makes the last but one, which is in the second stretch.
make_range() {
	git -C "$tree" checkout -q -b "$1" base
	edit 's/\<line_is_masked\>/line_masked/g' dev/irq.c
	edit 's/\<port_valid_ctrl\>/port_ctrl_is_valid/g' dev/core.c
	edit 's/\<line_masked\>/masked/g' dev/irq.c
	edit 's/\<port_ctrl_is_valid\>/port_valid_ctrl/g' dev/core.c
	edit 's/\<masked\>/masked_line/g' dev/irq.c
	edit 's/^#define PORT_NR_DEBUG 4/& \/* of them *\//' dev/port.h
	edit "$2" dev/irq.c
	edit 's/ \/\* of them \*\///' dev/port.h
}

# verify JOBS ARGUMENT...: in a cache that is called after the jobs
verify() {
	_jobs=$1
	shift
	"$cocciseries" verify --tree "$tree" --cache "$work/cache$_jobs" \
		-j"$_jobs" "$@"
}

# same NAME RANGE STATUS: one stretch and two print and report the same
same() {
	rm -rf cache1 cache16 results1 results16
	run "$3" "$1: one stretch" verify 1 "$2" --results results1
	err_lacks 'side by side'
	cp out one.out
	run "$3" "$1: two stretches" verify 16 "$2" --results results16
	err_has '2 stretches of steps side by side'
	# whether make says this depends on what else it was doing
	sed -i '/\*\*\* Waiting for unfinished jobs/d' one.out out
	ok "$1: the same is printed" cmp one.out out
	ok "$1: the same report" diff -r results1 results16
}

make_range good 's/\<masked_line\>/masks_its_line/g'
same good base..good 0
folder=$(echo cache16/work/*)
ok 'each has a source folder' test -d "$folder/src-1/dev"
ok 'and build folders' test -d "$folder/config/default/out-1/dev"
ok 'there is no third' test ! -e "$folder/src-2"

run 0 'all is known' verify 16 base..good
err_lacks 'side by side' 'there is nothing to do side by side'
ok 'the folders are for the next run' test -d "$folder/src-1/dev"
run 0 'with fewer jobs' verify 2 base..good --cache cache16
ok 'the source folder that has no use is gone' test ! -e "$folder/src-1"
ok 'with its index' test ! -e "$folder/src-1.index"
is 'after before out units' \
	"$(cd "$folder/config/default" && echo *)" 'and the build folders'
run 0 'too few steps to do' verify 16 good~2..good --cache cache2
err_lacks 'side by side' 'are one stretch'

make_range broken 's/1u << line;/1u << no_line;/'
same 'does not build' base..broken 1
out_has 'the commit does not build'
lacks out "$work" 'where it was built is not told'

# What the second stretch begins with does not build.
git -C "$tree" checkout -q -b between good~5
edit 's/1u << line;/1u << no_line;/' dev/irq.c
edit 's/1u << no_line;/1u << line;/' dev/irq.c
git -C "$tree" cherry-pick good~3 good~2 good~1 >/dev/null 2>&1
same 'does not build where it is cut' base..between 1
out_has '1 undecided, 1 different' 'what stands on it is undecided'

make_range bug 's/1u << line;/2u << line;/'
same 'a bug' base..bug 1

# ---- Ends before their time -------------------------------------------------

# The steps, by their numbers: what progress calls them.
step() {
	git -C "$tree" rev-list --reverse base..good | sed -n "$1p" | cut -c 1-12
}

# compiler: what is on stdin runs before each compilation for a stock object. It may
# use in_step NAME FILE, true where the file that is compiled is called so and has
# this name in it, $run, the number of the run's process, and $stretch, its folder.
compiler() {
	rm -rf bin
	mkdir bin
	{
		cat <<-OUTER
			#!/bin/sh
			real=$(command -v gcc)
			run=\$(cat $work/pid)
			stretch=\${PWD##*/}
			for last; do :; done
			in_step() {
				[ "\${last##*/}" = "\$2" ] && grep -q "\$1" "\$last"
			}
			case "\$*" in
			*" -c -o dev/"*) ;;
			*) exec \$real "\$@" ;;
			esac
		OUTER
		cat
		# shellcheck disable=SC2016 # for the script
		echo 'exec $real "$@"'
	} >bin/gcc
	chmod +x bin/gcc
}

# verify_with JOBS: with that compiler, in a fresh cache
verify_with() {
	rm -rf cache16 results16 child first
	# shellcheck disable=SC2016 # for the inner shell
	PATH="$work/bin:$PATH" sh -c 'echo $$ >pid && exec "$@"' - \
		"$cocciseries" verify --tree "$tree" --cache "$work/cache16" \
		"-j$1" base..good
}

# goes_on NAME: the next run ends as an undisturbed one
goes_on() {
	run 0 "$1: the next run" verify 16 base..good --results results16
	err_has '(known)' 'goes on from there'
	ok "$1: the same is printed" cmp good.out out
	ok "$1: the same report" diff -r good.results results16
}

run 0 'undisturbed' verify 1 base..good --results good.results
cp out good.out

compiler <<'END'
! in_step masks_its_line irq.c || kill -KILL "$run"
END
run 137 'kill -9 in the second stretch' verify_with 16
goes_on 'kill -9'

compiler <<END
if in_step masks_its_line irq.c; then
	sleep 60 &
	echo \$! >$work/child
	kill -INT "\$run"
	wait
fi
END
run 130 'SIGINT in the second stretch' verify_with 16
err_has 'cocciseries: stopped; what is finished is kept'
child_has_ended
goes_on 'SIGINT'

# A compiler that is killed says nothing of a commit.
compiler <<'END'
! in_step masks_its_line irq.c || kill -KILL $$
END
for jobs in 1 16; do
	run 4 "the compiler is killed, -j$jobs" verify_with $jobs
	err_has "error: step $(step 7): configuration default: "
done
goes_on 'the compiler is killed'

# Both fail: the second while the first has done so already.
compiler <<END
if in_step port_ctrl_is_valid core.c && [ \$stretch = out ]; then
	touch $work/first
	kill -KILL \$\$
fi
if in_step masked_line irq.c; then
	while [ ! -e $work/first ]; do sleep 0.1; done
	kill -KILL \$\$
fi
END
run 4 'both fail' verify_with 16
err_has "error: step $(step 2): configuration default: " 'the earlier step is told'
err_lacks "step $(step 5)"

# A stretch in which nothing fails.
compiler <<END
if in_step port_ctrl_is_valid core.c && [ \$stretch = out ]; then
	touch $work/first
	kill -KILL \$\$
fi
if in_step masked_line irq.c; then
	while [ ! -e $work/first ]; do sleep 0.1; done
	sleep 1
fi
END
run 4 'the first fails' verify_with 16
err_has "error: step $(step 2): configuration default: "
err_lacks "verify  $(step 6)" 'the other stops'
goes_on 'the first fails'

finish
