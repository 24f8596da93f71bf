# SPDX-License-Identifier: GPL-2.0-only
#
# make            build/cocciseries and build/libcocciseries.a
# make check      set the machine up, then every test
# make run        set the machine up, then the main job on a packaged kernel
# make help       all the rest

# ---- What a user may set ----------------------------------------------------

CC = gcc
CFLAGS = -O2 -g
PKG_CONFIG = pkg-config
# 1: warnings are errors
DEVELOPER =
JOBS := $(shell nproc)
FUZZ_SECONDS = 60

# make run
SERIES = semantic-patches/kvm-x86-regs
# a clone of your own; empty: a packaged kernel
TREE =
# which packaged kernel: 6.12, 6.1, or a version of a package (6.1.170-3)
KERNEL = 6.12
# the commit to start from; empty: HEAD
BASE =
BRANCH =
# names of configurations; empty: all
CONFIG =
RESULTS = results
# anything else for cocciseries run
ARGS =

# make torture: how many kills; make torture, make mutants: which ones
KILLS = 200
SEED = 1
# make mutants: of one class; of steps, by their numbers
ONLY =
STEP =

# make install
prefix = /usr/local
bindir = $(prefix)/bin
datadir = $(prefix)/share
mandir = $(datadir)/man
completiondir = $(datadir)/bash-completion/completions
DESTDIR =

# ---- The build --------------------------------------------------------------

# Each way to build has a folder of its own (check, asan, ...), so that going
# from one to the other compiles nothing twice.
BUILD = build

LIBRARIES = libelf capstone jansson libmd libxml-2.0
WARNINGS = -Wall -Wextra -Wshadow -Wmissing-prototypes -Wstrict-prototypes \
	-Wdeclaration-after-statement -Wwrite-strings -Wvla -Wundef \
	-Wpointer-arith -Wold-style-definition
STD = -std=gnu11

