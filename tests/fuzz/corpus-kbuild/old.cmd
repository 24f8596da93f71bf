cmd_a/x.o := ccache gcc -c -o a/x.o ../src/a/../b/x.c && echo "a\"b" | cat
source_a/x.o := ../src/a/../b/x.c
deps_a/x.o := \
  a\
