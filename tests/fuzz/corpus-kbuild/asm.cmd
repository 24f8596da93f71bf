cmd_x.o := gcc -c $$x $(pound) `ls`
source_x.o := x.S
