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

run 0 'install' make install DESTDIR="$work/dest" prefix=/usr
is "$(printf '%s\n' ./usr/bin/cocciseries \
	./usr/share/cocciseries/semantic-patches/demo/series \
	./usr/share/man/man1/cocciseries.1)" \
	"$(cd dest && find . -type f | sort)" 'puts each file in its place'
run 0 'uninstall' make uninstall DESTDIR="$work/dest" prefix=/usr
is '' "$(find dest -type f)" 'takes all of them away'
run 0 'clean' make clean
ok 'leaves no build' test ! -e build

finish
