#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# scripts/fetch-kernel with an archive that is played: packages of a tiny tree
# made with dpkg-deb, and apt-cache and apt-get that serve them.
. "$(dirname "$0")/lib.sh"
need dpkg-deb flock setsid xz

fetch=$top/scripts/fetch-kernel
mkdir bin archive
PATH=$work/bin:$PATH

# package VERSION [FILE...]: a linux-source package whose tree has the files, too
package() {
	_version=$1 _root=$work/pkg
	shift
	rm -rf "$_root"
	mkdir -p "$_root/DEBIAN" "$_root/usr/src" "$_root/linux/arch/x86/kvm"
	printf '%s\n' 'Package: linux-source-6.12' "Version: $_version" \
		'Architecture: all' 'Maintainer: A Tester <t@example.org>' \
		'Description: test' >"$_root/DEBIAN/control"
	printf '.*\n/*\n!.gitignore\n' >"$_root/linux/.gitignore"
	echo "version $_version" >"$_root/linux/Makefile"
	echo 'int x;' >"$_root/linux/arch/x86/kvm/x86.c"
	for _file; do
		echo 'int y;' >"$_root/linux/$_file"
	done
	tar -cJf "$_root/usr/src/linux-source-6.12.tar.xz" -C "$_root" linux
	rm -rf "$_root/linux"
	dpkg-deb -b --root-owner-group "$_root" \
		"archive/$_version.deb" >/dev/null
}

