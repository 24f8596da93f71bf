#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# compare on objects that gcc makes of small files: what a move may change is
# equal, what it may not is different, what cannot be read is no verdict.

# shellcheck source=tests/command/lib.sh
. "$(dirname "$0")/lib.sh"
need gcc objcopy

flags='-O2 -c -fno-pie -ffunction-sections -fdata-sections -ffreestanding
	-fno-asynchronous-unwind-tables -fno-inline-small-functions
	-fno-inline-functions-called-once -fno-ipa-icf -fno-ipa-ra -fno-ipa-sra
	-fno-ipa-cp -fno-ipa-pure-const -fno-ipa-modref -fcf-protection=none'

# compile FOLDER: every .c of it
compile() {
	# shellcheck disable=SC2086 # a list of flags
	(cd "$1" && for source in *.c; do gcc $flags "$source"; done)
}

header='struct shape { int width, height; unsigned long flags; };
int shape_area(const struct shape *s);
int shape_perimeter(const struct shape *s);
int shape_scale(struct shape *s, int by);
void shape_say(const char *text);
extern int shape_limit;'

area='int shape_area(const struct shape *s)
{
	return s->width * s->height;
}'

perimeter='int shape_perimeter(const struct shape *s)
{
	return 2 * (s->width + s->height);
}'

scale='int shape_limit = 1000;
static const char too_large[] = "the shape is too large";

int shape_scale(struct shape *s, int by)
{
	if (by > shape_limit || shape_area(s) > shape_limit) {
		shape_say(too_large);
		return -1;
	}
	s->width *= by;
	s->height *= by;
	return shape_perimeter(s);
}'

# tree FOLDER: the files before the move
tree() {
	mkdir "$1"
	printf '%s\n' "$header" >"$1/shapes.h"
	printf '#include "shapes.h"\n\n%s\n\n%s\n\n%s\n' \
		"$area" "$perimeter" "$scale" >"$1/shapes.c"
}

# moved FOLDER: area and perimeter stand in a file of their own
moved() {
	mkdir "$1"
	printf '%s\n' "$header" >"$1/shapes.h"
	printf '#include "shapes.h"\n\n%s\n' "$scale" >"$1/shapes.c"
	printf '#include "shapes.h"\n\n%s\n\n%s\n' \
		"$area" "$perimeter" >"$1/area.c"
}

# mutant NAME FILE SED: a correct move with one change in one file, and run
mutant() {
	moved "$1"
	sed "$3" "$1/$2" >"$1/changed" && mv "$1/changed" "$1/$2"
	if cmp -s "$1/$2" "after/$2"; then
		fail "$1: nothing was changed"
	fi
	compile "$1"
	run 1 "$1: different" "$cocciseries" compare before -- "$1"
	is different "$(head -n 1 out)" "$1: the first line says so"
}

tree before
moved after
compile before
compile after

run 0 'one object, itself' \
	"$cocciseries" compare before/shapes.o -- before/shapes.o
is equal "$(head -n 1 out)" 'the first line is the result'
is '' "$(cat err)" 'nothing stands on stderr'
run 0 'a move between objects' \
	"$cocciseries" compare before/shapes.o -- after/shapes.o after/area.o
is equal "$(head -n 1 out)" 'a move is equal'
out_has '1 object before, 2 after'
run 0 'folders stand for their objects' "$cocciseries" compare before -- after
out_has '1 object before, 2 after'

run 0 'as JSON' "$cocciseries" compare --json before -- after
is '{"schema":1,"result":"equal"' "$(tr -d ' \n' <out | cut -c1-28)" \
	'JSON begins with schema and result'
for key in '"checked": ' '"differences": []' '"not_compared": [' \
	'"objects_before": 1' '"objects_after": 2' '"unclaimed": 0'; do
	out_has "$key"
done
cp out first
run 0 '--json may stand at the end' "$cocciseries" compare before -- after --json
ok 'and gives the same bytes' cmp first out

mutant operator area.c 's/s->width \* s->height/s->width + s->height/'
out_has shape_area 'operator: the function is named'
out_lacks shape_perimeter 'operator: the other is not'
mutant constant shapes.c 's/1000/1001/'
out_has shape_limit 'constant: the variable is named'
mutant callee shapes.c 's/shape_area(s) >/shape_perimeter(s) >/'
mutant string shapes.c 's/too large/to large/'
mutant field area.c 's/s->width \* s->height/s->height * s->height/'
mutant hidden area.c \
	's/^int shape_area/__attribute__((visibility("hidden"))) int shape_area/'
mutant weak area.c 's/^int shape_area/__attribute__((weak)) int shape_area/'
mutant lost area.c '/^int shape_perimeter/,/^}/d'
mutant writable shapes.c 's/^static const char/static char/'
mutant section area.c \
	's/^int shape_area/__attribute__((section(".init.text"))) int shape_area/'

