savedcmd_a/x.o := gcc -Wp,-MMD,a/.x.o.d  -nostdinc -I./include -D__KERNEL__ -DKBUILD_MODNAME='"x"' -D"KBUILD_STR(s)=$(pound)s" -c -o a/x.o a/x.c ; ./tools/objtool/objtool --hacks a/x.o

source_a/x.o := a/x.c

deps_a/x.o := \
    $(wildcard include/config/FOO) \
  include/linux/y.h \
  /usr/lib/z.h \

a/x.o: $(deps_a/x.o)

$(deps_a/x.o):