cat >bin/apt-cache <<EOF
#!/bin/sh
cat $work/madison
EOF
cat >bin/apt-get <<EOF
#!/bin/sh
for last; do :; done
echo "\$last" >>$work/apt.log
[ -e $work/archive/\${last#*=}.deb ] || exit 100
[ ! -e $work/stall ] || { touch $work/stalled; sleep 60; }
cp $work/archive/\${last#*=}.deb .
EOF
chmod +x bin/*

# offer VERSION...: what the archive's index lists
offer() {
	rm -rf "$COCCISERIES_CACHE" apt.log
	for _version; do
		echo "linux-source-6.12 | $_version | http://example.org main Packages"
	done >madison
}

package 6.12.200-1 arch/x86/kvm/regs.c
package 6.12.112-1 arch/x86/kvm/regs.c
package '6.12.111-1~deb12u1'
package 6.12.94-1
package 6.12.60-1

offer 6.12.200-1 '6.12.111-1~deb12u1' 6.12.94-1
run 1 'an empty cache has no kernel' "$fetch" --cached
run 0 'a kernel is fetched' "$fetch"
tree=$COCCISERIES_CACHE/linux-6.12.111-1_deb12u1
is "$tree" "$(cat out)" 'the best version known, and only its folder on stdout'
is 'linux-source-6.12=6.12.111-1~deb12u1' "$(cat apt.log)" 'nothing else was downloaded'
is linux-source-6.12.111-1_deb12u1 "$(git -C "$tree" describe --tags)" 'git describe names it'
is '' "$(git -C "$tree" status --porcelain)" 'all of it is committed'
is "$(printf '%s\n' .gitignore Makefile arch/x86/kvm/x86.c)" \
	"$(git -C "$tree" ls-files)" 'with what .gitignore would leave out'
is "$tree" "$(echo "$COCCISERIES_CACHE"/linux-*)" 'nothing else is in the cache'
ok 'nor anything half made' test ! -e "$COCCISERIES_CACHE/fetching"
commit=$(git -C "$tree" rev-parse HEAD)

rm apt.log
run 0 'a second run finds it' "$fetch"
is "$tree" "$(cat out)" 'in the same place'
ok 'without a download' test ! -e apt.log
run 0 '--cached finds it' "$fetch" --cached

# Another user, with settings that change what git writes.
offer '6.12.111-1~deb12u1'
cat >>"$GIT_CONFIG_GLOBAL" <<EOF
[core]
	autocrlf = input
	excludesFile = $work/excludes
[commit]
	gpgSign = true
[init]
	defaultBranch = other
EOF
echo '*.c' >excludes
run 0 'settings of the user do not matter' env GIT_AUTHOR_DATE=2001-01-01T00:00:00 \
	GIT_COMMITTER_NAME=Other TZ=Asia/Tokyo "$fetch"
is "$commit" "$(git -C "$tree" rev-parse HEAD)" 'the commit is the same'
is cocciseries "$(git -C "$tree" config user.name)" 'the repository has an identity'

offer 6.12.200-1 6.12.112-1 6.12.60-1
run 0 'without a known version another is tried' "$fetch"
is "$COCCISERIES_CACHE/linux-6.12.60-1" "$(cat out)" 'the one that lacks the destination'
err_has '6.12.112-1 has arch/x86/kvm/regs.c already'
lacks apt.log 6.12.200 'one that is too new is not tried'

offer '6.12.111-1~deb12u1' 6.12.94-1
mv 'archive/6.12.111-1~deb12u1.deb' gone.deb
run 0 'a version that is listed but gone is passed over' "$fetch"
is "$COCCISERIES_CACHE/linux-6.12.94-1" "$(cat out)" 'for the next'

offer '6.12.111-1~deb12u1' 6.12.94-1
head -c 700 gone.deb >'archive/6.12.111-1~deb12u1.deb'
run 0 'a package that is cut off is passed over' "$fetch"
is "$COCCISERIES_CACHE/linux-6.12.94-1" "$(cat out)" 'for the next, too'
mv gone.deb 'archive/6.12.111-1~deb12u1.deb'

# setup --refresh is called before giving up; the played apt-get fails it.
offer 6.12.200-1
printf '#!/bin/sh\necho 0\n' >bin/id
chmod +x bin/id
run 4 'no version is an error' "$fetch"
err_has 'no version of linux-source-6.12 without arch/x86/kvm/regs.c is to be had'
err_has 'make run TREE='
is '' "$(cat out)" 'nothing on stdout then'
ok 'and no tree' test ! -e "$COCCISERIES_CACHE/fetching"

# A version by its name, whatever it has.
offer 6.12.112-1 '6.12.111-1~deb12u1' 6.12.94-1
run 0 'a version by its name' "$fetch" '6.12.111-1~deb12u1'
rm apt.log
run 0 'another one beside it' "$fetch" 6.12.112-1
is "$COCCISERIES_CACHE/linux-6.12.112-1" "$(cat out)" 'that has the destination'
is 'linux-source-6.12=6.12.112-1' "$(cat apt.log)" 'and is downloaded alone'
run 1 'one that is not there is not another one' "$fetch" --cached 6.12.94-1
run 4 'one that the archive has not' "$fetch" 6.12.1-1
err_has 'no linux-source-6.12 6.12.1-1; it has:'
err_has '6.12.94-1'
run 129 'a kernel of no series' "$fetch" 5.10.1-1

# A kill in the middle, then two runs at once.
offer '6.12.111-1~deb12u1'
touch stall
setsid "$fetch" >/dev/null 2>&1 &
pid=$!
for _ in $(seq 100); do
	[ ! -e stalled ] || break
	sleep 0.1
done
ok 'a run is under way' test -e stalled
kill -KILL "-$pid"
wait "$pid" 2>/dev/null || true
rm stall apt.log
run 1 'a killed run leaves no kernel' "$fetch" --cached
"$fetch" >first 2>/dev/null &
pid=$!
run 0 'two at once' "$fetch"
wait "$pid"
is "$(cat first)" "$(cat out)" 'come to the same tree'
is 1 "$(grep -c 6.12.111 apt.log)" 'after one download'
ok 'and what the killed one left is gone' test ! -e "$COCCISERIES_CACHE/fetching"

run 129 'an unknown series is wrong usage' "$fetch" 5.10
finish