run 1 'a copy that was left behind' \
	"$cocciseries" compare before -- before/shapes.o after/area.o
out_has shape_area

# Archives, thin ones too, and folders that hold modules only
need ar
mkdir kept
ar cDr kept/fat.a after/shapes.o after/area.o
ar cDrT kept/thin.a after/shapes.o after/area.o
run 0 'an archive' "$cocciseries" compare before -- kept/fat.a
out_has '1 object before, 2 after'
run 0 'a thin archive' "$cocciseries" compare before -- kept/thin.a
out_has '1 object before, 2 after'
run 0 'an archive in both forms' \
	"$cocciseries" compare kept/fat.a -- kept/thin.a
mv after/area.o area.moved
run 4 'a thin archive whose member is gone' \
	"$cocciseries" compare before -- kept/thin.a
err_has 'after/area.o'
mv area.moved after/area.o
head -c 300 kept/fat.a >kept/short.a
run 4 'a truncated archive' "$cocciseries" compare before -- kept/short.a
err_has 'malformed archive'
mkdir installed
cp before/shapes.o installed/shapes.ko
run 0 'a folder of modules' "$cocciseries" compare before -- installed
gzip -c before/shapes.o >shapes.ko.gz
run 4 'a compressed module' "$cocciseries" compare before -- shapes.ko.gz
err_has 'is compressed'

# Renamed symbols
moved renamed
sed 's/shape_perimeter/shape_outline/' renamed/area.c >renamed/changed
mv renamed/changed renamed/area.c
sed 's/shape_perimeter/shape_outline/' renamed/shapes.h >renamed/changed
mv renamed/changed renamed/shapes.h
sed 's/shape_perimeter/shape_outline/' renamed/shapes.c >renamed/changed
mv renamed/changed renamed/shapes.c
compile renamed
run 1 'a rename that nobody told of' "$cocciseries" compare before -- renamed
out_has shape_outline
run 0 'a rename' "$cocciseries" compare \
	--rename shape_perimeter=shape_outline before -- renamed
run 0 'a rename, told of at the end' "$cocciseries" compare \
	before -- renamed --rename=shape_perimeter=shape_outline
run 1 'another rename' "$cocciseries" compare \
	--rename shape_area=shape_outline before -- renamed
run 4 'a rename of nothing' "$cocciseries" compare \
	--rename shape_circle=shape_outline before -- renamed
err_has "no object before has a symbol 'shape_circle'"
for rename in shape_area shape_area= =shape_area shape_area=3d a=b=c a=a; do
	run 129 "--rename $rename" "$cocciseries" compare \
		--rename "$rename" before -- renamed
done
run 129 'a name that is renamed twice' "$cocciseries" compare \
	--rename a=b --rename a=c before -- renamed
run 129 'two renames to one name' "$cocciseries" compare \
	--rename a=c --rename b=c before -- renamed

mkdir local
cp after/*.o local
objcopy --localize-symbol=shape_perimeter local/area.o
run 1 'a function that became local' "$cocciseries" compare before -- local
out_has shape_perimeter
run 1 'the object that is missing' \
	"$cocciseries" compare after -- after/shapes.o
run 1 'different as JSON' "$cocciseries" compare --json before -- operator
out_has '"result": "different"'
out_has '"weight": "different"'
out_has '"name": "shape_area"'
run 1 'colour when asked' "$cocciseries" compare --color before -- operator
out_has "$(printf '\033[1;31mdifferent')"
run 1 'none by itself' "$cocciseries" compare before -- operator
out_lacks "$(printf '\033')"

# What cannot be read
echo 'no object' >junk.o
head -c 200 before/shapes.o >short.o
run 4 'no ELF file' "$cocciseries" compare junk.o -- before
err_has junk.o
run 4 'a truncated one' "$cocciseries" compare before -- short.o
err_has short.o
run 4 'an absent one' "$cocciseries" compare before -- none.o
err_has 'none.o: no such file or folder'
mkdir empty
run 4 'a folder without objects' "$cocciseries" compare before -- empty
err_has 'no object files'
gcc -shared -nostdlib -o shared.o -x c - </dev/null
run 4 'no relocatable object' "$cocciseries" compare shared.o -- before
is '' "$(cat out)" 'without a word on stdout'

# Wrong usage
run 129 'no border' "$cocciseries" compare before after
err_has "no '--'"
run 129 'no new objects' "$cocciseries" compare before --
err_has 'no new objects'
run 129 'no old objects' "$cocciseries" compare -- after
err_has 'no old objects'
run 129 'an unknown option' "$cocciseries" compare --colour before -- after
run 129 'an unknown colour setting' \
	"$cocciseries" compare --color=sometimes before -- after
run 0 'help' "$cocciseries" compare --help
out_has 'Usage: cocciseries compare'
out_has 'Exit status'
out_has '.mod'

finish