main_object = $(BUILD)/driver/main.o
objects = $(patsubst %.c,$(BUILD)/%.o,$(wildcard lib/*.c verify/*.c driver/*.c))
library = $(BUILD)/libcocciseries.a
program = $(if $(wildcard driver/main.c),$(BUILD)/cocciseries)
unit_tests = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c))
corpus_items = $(if $(wildcard tests/corpus/items.c),$(BUILD)/tests/corpus-items)
replays = $(patsubst tests/fuzz/fuzz_%.c,$(BUILD)/tests/fuzz/replay_%,$(wildcard tests/fuzz/fuzz_*.c))
command_tests = $(wildcard tests/command/*.t)
headers = $(wildcard lib/*.h verify/*.h driver/*.h)
shell_scripts = $(wildcard scripts/*) .ci/run \
	$(wildcard tests/command/*.sh tests/command/*.t tests/torture/*.t)

# Asked for when the first recipe needs it: set-up may have to come first.
library_cflags = $(eval library_cflags := \
	$$(shell $(PKG_CONFIG) --cflags $(LIBRARIES)))$(library_cflags)
library_libs = $(eval library_libs := \
	$$(shell $(PKG_CONFIG) --libs $(LIBRARIES)))$(library_libs)
test_libs = $(eval test_libs := \
	$$(shell $(PKG_CONFIG) --libs cmocka))$(test_libs)

compile = $(CC) $(STD) $(WARNINGS) $(if $(filter 1,$(DEVELOPER)),-Werror) \
	$(CPPFLAGS) -I. $(library_cflags) $(CFLAGS)

# One short line a file; V=1 shows the commands.
V = 0
Q = $(if $(filter 0,$(V)),@printf '  %-7s %s\n' $(1) $@;)

# A sub-make inherits -j from the one that calls it, else it gets $(JOBS).
parallel = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(JOBS))

all: $(library) $(program)

# Changes when the compiler or its flags do, and then all is compiled again.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(compile) $(LDFLAGS)' | cmp -s - $@ || \
		echo '$(compile) $(LDFLAGS)' >$@

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call Q,CC)$(compile) -MMD -MP -c -o $@ $<

# The assembler reads what the page of a review has in it.
$(BUILD)/driver/html_page.o: driver/review.css driver/review.js

# A fresh archive: ar would keep the member of a source that is gone.
$(library): $(filter-out $(main_object),$(objects)) $(BUILD)/members
	$(call Q,AR)rm -f $@ && ar rcs $@ $(filter %.o,$^)

$(BUILD)/members: FORCE
	@mkdir -p $(@D)
	@echo '$(objects)' | cmp -s - $@ || echo '$(objects)' >$@

$(BUILD)/cocciseries: $(main_object) $(library)
	$(call Q,LINK)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(library_libs)

$(corpus_items): $(BUILD)/tests/corpus/items.o $(library)
	$(call Q,LINK)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(library_libs)

$(unit_tests): %: %.o $(library)
	$(call Q,LINK)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(test_libs) $(library_libs)

.SECONDARY: $(unit_tests:=.o)
-include $(objects:.o=.d) $(unit_tests:=.d) $(BUILD)/tests/corpus/items.d

# ---- Tests ------------------------------------------------------------------

check: setup setup-browser
	@$(MAKE) --no-print-directory $(parallel) BUILD=build/check \
		DEVELOPER=1 test

# cmocka speaks TAP itself; command tests are executables that do.
test: all hdr-check $(unit_tests) $(replays) $(corpus_items)
	CORPUS_ITEMS=$(abspath $(corpus_items)) \
	CMOCKA_MESSAGE_OUTPUT=tap COCCISERIES=$(abspath $(program)) \
		prove -j$(JOBS) --exec '' $(unit_tests) $(replays) $(command_tests)

# Each header compiles alone.
hdr-check: $(headers:%=$(BUILD)/hdr/%.ok)

$(BUILD)/hdr/%.ok: % $(BUILD)/flags
	@mkdir -p $(@D)
	@$(compile) -fsyntax-only -x c -include $< /dev/null
	@$(compile) -MM -MP -MT $@ -MF $(@:.ok=.d) -x c $<
	@touch $@

-include $(headers:%=$(BUILD)/hdr/%.d)

asan: setup
	@ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 \
	UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
	$(MAKE) --no-print-directory $(parallel) BUILD=build/asan DEVELOPER=1 \
		CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all' \
		test

coverage: setup-coverage
	@$(MAKE) --no-print-directory $(parallel) BUILD=build/coverage \
		CFLAGS='-O0 -g --coverage -fprofile-abs-path' test
	gcovr --root . --object-directory build/coverage \
		--exclude tests/ build/coverage | cut -c 1-76

# make check looks at the kernels that are in the cache; this fetches them first.
corpus: setup
	scripts/fetch-kernel 6.12
	scripts/fetch-kernel 6.1
	@$(MAKE) --no-print-directory $(parallel) BUILD=build/check \
		DEVELOPER=1 corpus-run

corpus-run: $(corpus_items)
	CORPUS_ITEMS=$(abspath $<) prove --exec '' tests/command/corpus.t

# Runs that are killed at random moments: make check has a sample of it. Some
# quarter of an hour for 200.
torture: setup
	@$(MAKE) --no-print-directory $(parallel) BUILD=build/check \
		DEVELOPER=1 torture-run

torture-run: all
	COCCISERIES=$(abspath $(program)) KILLS='$(KILLS)' SEED='$(SEED)' \
		prove --comments --exec '' $(wildcard tests/torture/*.t)

# Every fuzzer in turn (FUZZERS=elf: one), from the inputs that are kept and
# those that it found before.
FUZZERS = $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
fuzzers = $(FUZZERS:%=$(BUILD)/tests/fuzz/fuzz_%)

fuzz: setup-fuzz
	@$(MAKE) --no-print-directory $(parallel) BUILD=build/fuzz CC=clang \
		CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all' \
		fuzz-run

fuzz-run: $(fuzzers)
	$(if $(fuzzers),,$(error there is no tests/fuzz/fuzz_*.c))
	@set -e; for fuzzer in $(fuzzers); do \
		mkdir -p $$fuzzer.corpus; \
		echo "$$fuzzer: $(FUZZ_SECONDS) seconds"; \
		$$fuzzer -max_total_time=$(FUZZ_SECONDS) -timeout=10 \
			-rss_limit_mb=2048 -max_len=16384 \
			-verbosity=0 -print_final_stats=1 \
			-artifact_prefix=$$fuzzer. $$fuzzer.corpus \
			tests/fuzz/corpus-$${fuzzer##*/fuzz_}; \
	done

fuzz_share = $(BUILD)/tests/fuzz/share.o

# One that knows its format makes its inputs itself.
$(BUILD)/tests/fuzz/fuzz_elf: $(BUILD)/tests/fuzz/mutate_elf.o

$(fuzzers): %: %.o $(fuzz_share) $(library)
	$(call Q,LINK)$(CC) $(CFLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(library_libs)

# make check looks only at the inputs that are kept.
$(replays): $(BUILD)/tests/fuzz/replay_%: $(BUILD)/tests/fuzz/fuzz_%.o \
		$(BUILD)/tests/fuzz/replay.o $(fuzz_share) $(library)
	$(call Q,LINK)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(library_libs)

.SECONDARY: $(fuzzers:=.o)
-include $(wildcard $(BUILD)/tests/fuzz/*.d)

# ---- Looking at the code ----------------------------------------------------

sources = $(wildcard lib/*.c verify/*.c driver/*.c)

# Arrays of pointers, the result of strcmp() taken for a truth value, and equal
# branches that say different things are how this code is written. It takes a
# processor ten minutes, so each gets a few files at a time.
tidy: setup-lint
	@printf '%s\n' $(sources) | xargs -P $(JOBS) -n 8 sh -c \
		'exec clang-tidy --quiet --warnings-as-errors="*" \
		"$$@" -- $(STD) -I. $(library_cflags) 2>/dev/null' tidy \
		--checks='-*,clang-analyzer-*,bugprone-*,-bugprone-easily-swappable-parameters,-bugprone-reserved-identifier,-bugprone-assignment-in-if-condition,-bugprone-narrowing-conversions,-clang-analyzer-security.insecureAPI.*,-bugprone-sizeof-expression,-bugprone-suspicious-string-compare,-bugprone-branch-clone'

# A NULL ends the arguments of process_args(), whose sentinel attribute has the
# compiler look at each call: where int and pointers differ, NULL is a pointer.
cppcheck: setup-lint
	cppcheck --quiet --std=c11 --enable=warning,performance,portability \
		--suppress=varFuncNullUB --inline-suppr --error-exitcode=1 \
		-I. $(sources)

shellcheck: setup setup-browser
	shellcheck -x -P SCRIPTDIR $(shell_scripts)

metrics: setup
	@scripts/metrics

# ---- The main job -----------------------------------------------------------

run: setup-run
	@$(MAKE) --no-print-directory $(parallel) all
	@set -e; tree='$(patsubst ~/%,$(HOME)/%,$(strip $(TREE)))'; \
	if [ -z "$$tree" ]; then tree=$$(scripts/fetch-kernel '$(KERNEL)'); fi; \
	set -x; exec build/cocciseries run $(SERIES) --tree "$$tree" \
		--results $(RESULTS) \
		$(if $(filter file,$(origin JOBS)),,--jobs $(JOBS)) \
		$(if $(strip $(BASE)),--base $(BASE)) \
		$(if $(strip $(BRANCH)),--branch $(BRANCH)) \
		$(CONFIG:%=--config %) $(ARGS)

# Deliberate bugs in commits of the series, on the packaged kernel: run it after
# make run, with the same program. What came out is kept; ONLY and STEP are a
# class and the number of a step.
mutants: setup-mutants
	@$(MAKE) --no-print-directory $(parallel) all
	@tree=$$(scripts/fetch-kernel) && \
		tests/mutants/mutants build/cocciseries $(SERIES) "$$tree" \
		--seed '$(SEED)' --results $(RESULTS)/mutants \
		$(if $(ONLY),--only '$(ONLY)') $(STEP:%=--step %)

# ---- Set-up, installation, cleaning -----------------------------------------

setup:
	@scripts/setup build tool kernel tests
setup-run:
	@scripts/setup build tool kernel
# Where there is none, tests say what they skipped.
setup-browser:
	@scripts/setup browser || \
		echo 'setup: there is no browser, so its tests are skipped' >&2
setup-lint:
	@scripts/setup build lint
setup-fuzz:
	@scripts/setup build fuzz
setup-coverage:
	@scripts/setup build tool kernel tests coverage
setup-mutants:
	@scripts/setup build tool kernel mutants

man_page = $(wildcard man/cocciseries.1)
completion = $(wildcard completion/cocciseries.bash)
schemas = $(wildcard docs/*.schema.json)
installed_data = $(DESTDIR)$(datadir)/cocciseries

# A series refuses steps that it does not list: none of an older version stays.
install: all
	install -D -m 755 $(BUILD)/cocciseries \
		"$(DESTDIR)$(bindir)/cocciseries"
	$(if $(man_page),install -D -m 644 $(man_page) \
		"$(DESTDIR)$(mandir)/man1/cocciseries.1")
	$(if $(completion),install -D -m 644 $(completion) \
		"$(DESTDIR)$(completiondir)/cocciseries")
	rm -rf "$(installed_data)"
	install -d "$(installed_data)"
	$(if $(schemas),install -m 644 $(schemas) "$(installed_data)/")
	cp -R --no-preserve=mode,ownership semantic-patches "$(installed_data)/"
	chmod -R u=rwX,go=rX "$(installed_data)"

uninstall:
	rm -f "$(DESTDIR)$(bindir)/cocciseries"
	rm -f "$(DESTDIR)$(mandir)/man1/cocciseries.1"
	rm -f "$(DESTDIR)$(completiondir)/cocciseries"
	rm -rf "$(installed_data)"

clean:
	rm -rf build

help:
	@echo 'build     all (default), clean, install, uninstall [prefix= DESTDIR=]'
	@echo 'test      check, asan, coverage, fuzz [FUZZERS= FUZZ_SECONDS=], corpus'
	@echo '          torture (runs that are killed at random moments) [KILLS= SEED=]'
	@echo '          mutants (of the packaged kernel; after make run) [SEED= ONLY= STEP=]'
	@echo 'look      metrics, tidy, cppcheck, shellcheck, hdr-check'
	@echo 'work      run [SERIES= KERNEL= TREE= BASE= BRANCH= CONFIG= RESULTS= JOBS= ARGS=]'
	@echo 'machine   setup (what check and run need; they call it themselves)'
	@echo 'options   DEVELOPER=1 makes warnings errors; V=1; CC, CFLAGS, LDFLAGS'

FORCE:
.PHONY: all check test hdr-check asan corpus corpus-run torture torture-run coverage fuzz fuzz-run tidy cppcheck \
	shellcheck metrics run mutants setup setup-run setup-browser setup-lint setup-fuzz \
	setup-coverage setup-mutants install uninstall clean help FORCE
.DELETE_ON_ERROR:
