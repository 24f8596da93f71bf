#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The Makefile on a small project of its own: what make run hands on, that each
# change is seen, and what install puts where.
. "$(dirname "$0")/lib.sh"

cp "$top/Makefile" .
mkdir -p lib driver verify tests/unit scripts build semantic-patches/demo man
for script in setup fetch-kernel; do
	printf '#!/bin/sh\n[ %s = setup ] || echo "/the/kernel"\n' $script \
		>scripts/$script
	chmod +x scripts/$script
done
echo 'demo' >semantic-patches/demo/series
echo '.TH X 1' >man/cocciseries.1
cat >lib/one.h <<'EOF'
#define ONE 1
int one(void);
EOF
cat >lib/one.c <<'EOF'
#include "one.h"
int one(void)
{
	return ONE;
}
EOF

run 0 'without driver/main.c the library builds' make
ok 'the library is there' test -e build/libcocciseries.a
ok 'the program is not' test ! -e build/cocciseries

cat >driver/main.c <<'EOF'
#include <stdio.h>
#include "lib/one.h"
int main(int argc, char **argv)
{
	printf("%d", one());
	for (int i = 1; i < argc; i++)
		printf(" <%s>", argv[i]);
	printf("\n");
	return 0;
}
EOF
run 0 'with it the program does' make
is 1 "$(build/cocciseries)" 'it runs'
run 0 'a second make does nothing' make
out_lacks '.o'
echo '#define ONE 2
int one(void);' >lib/one.h
run 0 'a changed header is seen' make
is 2 "$(build/cocciseries)" 'in the program'
run 0 'changed flags are seen' make CPPFLAGS=-DX
out_has 'lib/one.o'
run 0 'and changed back' make

echo 'int two(void); int two(void) { return 2; }' >lib/two.c
make >/dev/null
rm lib/two.c
make >/dev/null
lacks build/libcocciseries.a two.o 'a source that is gone leaves the library'

echo 'size_t length(void);' >lib/bad.h
run 2 'a header that does not compile alone is found' make hdr-check
err_has 'bad.h'
rm lib/bad.h
run 0 'the others do' make hdr-check

sed -i 's/return ONE;/int unused; return ONE;/' lib/one.c
run 0 'a warning is no error' make
err_has 'unused'
run 2 'but for a developer' make BUILD=build/check DEVELOPER=1
sed -i 's/int unused; //' lib/one.c

run 0 'make run takes the packaged kernel' make run JOBS=3
out_has '2 <run> <semantic-patches/kvm-x86-regs> <--tree> </the/kernel> <--results> <results> <--jobs> <3>'
run 0 'or what it is told' make run TREE=/a/tree BASE=v6.12 BRANCH=b SERIES=s \
	CONFIG='x y' RESULTS=r JOBS=1 ARGS='--json -- LLVM=1'
out_has '<run> <s> <--tree> </a/tree> <--results> <r> <--jobs> <1> <--base> <v6.12> <--branch> <b> <--config> <x> <--config> <y> <--json> <--> <LLVM=1>'
run 0 'a folder below home may be written with ~' make run 'TREE=~/linux'
out_has "<$HOME/linux>"
printf '#!/bin/sh\nexit 4\n' >scripts/fetch-kernel
run 2 'without a kernel it stops' make run
out_lacks '<run>'

# What is installed is the real program and all that belongs to it.
rm -r semantic-patches man
cp -R "$top/semantic-patches" "$top/man" "$top/completion" "$top/docs" .
cp "$cocciseries" build/cocciseries
dest="$work/a dest"
data=$dest/usr/share/cocciseries/semantic-patches
# shellcheck disable=SC2016 # for the inner shell
run 0 'install, as a user whose new files are private' sh -c \
	'umask 077 && exec make install DESTDIR="$1" prefix=/usr' - "$dest"
is "$( (printf '%s\n' usr/bin/cocciseries usr/share/man/man1/cocciseries.1 \
	usr/share/bash-completion/completions/cocciseries \
	usr/share/cocciseries/report.schema.json \
	usr/share/cocciseries/review.schema.json &&
	find semantic-patches -type f | sed 's,^,usr/share/cocciseries/,') |
	sort)" "$(cd "$dest" && find . -type f | sed 's,^\./,,' | sort)" \
	'puts each file in its place'
is "$dest/usr/bin/cocciseries" "$(find "$dest" -type f -perm /111)" \
	'the program alone can be run'
is '' "$(find "$dest" -mindepth 1 ! -perm -444 -o -type d ! -perm -555)" \
	'everybody can read them'
for series in "$data"/*; do
	run 0 "the installed program reads ${series##*/}" \
		"$dest/usr/bin/cocciseries" list "$series"
	is "$(grep -c '^[0-9]' "$series/series")" "$(wc -l <out)" \
		'and lists its steps'
done
touch "$data/kvm-x86-regs/0001-of-an-older-version.cocci"
run 0 'install over an older version' make install DESTDIR="$dest" prefix=/usr
run 0 'leaves none of its steps' \
	"$dest/usr/bin/cocciseries" list "$data/kvm-x86-regs"
run 0 'uninstall' make uninstall DESTDIR="$dest" prefix=/usr
is '' "$(find "$dest" -type f -o -name 'cocciseries*')" \
	'takes all of them away'
run 0 'install below a prefix of its own' make install prefix="$work/opt"
run 0 'the program runs there' opt/bin/cocciseries --version
run 0 'uninstall there' make uninstall prefix="$work/opt"
is '' "$(find opt ! -type d)" 'nothing is left'
run 0 'clean' make clean
ok 'leaves no build' test ! -e build

finish
