#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# scripts/setup on machines that are played by small programs in bin/: what
# dpkg-query knows, who we are, and what apt-get is asked for.
. "$(dirname "$0")/lib.sh"

setup=$top/scripts/setup
mkdir bin
PATH=$work/bin:$PATH

# program NAME: makes bin/NAME of the script on stdin
program() {
	{ echo '#!/bin/sh' && cat; } >"bin/$1"
	chmod +x "bin/$1"
}

# The packages that are installed, one a line.
"$setup" --list build >installed
program dpkg-query <<-EOF
	sed 's/\$/ installed/' $work/installed
	echo 'removed-but-configured config-files'
EOF
program apt-get <<-EOF
	echo "\$*" >>$work/apt.log
	case "\$*" in *fail-update*) exit 100 ;; esac
	exit \$(cat $work/apt-status 2>/dev/null || echo 0)
EOF
echo 'echo 0' | program id

run 0 'a complete machine needs nothing' "$setup" build
err_has 'packages for build are installed'
is '' "$(cat out)" 'stdout stays free'
ok 'apt-get was not asked' test ! -e apt.log

grep -v '^libelf-dev$' installed >less
mv less installed
run 0 'a missing package is installed' "$setup" build
err_has 'setup: installing libelf-dev'
has apt.log 'update'
has apt.log 'install --no-install-recommends libelf-dev'
is 2 "$(wc -l <apt.log)" 'with one update and one install'

run 0 'a package that was removed does not count' "$setup" fuzz
err_has 'setup: installing clang libclang-rt-dev'

echo 100 >apt-status
run 4 'a failure of apt-get is one of ours' "$setup" build
err_has 'apt-get could not install: libelf-dev'
rm apt-status

echo 'echo 1000' | program id
echo "echo \"sudo \$*\" >>$work/apt.log" | program sudo
rm apt.log
run 0 'sudo is used where there is one' "$setup" build
has apt.log 'sudo -- env DEBIAN_FRONTEND=noninteractive apt-get'

# Only what the script itself needs, so that the machine's sudo is out of sight.
mkdir plain
for tool in sh sed sort cat env; do
	ln -s "$(command -v "$tool")" plain/
done
rm bin/sudo
run 4 'without root or sudo it says what to type' \
	env "PATH=$work/bin:$work/plain" "$setup" build
err_has 'as root, run: env DEBIAN_FRONTEND=noninteractive apt-get'

rm bin/dpkg-query bin/apt-get
run 0 'elsewhere than on Debian it only lists' \
	env "PATH=$work/bin:$work/plain" "$setup" build
err_has 'not a Debian system'
err_has 'libelf-dev'

run 129 'an unknown purpose is wrong usage' "$setup" nonsense
err_has "unknown purpose 'nonsense'"

finish
